// The words of the API for the enumerations of cases: one table each, looked up both ways.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace probity::cases {

template <class Enum, std::size_t count>
using NameTable = std::array<std::pair<Enum, std::string_view>, count>;

template <class Enum, std::size_t count>
constexpr std::string_view name_in(const NameTable<Enum, count>& table, Enum value) {
  for (const auto& [one, name] : table)
    if (one == value) return name;
  return {};
}

template <class Enum, std::size_t count>
constexpr std::optional<Enum> value_in(const NameTable<Enum, count>& table, std::string_view name) {
  for (const auto& [one, known] : table)
    if (known == name) return one;
  return std::nullopt;
}

// Declares `std::string_view name_of(Enum)` and `bool read_name(std::string_view, Enum&)` over a table.
#define PROBITY_CASES_NAMES(Enum, table)                                        \
  inline std::string_view name_of(Enum value) { return name_in(table, value); } \
  inline bool read_name(std::string_view name, Enum& value) {                   \
    const auto found = value_in(table, name);                                   \
    if (found) value = *found;                                                  \
    return found.has_value();                                                   \
  }

// The value that a text names, if any.
template <class Enum>
std::optional<Enum> parse(std::string_view name) {
  Enum value{};
  if (!read_name(name, value)) return std::nullopt;
  return value;
}

}  // namespace probity::cases
