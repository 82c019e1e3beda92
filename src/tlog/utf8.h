// What the note format asks of its characters: valid UTF-8, and names without Unicode's white space.
#pragma once

#include <cstdint>
#include <string_view>

namespace probity::tlog {

// The next code point, taken off the text; above 0x10FFFF for what is not UTF-8 (too long forms, surrogates, cut ends).
inline std::uint32_t take_code_point(std::string_view& text) {
  constexpr std::uint32_t kBad = 0xFFFFFFFF;
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xC2 ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size == 0 || text.size() < size) return kBad;
  std::uint32_t point = size == 1 ? first : first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return kBad;
    point = point << 6 | (next & 0x3FU);
  }
  text.remove_prefix(size);
  const bool too_long = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  return too_long || surrogate || point > 0x10FFFF ? kBad : point;
}

inline bool is_utf8(std::string_view text) {
  while (!text.empty())
    if (take_code_point(text) > 0x10FFFF) return false;
  return true;
}

// Characters of the property White_Space; the text is UTF-8.
inline bool has_space(std::string_view text) {
  while (!text.empty()) {
    const std::uint32_t c = take_code_point(text);
    if (c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
        c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000)
      return true;
  }
  return false;
}

}  // namespace probity::tlog
