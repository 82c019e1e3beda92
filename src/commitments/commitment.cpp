#include "commitments/commitment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "commitments/enum_names.h"

namespace probity::commitments {
namespace {

constexpr std::array<std::string_view, 10> kStateNames{"draft",    "sent",    "opened",  "signed",   "in_force",
                                                       "declined", "expired", "revoked", "breached", "replaced"};
constexpr std::array<std::string_view, 7> kSignatoryStateNames{"waiting",  "sent",   "opened",  "read",
                                                               "answered", "signed", "declined"};

struct Row {
  State from;
  Move move;
  State to;
};

// Everything that may happen; what is not here is refused. Opening and signing again where that is no news stays.
constexpr Row kTable[] = {
    {State::draft, Move::send, State::sent},
    {State::draft, Move::record_paper, State::in_force},
    {State::draft, Move::revoke, State::revoked},
    {State::sent, Move::open, State::opened},
    {State::sent, Move::sign, State::signed_by},
    {State::sent, Move::decline, State::declined},
    {State::sent, Move::expire, State::expired},
    {State::sent, Move::revoke, State::revoked},
    {State::sent, Move::replace, State::replaced},
    {State::opened, Move::open, State::opened},
    {State::opened, Move::sign, State::signed_by},
    {State::opened, Move::decline, State::declined},
    {State::opened, Move::expire, State::expired},
    {State::opened, Move::revoke, State::revoked},
    {State::opened, Move::replace, State::replaced},
    {State::signed_by, Move::open, State::signed_by},
    {State::signed_by, Move::sign, State::signed_by},
    {State::signed_by, Move::come_into_force, State::in_force},
    {State::signed_by, Move::decline, State::declined},
    {State::signed_by, Move::expire, State::expired},
    {State::signed_by, Move::revoke, State::revoked},
    {State::signed_by, Move::replace, State::replaced},
    {State::in_force, Move::revoke, State::revoked},
    {State::in_force, Move::breach, State::breached},
    {State::in_force, Move::replace, State::replaced},
    {State::expired, Move::reopen, State::sent},
    {State::revoked, Move::reinstate, State::in_force},
};

std::string_view past_of(State state) {
  switch (state) {
    case State::draft:
      return "has not been sent yet";
    case State::sent:
    case State::opened:
    case State::signed_by:
      return "is waiting for signatures";
    case State::in_force:
      return "is in force";
    case State::declined:
      return "was declined";
    case State::expired:
      return "was not signed in time";
    case State::revoked:
      return "was revoked";
    case State::breached:
      return "was recorded as broken";
    case State::replaced:
      return "was replaced by a later version";
  }
  return "";
}

std::string_view verb_of(Move move) {
  switch (move) {
    case Move::send:
      return "sent";
    case Move::open:
      return "opened";
    case Move::sign:
      return "signed";
    case Move::come_into_force:
      return "put in force";
    case Move::decline:
      return "declined";
    case Move::expire:
      return "expired";
    case Move::reopen:
      return "reopened";
    case Move::revoke:
      return "revoked";
    case Move::breach:
      return "recorded as broken";
    case Move::replace:
      return "replaced";
    case Move::record_paper:
      return "recorded from paper";
    case Move::reinstate:
      return "put in force again";
  }
  return "";
}

}  // namespace

std::string_view state_name(State state) { return kStateNames.at(static_cast<std::size_t>(state)); }
std::optional<State> parse_state(std::string_view name) { return parse_name<State>(kStateNames, name); }

Result<State> next(State state, Move move) {
  for (const Row& row : kTable)
    if (row.from == state && row.move == move) return row.to;
  return fail(ErrorCode::conflict,
              fmt::format("this commitment {}, so it cannot be {}", past_of(state), verb_of(move)));
}

bool is_pending(State state) { return state == State::sent || state == State::opened || state == State::signed_by; }
bool is_live(State state) { return state == State::draft || state == State::in_force || is_pending(state); }

std::string_view role_name(SignatoryRole role) { return role == SignatoryRole::company ? "company" : "recipient"; }

std::optional<SignatoryRole> parse_role(std::string_view name) {
  if (name == "recipient") return SignatoryRole::recipient;
  if (name == "company") return SignatoryRole::company;
  return std::nullopt;
}

std::string_view signatory_state_name(SignatoryState state) {
  return kSignatoryStateNames.at(static_cast<std::size_t>(state));
}
std::optional<SignatoryState> parse_signatory_state(std::string_view name) {
  return parse_name<SignatoryState>(kSignatoryStateNames, name);
}

Signatory* Commitment::signatory_of(const Id& person) {
  const auto found = std::find_if(signatories.begin(), signatories.end(),
                                  [&](const Signatory& signatory) { return signatory.party == person; });
  return found == signatories.end() ? nullptr : &*found;
}

const Signatory* Commitment::signatory_of(const Id& person) const {
  const auto found = std::find_if(signatories.begin(), signatories.end(),
                                  [&](const Signatory& signatory) { return signatory.party == person; });
  return found == signatories.end() ? nullptr : &*found;
}

bool Commitment::everybody_signed() const {
  return std::all_of(signatories.begin(), signatories.end(),
                     [](const Signatory& signatory) { return signatory.state == SignatoryState::has_signed; });
}

bool Commitment::scope_meets(const std::optional<std::vector<Id>>& other) const {
  if (!assets || !other) return true;
  return std::any_of(assets->begin(), assets->end(),
                     [&](const Id& asset) { return std::find(other->begin(), other->end(), asset) != other->end(); });
}

std::string commitment_number(int year, std::uint32_t ordinal) { return fmt::format("C-{:04}-{:04}", year, ordinal); }

}  // namespace probity::commitments
