// The case record: one aggregate, read and written whole. What may be done to it when is in rules.h.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/list_query.h"
#include "cases/kinds.h"
#include "cases/money.h"
#include "events/event.h"

namespace probity::cases {

// An account, as known then; without an id it was the program or the command line.
struct Who {
  std::optional<Id> account;
  std::string name;
  bool operator==(const Who&) const = default;
};

struct CaseParty {
  Id id;                    // of its place in the case
  std::optional<Id> party;  // its record, when it has one
  std::string name, organisation_name;
  std::optional<Id> organisation;
  Role role = Role::other;
  bool accused = false;
  std::optional<Basis> basis;     // of an accused one
  std::optional<Id> finding;      // the leak's finding that was unmasked
  std::optional<Id> unmasked_by;  // account that asked for the name
  std::optional<Id> commitment;   // the one that is said to be broken
  std::string commitment_number;
  std::string note;
  std::string public_name;  // how statements may call them; their role otherwise
  bool operator==(const CaseParty&) const = default;
};

struct CaseEvidence {
  Id item, matter;  // of src/evidence: the matter is the leak's or the case's own
  std::string title, media_type;
  std::int64_t size_bytes = 0;
  Hash sha256{};
  std::string what;  // why it matters here
  TimeMs linked_ms = 0;
  std::string linked_by;
  bool operator==(const CaseEvidence&) const = default;
};

// Event time and discovery time are two things: a leak is found out after it happened.
struct Moment {
  Id id;
  std::string what, what_zh;  // the latter of automatic ones
  bool automatic = false;
  std::optional<TimeMs> happened_ms;
  TimeMs discovered_ms = 0;
  std::string by, source;
  std::optional<Id> sighting{};  // of the leak, that it was taken over from
  bool withdrawn = false;        // there: it counts no more, and stays to be read
  bool operator==(const Moment&) const = default;
};

struct Task {
  Id id;
  std::string title, detail;
  std::optional<Who> assignee;
  std::optional<TimeMs> due_ms;
  TaskState state = TaskState::open;
  TimeMs created_ms = 0;
  std::optional<TimeMs> done_ms;
  std::string done_by;
  bool operator==(const Task&) const = default;
};

struct Note {
  Id id;
  std::string text, by;
  TimeMs at_ms = 0;
  bool operator==(const Note&) const = default;
};

// Who posted where, who forwarded to whom.
struct GraphNode {
  std::string key;
  NodeKind kind = NodeKind::account;
  std::string label, address;
  std::optional<Id> case_party;
  bool operator==(const GraphNode&) const = default;
};
struct GraphEdge {
  std::string from, to;
  EdgeKind kind = EdgeKind::posted;
  std::optional<TimeMs> at_ms;
  std::optional<Id> evidence;
  std::string note;
  bool operator==(const GraphEdge&) const = default;
};
struct Graph {
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
  bool operator==(const Graph&) const = default;
};

struct Mitigation {
  std::optional<TimeMs> taken_down_ms;
  bool self_reported = false;
  std::optional<TimeMs> self_reported_ms;
  std::optional<bool> first_offence;
  std::string note;
  bool operator==(const Mitigation&) const = default;
};

struct Loss {
  Money amount;
  std::string text;
  bool operator==(const Loss&) const = default;
};

// An account that is close to a party: it neither proposes nor decides.
struct Conflict {
  Id id;
  Who account;
  std::optional<Id> case_party;
  Relation relation = Relation::colleague;
  std::string text;
  std::string declared_by;
  TimeMs declared_ms = 0;
  bool automatic = false;  // found by comparing addresses
  bool operator==(const Conflict&) const = default;
};

// Access that is withheld before anything is decided: nothing of the party opens, in any project, until it ends.
struct Hold {
  Id id, case_party, party;
  std::string reason;
  Who by;
  TimeMs since_ms = 0;
  std::optional<TimeMs> ended_ms;
  std::string ended_by, ended_reason;
  bool operator==(const Hold&) const = default;
};

struct Claim {
  std::string text;
  TimeMs sent_ms = 0, reply_until_ms = 0;
  Who sent_by;
  bool operator==(const Claim&) const = default;
};

struct Document {
  std::string name;
  Hash sha256{};
  std::int64_t size_bytes = 0;
  bool operator==(const Document&) const = default;
};

struct Reply {
  Id id, case_party;
  std::string text;
  TimeMs received_ms = 0;
  Channel channel = Channel::page;
  bool admits = false;
  std::vector<Document> documents;
  std::optional<TimeMs> claim_ms;  // when the claim was sent that it answers
  bool operator==(const Reply&) const = default;
};

struct Instalment {
  TimeMs due_ms = 0;
  std::int64_t minor = 0;
  bool operator==(const Instalment&) const = default;
};

// What an agreed amount was lowered by, and why: its history.
struct AmountChange {
  TimeMs at_ms = 0;
  std::string source;          // "decision", "appeal", "mediation", "arbitration", "court"
  std::int64_t minor = 0;      // taken off
  std::int64_t due_minor = 0;  // what was due afterwards
  std::string reason;
  bool operator==(const AmountChange&) const = default;
};

// The agreed amount as it was signed: read from that version of the commitment, never typed in.
struct AgreedAmount {
  Id commitment;
  std::string commitment_number;
  int version = 1;
  std::string text_hash;  // of the signed text, hex
  Money agreed;
  std::int64_t reduction_minor = 0;
  std::string reduction_reason;
  commitments::Liable liable = commitments::Liable::person;
  std::vector<std::string> liable_names;
  std::vector<Instalment> instalments;  // by time; together what is due. None: due at once
  std::vector<AmountChange> changes;    // oldest first
  Money due() const { return {agreed.minor - reduction_minor, agreed.currency}; }
  bool operator==(const AgreedAmount&) const = default;
};

struct Consequence {
  Id id;
  ConsequenceKind kind = ConsequenceKind::warning;
  Id case_party;
  ConsequenceState state = ConsequenceState::planned;
  std::string text;  // the apology's words, the measure, the training's title
  std::optional<TimeMs> due_ms, done_ms;
  std::string reason;  // why waived or void
  std::optional<AgreedAmount> amount;
  std::string published_at;  // where an apology stands
  std::optional<TimeMs> published_from_ms, published_until_ms;
  std::string by_whom;
  std::int64_t withdrawn_commitments = 0, withdrawn_copies = 0;
  std::optional<TimeMs> restored_ms;  // access that was withdrawn, after the decision fell
  std::int64_t restored_commitments = 0, restored_copies = 0;
  bool operator==(const Consequence&) const = default;
};

struct Proposal {
  Id id;
  Finding finding = Finding::breach;
  std::string reasons;
  std::vector<Consequence> consequences;
  int appeal_days = 15;
  ProposalState state = ProposalState::proposed;
  Who proposed_by;
  TimeMs proposed_ms = 0;
  std::optional<Who> ended_by;
  std::optional<TimeMs> ended_ms;
  std::string ended_reason;
  bool operator==(const Proposal&) const = default;
};

struct Decision {
  Id proposal;
  Finding finding = Finding::breach;
  std::string reasons;
  Who proposed_by, agreed_by;
  std::string agreed_reason;
  TimeMs decided_ms = 0, appeal_until_ms = 0;
  bool operator==(const Decision&) const = default;
};

struct Appeal {
  Id id, case_party;
  std::string text;
  TimeMs filed_ms = 0;
  Channel channel = Channel::page;
  std::vector<Document> documents;
  AppealState state = AppealState::filed;
  std::optional<Outcome> outcome;
  std::string reasons;
  std::optional<Who> decided_by;
  std::optional<TimeMs> decided_ms;
  bool operator==(const Appeal&) const = default;
};

struct Stage {
  Id id;
  StageKind kind = StageKind::arbitration;
  std::string body, reference, text;
  TimeMs opened_ms = 0;
  StageState state = StageState::pending;
  std::optional<Outcome> outcome;
  std::optional<TimeMs> ended_ms;
  bool operator==(const Stage&) const = default;
};

struct Case {
  Id id;
  std::string number;  // "K-2026-0001"
  int year = 0;
  std::int64_t ordinal = 0;
  std::string title, summary;
  Kind kind = Kind::unknown;
  State state = State::open;
  Severity severity = Severity::medium;
  std::int64_t revision = 1;  // counts the writes
  std::optional<Id> project, leak;
  std::string leak_number;
  Who owner;
  std::optional<Who> reviewer, second_reviewer;
  TimeMs opened_ms = 0, updated_ms = 0;
  std::optional<TimeMs> closed_ms;
  std::string close_reason;
  std::vector<CaseParty> parties;
  std::vector<CaseEvidence> evidence;
  std::vector<Moment> timeline;  // by the time it is about
  std::vector<Task> tasks;
  std::vector<Note> notes;
  Graph graph;
  Mitigation mitigation;
  std::optional<Loss> loss;
  std::vector<Conflict> conflicts;
  std::vector<Hold> holds;
  std::optional<Claim> claim;
  std::vector<Reply> replies;
  std::vector<Proposal> proposals;
  std::optional<Decision> decision;
  std::vector<Consequence> consequences;
  std::vector<Appeal> appeals;
  std::vector<Stage> stages;
  std::vector<std::string> told;  // reminders that went out
  bool operator==(const Case&) const = default;

