// Rectification by a supplier, in the stages of an 8D report: the record and its rules. Liability follows the contract
// parent, the trace points to the leaf of the tree of suppliers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/case.h"

namespace probity::cases {

// The stage that is being worked at. issued: acknowledge and say who works on it.
enum class RectificationStage { issued, containment, cause, plan, implementing, verifying };
inline constexpr NameTable<RectificationStage, 6> kRectificationStages{
    {{RectificationStage::issued, "issued"},
     {RectificationStage::containment, "containment"},
     {RectificationStage::cause, "cause"},
     {RectificationStage::plan, "plan"},
     {RectificationStage::implementing, "implementing"},
     {RectificationStage::verifying, "verifying"}}};
PROBITY_CASES_NAMES(RectificationStage, kRectificationStages)

// How it stands: the stage, or that the stage was sent back (rejected), is overdue (escalated), or all is closed.
enum class RectificationState {
  issued,
  containment,
  cause,
  plan,
  implementing,
  verifying,
  closed,
  rejected,
  escalated,
};
inline constexpr NameTable<RectificationState, 9> kRectificationStates{
    {{RectificationState::issued, "issued"},
     {RectificationState::containment, "containment"},
     {RectificationState::cause, "cause"},
     {RectificationState::plan, "plan"},
     {RectificationState::implementing, "implementing"},
     {RectificationState::verifying, "verifying"},
     {RectificationState::closed, "closed"},
     {RectificationState::rejected, "rejected"},
     {RectificationState::escalated, "escalated"}}};
PROBITY_CASES_NAMES(RectificationState, kRectificationStates)

enum class ActionKind { technical, process, contract, training, disciplinary, other };
inline constexpr NameTable<ActionKind, 6> kActionKinds{{{ActionKind::technical, "technical"},
                                                        {ActionKind::process, "process"},
                                                        {ActionKind::contract, "contract"},
                                                        {ActionKind::training, "training"},
                                                        {ActionKind::disciplinary, "disciplinary"},
                                                        {ActionKind::other, "other"}}};
PROBITY_CASES_NAMES(ActionKind, kActionKinds)

struct Containment {
  std::string text, owner;
  std::optional<TimeMs> due_ms, done_ms;
  std::string proof;
  bool operator==(const Containment&) const = default;
};

struct Cause {
  std::string text, method;
  bool operator==(const Cause&) const = default;
};

struct Action {
  std::string text;
  ActionKind kind = ActionKind::process;
  std::string owner;
  TimeMs due_ms = 0;
  std::optional<TimeMs> done_ms;
  std::string evidence;
  bool operator==(const Action&) const = default;
};

// What a sub-supplier has to have done; `…` as the supplier says.
struct FlowDown {
  Id supplier;
  std::string name;
  int tier = 0;
  std::optional<Id> parent;
  std::string parent_name;
  bool leaf = false;  // where the trace points
  bool commitment_signed = false, copies_recalled = false;
  std::string note;
  bool operator==(const FlowDown&) const = default;
};

struct Effect {
  std::string method;
  bool effective = false;
  std::string text;
  TimeMs checked_ms = 0;
  std::string checked_by;
  bool operator==(const Effect&) const = default;
};

struct StageDecision {
  RectificationStage stage = RectificationStage::issued;
  bool accepted = false;
  std::string by;
  TimeMs at_ms = 0;
  std::string reason;
  bool operator==(const StageDecision&) const = default;
};

// One going through a stage.
struct StageRun {
  RectificationStage stage = RectificationStage::issued;
  TimeMs begun_ms = 0, due_ms = 0;
  std::optional<TimeMs> submitted_ms, accepted_ms;
  bool operator==(const StageRun&) const = default;
};

struct Rectification {
  Id id;
  std::string number;  // "R-2026-0001"
  int year = 0;
  std::int64_t ordinal = 0;
  std::int64_t revision = 1;
  Id case_id;
  std::string case_number, case_title;
  Id supplier;  // who answers for it: the contract parent that is directly ours
  std::string supplier_name;
  int tier = 0;
  Id leaf;  // where the trace points
  std::string leaf_name;
  std::optional<Id> contact;
  std::string contact_name, contact_email;
  commitments::Locale locale = commitments::Locale::en;
  Severity severity = Severity::medium;
  std::string problem, requirement;
  RectificationStage stage = RectificationStage::issued;
  bool is_returned = false, is_escalated = false;
  int escalations = 0;
  std::vector<StageRun> runs;  // the last is the present one
  std::string team;
  std::vector<Containment> containment;
  std::vector<Cause> occurrence, escape;  // why it happened; why it was not caught
  std::vector<Action> actions;
  std::vector<FlowDown> flow_down;
  std::optional<Effect> effect;
  std::vector<StageDecision> decisions;
  TimeMs issued_ms = 0, updated_ms = 0;
  std::optional<TimeMs> closed_ms;
  bool operator==(const Rectification&) const = default;

