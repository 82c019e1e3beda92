#include "shoots/release.h"

#include "shoots/release_search.h"

namespace probity::shoots {

std::string_view release_state_name(ReleaseState state) {
  return state == ReleaseState::registered ? "registered" : "withdrawn";
}

std::optional<ReleaseState> parse_release_state(std::string_view name) {
  for (const ReleaseState state : {ReleaseState::registered, ReleaseState::withdrawn})
    if (name == release_state_name(state)) return state;
  return std::nullopt;
}

std::string_view release_match_name(ReleaseMatchKind kind) {
  static constexpr std::string_view kNames[] = {"part", "same_picture", "same_file"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace probity::shoots
