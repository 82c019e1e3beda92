// Enumerations whose names on the wire stand in one array, in their order.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace probity::commitments {

template <class Enum, std::size_t N>
std::optional<Enum> parse_name(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace probity::commitments
