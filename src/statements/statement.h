// The record of a public statement: what it says, who approved it, its states, and what follows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/list_query.h"
#include "base/result.h"
#include "events/event.h"

namespace probity::statements {

enum class Kind {
  early_publication,
  private_posting,
  supplier_leak,
  own_footage,
  employee,
  fabrication,
  paid,
  rectified,
  overturned,
  corrected,
  other
};
std::string_view kind_name(Kind kind);
std::optional<Kind> parse_kind(std::string_view name);

// What a statement is to the one it follows.
enum class Relation { original, paid, rectified, overturned, corrected };
std::string_view relation_name(Relation relation);
std::optional<Relation> parse_relation(std::string_view name);

// draft -> submitted -> approved -> sealing -> published -> tombstoned; withdrawn before it is sealed.
enum class State { draft, submitted, approved, sealing, published, withdrawn, tombstoned };
std::string_view state_name(State state);
std::optional<State> parse_state(std::string_view name);

enum class Move { edit, submit, approve, complete, reopen, withdraw, publish, finish, follow_up, bury };
// Where a move leads; the state itself when it stays. Errors: conflict, in the words of what is in the way.
Result<State> next(State from, Move move);

// How a party of the case stands in the statement. People are never named in full.
enum class Naming { role, masked, full };
std::string_view naming_name(Naming naming);
std::optional<Naming> parse_naming(std::string_view name);

struct Text {
  std::string title, body;
  bool empty() const { return title.empty() && body.empty(); }
  bool operator==(const Text&) const = default;
};

// One of both languages at least.
struct Texts {
  Text en, zh;
  bool operator==(const Texts&) const = default;
};

struct NamedParty {
  Id party;
  std::string role;  // of the case: "recipient", "supplier" …
  bool person = true;
  Naming naming = Naming::role;
  std::string label_en, label_zh;  // what is shown
  bool operator==(const NamedParty&) const = default;
};

// What an accused party answered, with names masked as everywhere; or that none came.
struct Reply {
  std::string label_en, label_zh;  // whose
  bool given = false;
  std::string text;
  std::optional<TimeMs> received_ms;
  bool operator==(const Reply&) const = default;
};

// All that is approved, sealed and shown.
struct Content {
  Kind kind = Kind::other;
  Relation relation = Relation::original;
  Texts texts;
  std::vector<NamedParty> parties;
  std::vector<Reply> replies;
  bool operator==(const Content&) const = default;
};

constexpr std::size_t kMostTitleCharacters = 200, kMostBodyCharacters = 20'000, kMostParties = 50;
constexpr std::size_t kMostReasonCharacters = 1'000;

struct Approval {
  Id account;
  std::string name;
  TimeMs at_ms = 0;
  bool operator==(const Approval&) const = default;
};
// By two people, who may not be one.
constexpr std::size_t kApprovalsNeeded = 2;

enum class Grounds { court_order, overturned };
std::string_view grounds_name(Grounds grounds);
std::optional<Grounds> parse_grounds(std::string_view name);

// What stays in the place of a statement that was removed.
struct Tombstone {
  TimeMs at_ms = 0;
  Grounds grounds = Grounds::court_order;
  std::string reason;  // public
  std::string by;      // for staff only
  bool operator==(const Tombstone&) const = default;
};

// Somebody asks for the removal; another person does it.
struct RemovalRequest {
  Id account;
  std::string name;
  TimeMs at_ms = 0;
  Grounds grounds = Grounds::court_order;
  std::string reason;
  bool operator==(const RemovalRequest&) const = default;
};

struct Statement {
  Id id;
  std::string number;  // "S-2026-0001"
  Id case_id;
  std::string case_number;
  std::optional<Id> project;
  Content content;
  State state = State::draft;
  Id chain;  // the first statement of the chain; its own id when it follows none
  std::optional<Id> follows;
  std::optional<Id> drafter;  // account
  std::string drafter_name;
  std::vector<Approval> approvals;
  std::optional<Hash> pdf;  // SHA-256 of the sealed document; it stays when the document is removed
  std::uint64_t pdf_bytes = 0;
  std::optional<Id> log_entry;
  std::optional<std::uint64_t> log_index;
  TimeMs created_ms = 0;
  std::optional<TimeMs> submitted_ms, approved_ms, sealed_ms, published_ms;
  std::string withdrawn_reason;
  std::string waits_for;                  // why it is not published yet, while it is sealing
  std::optional<RemovalRequest> removal;  // waits for another person
  std::optional<Tombstone> tombstone;

  bool is_public() const { return state == State::published || state == State::tombstoned; }
};

struct StatementFilter {
  std::optional<State> state;
  std::optional<Id> case_id;
  ListQuery query;  // sort: number, state, created_at, published_at, title_en; newest first without
};

// SHA-256 over the canonical JSON of what is approved and sealed (docs/formats.md, "Statements").
std::string canonical_content(const Statement& statement);
Hash content_hash(const Statement& statement);

}  // namespace probity::statements
