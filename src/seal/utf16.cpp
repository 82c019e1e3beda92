#include "seal/utf16.h"

#include <cstdint>

namespace probity::seal {
namespace {

struct Decoded {
  char32_t value = 0;
  std::size_t size = 0;  // 0: not UTF-8
};

// One character by RFC 3629: no overlong forms, no surrogates, nothing past U+10FFFF.
Decoded decode(std::string_view utf8) {
  const auto byte = [&](std::size_t at) -> char32_t { return static_cast<unsigned char>(utf8[at]); };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || utf8.size() < size) return {};
  char32_t value = first & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3F);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kLeast[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, size};
}

void append_utf8(std::string& out, char32_t value) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | (value >> 6));
    put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | (value >> 12));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | (value >> 18));
    put(0x80 | ((value >> 12) & 0x3F));
    put(0x80 | ((value >> 6) & 0x3F));
    put(0x80 | (value & 0x3F));
  }
}

}  // namespace

Result<std::u16string> to_utf16(std::string_view utf8) {
  std::u16string units;
  while (!utf8.empty()) {
    const Decoded character = decode(utf8);
    if (character.size == 0 || character.value == 0) return fail(ErrorCode::invalid_argument, "a text is not UTF-8");
    if (character.value < 0x10000) {
      units.push_back(static_cast<char16_t>(character.value));
    } else {
      units.push_back(static_cast<char16_t>(0xD800 + ((character.value - 0x10000) >> 10)));
      units.push_back(static_cast<char16_t>(0xDC00 + ((character.value - 0x10000) & 0x3FF)));
    }
    utf8.remove_prefix(character.size);
  }
  return units;
}

Result<std::string> to_utf8(std::u16string_view utf16) {
  std::string text;
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    char32_t value = utf16[i];
    if (value >= 0xD800 && value <= 0xDFFF) {
      const bool paired = value < 0xDC00 && i + 1 < utf16.size() && (utf16[i + 1] & 0xFC00) == 0xDC00;
      if (!paired) return fail(ErrorCode::corrupt, "a text of the seal is not UTF-16");
      value = 0x10000 + ((value & 0x3FF) << 10) + (utf16[++i] & 0x3FFU);
    }
    if (value == 0) return fail(ErrorCode::corrupt, "a text of the seal holds a NUL");
    append_utf8(text, value);
  }
  return text;
}

}  // namespace probity::seal