  const StageRun& run() const { return runs.back(); }
  bool is_submitted() const { return run().submitted_ms && !closed_ms; }
};

std::string rectification_number(int year, std::int64_t ordinal);
RectificationState state_of(const Rectification& of);

// What is written by the supplier; what stays empty is not changed.
struct RectificationAnswer {
  std::optional<std::string> team{};
  std::optional<std::vector<Containment>> containment{};
  std::optional<std::vector<Cause>> occurrence{}, escape{};
  std::optional<std::vector<Action>> actions{};
  struct FlowDownSaid {
    Id supplier;
    bool commitment_signed = false, copies_recalled = false;
    std::string note;
  };
  std::optional<std::vector<FlowDownSaid>> flow_down{};
};

// What our own records say of a sub-supplier.
struct FlowFacts {
  bool knows_people = false;
  std::optional<TimeMs> in_force_since_ms;  // the newest commitment since the rectification was issued
  std::uint64_t open_copies = 0;
};

// Hours and days that suppliers are used to: 8 h, 48 h, 14 d, 30 d; the plan's own last day; 60 d.
TimeMs stage_time(const Rectification& of, RectificationStage stage, TimeMs now_ms);
constexpr TimeMs kLeastTillVerified = 30 * 24LL * 60 * 60 * 1000;

struct Lack {
  std::string en, zh;
};
// What the present stage lacks to be handed in.
std::vector<Lack> lacks(const Rectification& of);

// Errors: conflict (closed, handed in already, or a part that was accepted); invalid_argument.
Result<void> write_answer(Rectification& of, const RectificationAnswer& answer);
// Errors: conflict; invalid_argument naming what is lacking.
Result<void> submit(Rectification& of, TimeMs now_ms);
// `facts`: for each of flow_down, in order. Errors: conflict, also when our records say otherwise than the supplier.
Result<void> accept(Rectification& of, const std::string& reason, const std::string& by,
                    const std::vector<FlowFacts>& facts, TimeMs now_ms);
Result<void> reject(Rectification& of, const std::string& reason, std::optional<TimeMs> due_ms, const std::string& by,
                    TimeMs now_ms);
// Effective: closed. Not effective: back to the causes. Within 30 days of the implementation only with a reason.
Result<void> verify(Rectification& of, const Effect& effect, const std::string& early_reason, TimeMs now_ms);
// Whether it is time to escalate (again): when due, three and seven days after, then every seven.
bool is_escalation_due(const Rectification& of, TimeMs now_ms);
void escalate(Rectification& of);

// "Operator error" and the like say who, not why: a cause that says nothing else is none.
bool blames_only_a_person(const std::string& cause);
// A named person answers for something, a committee does not.
bool names_a_group(const std::string& owner);

struct RectificationFilter {
  ListQuery page;  // sort: number, supplier_name, state, due_at; newest first without
  std::optional<RectificationState> state{};
  std::optional<Id> case_id{}, party{};
  std::optional<TimeMs> due_before_ms{};
};

struct OverdueAnswer {
  Id id;  // of the rectification
  TimeMs due_ms = 0;
};

// Port: where rectifications are kept. Joins the caller's transaction. Errors: storage, conflict, corrupt.
class RectificationStore {
 public:
  virtual ~RectificationStore() = default;
  virtual Result<std::int64_t> next_ordinal(int year) = 0;
  virtual Result<void> insert(const Rectification& of) = 0;
  virtual Result<void> update(Rectification& of) = 0;  // conflict when the revision is another; counts it up
  virtual Result<std::optional<Rectification>> find(const Id& id) = 0;
  virtual Result<std::vector<Rectification>> of_case(const Id& case_id) = 0;  // oldest first
  virtual Result<Listed<Rectification>> list(const RectificationFilter& filter) = 0;
  // Not closed and not handed in, with a day that has passed.
  virtual Result<std::vector<OverdueAnswer>> overdue(TimeMs now_ms, const std::optional<OverdueAnswer>& after,
                                                     std::size_t limit) = 0;
};

std::string rectification_to_record(const Rectification& of);
std::optional<Rectification> rectification_from_record(const std::string& text);

}  // namespace probity::cases
