#include "leaks/leak.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "commitments/terms.h"

namespace probity::leaks {
namespace {

constexpr std::array<std::string_view, 7> kStateNames{"reported", "answered", "traced", "unmask_requested",
                                                      "unmasked", "in_case",  "closed"};
constexpr std::array<std::string_view, 9> kCloseNames{
    "already_public", "not_covered", "not_ours", "own_release", "rumour", "duplicate", "no_match", "settled", "other"};
constexpr std::array<std::string_view, 3> kAnswerNames{"yes", "no", "unknown"};
constexpr std::array<std::string_view, 4> kSightingDeedNames{"noted", "corrected", "withdrawn", "restored"};
constexpr std::array<std::string_view, 4> kUnmaskNames{"requested", "agreed", "refused", "withdrawn"};

template <class Enum, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}
template <class Enum, std::size_t N>
std::optional<Enum> parse_in(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

tl::unexpected<Error> refused(State state, Move move) {
  if (state == State::closed) return fail(ErrorCode::conflict, "this matter is closed", "open it again first");
  if (state == State::in_case) return fail(ErrorCode::conflict, "this matter is part of a case", "go on there");
  switch (move) {
    case Move::record_trace:
      return fail(ErrorCode::conflict, "two questions come before a trace",
                  "say whether it was public before, and whether a commitment covers it");
    case Move::request_unmask:
      return fail(ErrorCode::conflict,
                  state == State::unmask_requested ? "naming is asked for already"
                  : state == State::unmasked       ? "the recipient is named already"
                                                   : "nothing was traced yet",
                  state == State::reported || state == State::answered ? "trace the files first" : "");
    case Move::withdraw:
    case Move::refuse:
    case Move::agree:
      return fail(ErrorCode::conflict, "nobody asks for a name now", "load the page again");
    default:
      return fail(ErrorCode::conflict, "this cannot be done now", "load the page again");
  }
}

}  // namespace

std::string_view state_name(State state) { return name_in(kStateNames, state); }
std::optional<State> parse_state(std::string_view name) { return parse_in<State>(kStateNames, name); }
std::string_view close_reason_name(CloseReason reason) { return name_in(kCloseNames, reason); }
std::optional<CloseReason> parse_close_reason(std::string_view name) {
  return parse_in<CloseReason>(kCloseNames, name);
}
std::string_view answer_name(Answer answer) { return name_in(kAnswerNames, answer); }
std::optional<Answer> parse_answer(std::string_view name) { return parse_in<Answer>(kAnswerNames, name); }
std::string_view sighting_deed_name(SightingDeed deed) { return name_in(kSightingDeedNames, deed); }
std::optional<SightingDeed> parse_sighting_deed(std::string_view name) {
  return parse_in<SightingDeed>(kSightingDeedNames, name);
}
std::string_view unmask_state_name(UnmaskState state) { return name_in(kUnmaskNames, state); }
std::optional<UnmaskState> parse_unmask_state(std::string_view name) {
  return parse_in<UnmaskState>(kUnmaskNames, name);
}

Result<State> next(State state, Move move) {
  const bool over = state == State::closed || state == State::in_case;
  switch (move) {
    case Move::answer:
      // Answers may be corrected later; that does not undo what followed.
      if (!over) return state == State::reported ? State::answered : state;
      break;
    case Move::add_evidence:
      if (state != State::closed) return state;
      break;
    case Move::record_trace:
      if (!over && state != State::reported) return State::traced;
      break;
    case Move::request_unmask:
      if (state == State::traced) return State::unmask_requested;
      break;
    case Move::withdraw:
    case Move::refuse:
      if (state == State::unmask_requested) return State::traced;
      break;
    case Move::agree:
      if (state == State::unmask_requested) return State::unmasked;
      break;
    case Move::close:
      if (!over) return State::closed;
      break;
    case Move::move_to_case:
      if (!over) return State::in_case;
      break;
  }
  return refused(state, move);
}

std::string leak_number(int year, std::uint32_t ordinal) { return fmt::format("L-{:04}-{:04}", year, ordinal); }

bool is_sighting_channel(std::string_view name) {
  return name == "other" || commitments::parse_channel(name).has_value();
}

const SightingChange* Sighting::withdrawal() const {
  for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
    if (change->deed == SightingDeed::withdrawn) return &*change;
    if (change->deed == SightingDeed::restored) return nullptr;
  }
  return nullptr;
}

std::vector<Sighting> standing(const std::vector<Sighting>& sightings) {
  std::vector<Sighting> found;
  std::ranges::copy_if(sightings, std::back_inserter(found), &Sighting::stands);
  return found;
}

State reopened_state(const Leak& leak, const std::vector<UnmaskRequest>& requests) {
  const auto has = [&](UnmaskState state) {
    return std::ranges::any_of(requests, [&](const UnmaskRequest& request) { return request.state == state; });
  };
  if (has(UnmaskState::agreed)) return State::unmasked;
  if (leak.outcome) return State::traced;
  return leak.answers ? State::answered : State::reported;
}

}  // namespace probity::leaks
