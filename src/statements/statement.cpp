#include "statements/statement.h"

#include <array>

#include "statements/json.h"

namespace probity::statements {
namespace {

template <class Value, std::size_t count>
std::optional<Value> parse(const std::array<std::string_view, count>& names, std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Value>(i);
  return std::nullopt;
}

constexpr std::array<std::string_view, 11> kKinds{
    "early_publication", "private_posting", "supplier_leak", "own_footage", "employee", "fabrication", "paid",
    "rectified",         "overturned",      "corrected",     "other"};
constexpr std::array<std::string_view, 5> kRelations{"original", "paid", "rectified", "overturned", "corrected"};
constexpr std::array<std::string_view, 7> kStates{"draft",     "submitted", "approved",  "sealing",
                                                  "published", "withdrawn", "tombstoned"};
constexpr std::array<std::string_view, 3> kNamings{"role", "masked", "full"};
constexpr std::array<std::string_view, 2> kGrounds{"court_order", "overturned"};

struct Step {
  State from;
  Move move;
  State to;
};
constexpr Step kSteps[] = {
    {State::draft, Move::edit, State::draft},
    {State::draft, Move::submit, State::submitted},
    {State::submitted, Move::approve, State::submitted},
    {State::submitted, Move::complete, State::approved},
    {State::submitted, Move::reopen, State::draft},
    {State::approved, Move::reopen, State::draft},
    {State::draft, Move::withdraw, State::withdrawn},
    {State::submitted, Move::withdraw, State::withdrawn},
    {State::approved, Move::withdraw, State::withdrawn},
    {State::approved, Move::publish, State::sealing},
    {State::sealing, Move::finish, State::published},
    {State::published, Move::follow_up, State::published},
    {State::tombstoned, Move::follow_up, State::tombstoned},
    {State::published, Move::bury, State::tombstoned},
};

Error refusal(State from, Move move) {
  const bool sealed = from == State::sealing || from == State::published;
  if (from == State::tombstoned) return {ErrorCode::conflict, "this statement was removed", ""};
  if (from == State::withdrawn) return {ErrorCode::conflict, "this statement was withdrawn", "draft another"};
  if (sealed && (move == Move::edit || move == Move::reopen || move == Move::withdraw))
    return {ErrorCode::conflict, "a sealed statement is never altered", "publish one that follows it"};
  switch (move) {
    case Move::edit:
      return {ErrorCode::conflict, "a submitted statement does not change", "open it again first"};
    case Move::approve:
    case Move::complete:
      return {
          ErrorCode::conflict,
          from == State::draft ? "a draft is not approved before it is submitted" : "this statement has its approvals",
          ""};
    case Move::publish:
      return from == State::draft || from == State::submitted
                 ? Error{ErrorCode::conflict, "two people have not approved this statement yet", ""}
                 : Error{ErrorCode::conflict, "this statement is on its way already", ""};
    case Move::follow_up:
      return {ErrorCode::conflict, "only a published statement can be followed", ""};
    case Move::bury:
      return {ErrorCode::conflict, "only a published statement can be removed", "withdraw it instead"};
    case Move::submit:
    case Move::reopen:
    case Move::withdraw:
    case Move::finish:
      break;
  }
  return {ErrorCode::conflict, "the statement's state does not allow that", ""};
}

}  // namespace

std::string_view kind_name(Kind kind) { return kKinds.at(static_cast<std::size_t>(kind)); }
std::optional<Kind> parse_kind(std::string_view name) { return parse<Kind>(kKinds, name); }
std::string_view relation_name(Relation relation) { return kRelations.at(static_cast<std::size_t>(relation)); }
std::optional<Relation> parse_relation(std::string_view name) { return parse<Relation>(kRelations, name); }
std::string_view state_name(State state) { return kStates.at(static_cast<std::size_t>(state)); }
std::optional<State> parse_state(std::string_view name) { return parse<State>(kStates, name); }
std::string_view naming_name(Naming naming) { return kNamings.at(static_cast<std::size_t>(naming)); }
std::optional<Naming> parse_naming(std::string_view name) { return parse<Naming>(kNamings, name); }
std::string_view grounds_name(Grounds grounds) { return kGrounds.at(static_cast<std::size_t>(grounds)); }
std::optional<Grounds> parse_grounds(std::string_view name) { return parse<Grounds>(kGrounds, name); }

Result<State> next(State from, Move move) {
  for (const Step& step : kSteps)
    if (step.from == from && step.move == move) return step.to;
  return tl::unexpected<Error>(refusal(from, move));
}

std::string canonical_content(const Statement& statement) {
  return content_text(statement.content, statement.number, statement.follows);
}

Hash content_hash(const Statement& statement) { return sha256(as_bytes(canonical_content(statement))); }

}  // namespace probity::statements
