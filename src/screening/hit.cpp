#include "screening/hit.h"

#include <algorithm>

namespace probity::screening {
namespace {

constexpr std::string_view kStates[] = {"found",      "identity_confirmed", "filer_contacted", "waiting", "decided",
                                        "reconsider", "mistaken",           "withdrawn",       "cleared"};
constexpr std::string_view kSteps[] = {"found",           "identity_confirmed", "mistaken",        "filer_contacted",
                                       "person_notified", "person_answered",    "listing_changed", "looked_again",
                                       "decided",         "reconsidered",       "withdrawn",       "cleared"};
constexpr std::string_view kOutcomes[] = {"engaged", "declined_confirmed_facts", "declined_other_reasons",
                                          "position_closed"};
constexpr std::string_view kAnswers[] = {"confirmed", "not_confirmed", "no_answer"};

template <class Enum, std::size_t count>
std::optional<Enum> find_name(const std::string_view (&names)[count], std::string_view name) {
  for (std::size_t i = 0; i < count; ++i)
    if (names[i] == name) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view state_name(HitState state) { return kStates[static_cast<std::size_t>(state)]; }
std::optional<HitState> parse_hit_state(std::string_view name) { return find_name<HitState>(kStates, name); }
std::string_view step_name(HitStep::Kind kind) { return kSteps[static_cast<std::size_t>(kind)]; }
std::optional<HitStep::Kind> parse_hit_step(std::string_view name) { return find_name<HitStep::Kind>(kSteps, name); }
std::string_view hit_outcome_name(HitOutcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }
std::optional<HitOutcome> parse_hit_outcome(std::string_view name) { return find_name<HitOutcome>(kOutcomes, name); }

std::string_view answer_name(FilerAnswer answer) { return kAnswers[static_cast<std::size_t>(answer)]; }
std::optional<FilerAnswer> parse_answer(std::string_view name) { return find_name<FilerAnswer>(kAnswers, name); }

bool Hit::listed() const {
  return std::ranges::any_of(labels, [](const HitLabel& label) { return label.stands; });
}
bool Hit::filer_confirmed() const {
  return std::ranges::any_of(
      labels, [](const HitLabel& label) { return label.stands && label.answer == FilerAnswer::confirmed; });
}

bool is_pending(const Hit& hit) {
  switch (hit.state) {
    case HitState::found:
    case HitState::identity_confirmed:
    case HitState::filer_contacted:
    case HitState::waiting:
    case HitState::reconsider:
      return true;
    case HitState::decided:
    case HitState::mistaken:
    case HitState::withdrawn:
    case HitState::cleared:
      break;
  }
  return hit.change.has_value();
}

}  // namespace probity::screening
