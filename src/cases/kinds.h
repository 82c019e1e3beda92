// What a case, its parties, consequences and stages may be: the enumerations, with the words of the API.
#pragma once

#include "cases/names.h"

namespace probity::cases {

enum class Kind {
  early_publication,
  private_posting,
  mis_sent_file,
  supplier_leak,
  employee_for_money,
  fabrication,
  own_footage,
  tear_down,
  unknown,
};
inline constexpr NameTable<Kind, 9> kKinds{{{Kind::early_publication, "early_publication"},
                                            {Kind::private_posting, "private_posting"},
                                            {Kind::mis_sent_file, "mis_sent_file"},
                                            {Kind::supplier_leak, "supplier_leak"},
                                            {Kind::employee_for_money, "employee_for_money"},
                                            {Kind::fabrication, "fabrication"},
                                            {Kind::own_footage, "own_footage"},
                                            {Kind::tear_down, "tear_down"},
                                            {Kind::unknown, "unknown"}}};
PROBITY_CASES_NAMES(Kind, kKinds)

// open -> investigating -> reply -> decided -> appeal -> final -> closed; overturned from any of the last four.
enum class State { open, investigating, reply, decided, appeal, final, overturned, closed };
inline constexpr NameTable<State, 8> kStates{{{State::open, "open"},
                                              {State::investigating, "investigating"},
                                              {State::reply, "reply"},
                                              {State::decided, "decided"},
                                              {State::appeal, "appeal"},
                                              {State::final, "final"},
                                              {State::overturned, "overturned"},
                                              {State::closed, "closed"}}};
PROBITY_CASES_NAMES(State, kStates)

enum class Severity { low, medium, high, critical };
inline constexpr NameTable<Severity, 4> kSeverities{
    {{Severity::low, "low"}, {Severity::medium, "medium"}, {Severity::high, "high"}, {Severity::critical, "critical"}}};
PROBITY_CASES_NAMES(Severity, kSeverities)

enum class Role {
  recipient,
  outlet,
  employee,
  former_employee,
  supplier,
  sub_supplier,
  witness,
  reporter,
  platform,
  other,
};
inline constexpr NameTable<Role, 10> kRoles{{{Role::recipient, "recipient"},
                                             {Role::outlet, "outlet"},
                                             {Role::employee, "employee"},
                                             {Role::former_employee, "former_employee"},
                                             {Role::supplier, "supplier"},
                                             {Role::sub_supplier, "sub_supplier"},
                                             {Role::witness, "witness"},
                                             {Role::reporter, "reporter"},
                                             {Role::platform, "platform"},
                                             {Role::other, "other"}}};
PROBITY_CASES_NAMES(Role, kRoles)

// What naming somebody as accused rests on.
enum class Basis { unmasking, own_footage_lead, admission, inquiry };
inline constexpr NameTable<Basis, 4> kBases{{{Basis::unmasking, "unmasking"},
                                             {Basis::own_footage_lead, "own_footage_lead"},
                                             {Basis::admission, "admission"},
                                             {Basis::inquiry, "inquiry"}}};
PROBITY_CASES_NAMES(Basis, kBases)
// A lead is never called identified.
inline bool identifies(Basis basis) { return basis == Basis::unmasking || basis == Basis::admission; }

enum class Relation { colleague, relative, business, same_person, other };
inline constexpr NameTable<Relation, 5> kRelations{{{Relation::colleague, "colleague"},
                                                    {Relation::relative, "relative"},
                                                    {Relation::business, "business"},
                                                    {Relation::same_person, "same_person"},
                                                    {Relation::other, "other"}}};
PROBITY_CASES_NAMES(Relation, kRelations)

enum class TaskState { open, done, dropped };
inline constexpr NameTable<TaskState, 3> kTaskStates{
    {{TaskState::open, "open"}, {TaskState::done, "done"}, {TaskState::dropped, "dropped"}}};
PROBITY_CASES_NAMES(TaskState, kTaskStates)

enum class NodeKind { person, account, channel, group, page };
inline constexpr NameTable<NodeKind, 5> kNodeKinds{{{NodeKind::person, "person"},
                                                    {NodeKind::account, "account"},
                                                    {NodeKind::channel, "channel"},
                                                    {NodeKind::group, "group"},
                                                    {NodeKind::page, "page"}}};
PROBITY_CASES_NAMES(NodeKind, kNodeKinds)

enum class EdgeKind { posted, forwarded, sent, copied };
inline constexpr NameTable<EdgeKind, 4> kEdgeKinds{{{EdgeKind::posted, "posted"},
                                                    {EdgeKind::forwarded, "forwarded"},
                                                    {EdgeKind::sent, "sent"},
                                                    {EdgeKind::copied, "copied"}}};
PROBITY_CASES_NAMES(EdgeKind, kEdgeKinds)

// How words of the accused came.
enum class Channel { page, mail, letter, hearing };
inline constexpr NameTable<Channel, 4> kChannels{
    {{Channel::page, "page"}, {Channel::mail, "mail"}, {Channel::letter, "letter"}, {Channel::hearing, "hearing"}}};
PROBITY_CASES_NAMES(Channel, kChannels)

enum class Finding { breach, no_breach, not_proven };
inline constexpr NameTable<Finding, 3> kFindings{
    {{Finding::breach, "breach"}, {Finding::no_breach, "no_breach"}, {Finding::not_proven, "not_proven"}}};
PROBITY_CASES_NAMES(Finding, kFindings)

enum class ProposalState { proposed, agreed, refused };
inline constexpr NameTable<ProposalState, 3> kProposalStates{
    {{ProposalState::proposed, "proposed"}, {ProposalState::agreed, "agreed"}, {ProposalState::refused, "refused"}}};
PROBITY_CASES_NAMES(ProposalState, kProposalStates)

enum class ConsequenceKind { warning, agreed_amount, apology, employer_measure, training, access_withdrawal };
inline constexpr NameTable<ConsequenceKind, 6> kConsequenceKinds{
    {{ConsequenceKind::warning, "warning"},
     {ConsequenceKind::agreed_amount, "agreed_amount"},
     {ConsequenceKind::apology, "apology"},
     {ConsequenceKind::employer_measure, "employer_measure"},
     {ConsequenceKind::training, "training"},
     {ConsequenceKind::access_withdrawal, "access_withdrawal"}}};
PROBITY_CASES_NAMES(ConsequenceKind, kConsequenceKinds)

// planned: proposed only; active: decided; void_: fell with the decision.
enum class ConsequenceState { planned, active, done, waived, void_ };
inline constexpr NameTable<ConsequenceState, 5> kConsequenceStates{{{ConsequenceState::planned, "planned"},
                                                                    {ConsequenceState::active, "active"},
                                                                    {ConsequenceState::done, "done"},
                                                                    {ConsequenceState::waived, "waived"},
                                                                    {ConsequenceState::void_, "void"}}};
PROBITY_CASES_NAMES(ConsequenceState, kConsequenceStates)

enum class EntryKind { payment, correction };
inline constexpr NameTable<EntryKind, 2> kEntryKinds{
    {{EntryKind::payment, "payment"}, {EntryKind::correction, "correction"}}};
PROBITY_CASES_NAMES(EntryKind, kEntryKinds)

enum class AppealState { filed, decided };
inline constexpr NameTable<AppealState, 2> kAppealStates{
    {{AppealState::filed, "filed"}, {AppealState::decided, "decided"}}};
PROBITY_CASES_NAMES(AppealState, kAppealStates)

enum class StageKind { mediation, arbitration, court };
inline constexpr NameTable<StageKind, 3> kStageKinds{
    {{StageKind::mediation, "mediation"}, {StageKind::arbitration, "arbitration"}, {StageKind::court, "court"}}};
PROBITY_CASES_NAMES(StageKind, kStageKinds)

enum class StageState { pending, ended };
inline constexpr NameTable<StageState, 2> kStageStates{
    {{StageState::pending, "pending"}, {StageState::ended, "ended"}}};
PROBITY_CASES_NAMES(StageState, kStageStates)

// Of an appeal the first three only. void_: the agreed amount does not bind, whatever else stands.
enum class Outcome { upheld, reduced, overturned, settled, withdrawn, void_ };
inline constexpr NameTable<Outcome, 6> kOutcomes{{{Outcome::upheld, "upheld"},
                                                  {Outcome::reduced, "reduced"},
                                                  {Outcome::overturned, "overturned"},
                                                  {Outcome::settled, "settled"},
                                                  {Outcome::withdrawn, "withdrawn"},
                                                  {Outcome::void_, "void"}}};
PROBITY_CASES_NAMES(Outcome, kOutcomes)

}  // namespace probity::cases
