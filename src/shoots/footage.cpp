#include "shoots/footage.h"

#include <array>

namespace probity::shoots {
namespace {

constexpr std::array<std::string_view, 4> kMatches = {"same_standpoint", "same_burst", "same_shot", "same_file"};
constexpr std::array<std::string_view, 3> kStates = {"running", "done", "failed"};

template <class Value, std::size_t N>
std::optional<Value> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == name) return static_cast<Value>(i);
  return std::nullopt;
}

}  // namespace

std::string_view footage_match_name(FootageMatch match) { return kMatches[static_cast<std::size_t>(match)]; }
std::optional<FootageMatch> parse_footage_match(std::string_view name) {
  return find_name<FootageMatch>(kMatches, name);
}
std::string_view footage_state_name(FootageState state) { return kStates[static_cast<std::size_t>(state)]; }
std::optional<FootageState> parse_footage_state(std::string_view name) {
  return find_name<FootageState>(kStates, name);
}

}  // namespace probity::shoots