  const CaseParty* party(const Id& place) const;
  const Consequence* consequence(const Id& consequence) const;
  std::vector<const CaseParty*> accused() const;
};

// "K-2026-0001"
std::string case_number(int year, std::int64_t ordinal);

// One entry of a case's ledger. Entries are never changed: what was wrong is corrected by another.
struct Payment {
  Id id, case_id, consequence;
  std::int64_t sequence = 0;  // 1, 2, 3 … of the case
  EntryKind kind = EntryKind::payment;
  Money amount;  // below zero in a correction that takes back
  TimeMs paid_ms = 0;
  std::string payer;
  bool by_organisation = false;
  std::string reference, note;
  std::optional<Id> corrects;
  std::string recorded_by;
  TimeMs recorded_ms = 0;
  bool operator==(const Payment&) const = default;
};

// Something of a case that waits for a day.
struct Deadline {
  Id case_id;
  std::string number, title;
  std::string what;  // "reply", "appeal", "task", "payment", "rectification"
  std::string detail;
  TimeMs due_ms = 0;
  bool told = false;  // when it had passed: nothing is left to be done about it by itself
  bool operator==(const Deadline&) const = default;
};

struct CaseFilter {
  ListQuery page;  // sort: number, title, state, severity, opened_at, due_at, updated_at; newest first without
  std::optional<State> state{};
  bool open_only = false;  // neither closed nor overturned
  std::optional<Kind> kind{};
  std::optional<Id> owner{}, party{}, project{}, leak{};
  std::optional<TimeMs> due_before_ms{};
};

}  // namespace probity::cases
