#include "pdf/script.h"

#include <glib.h>

#include <cstdint>

namespace probity::pdf {
namespace {

constexpr std::u32string_view kShared = U"‘’“”—…·";
constexpr std::u32string_view kOpening = U"‘“（《〈「『【〔〖〘｛［";
constexpr std::u32string_view kClosing = U"’”）》〉」』】〕〗〙｝］，。、；：！？．";

bool contains(std::u32string_view set, char32_t character) { return set.find(character) != std::u32string_view::npos; }

bool is_ideograph(char32_t character) {
  return (character >= 0x3400 && character <= 0x9FFF) || (character >= 0xF900 && character <= 0xFAFF) ||
         (character >= 0x20000 && character <= 0x3FFFF) || character == 0x3005 || character == 0x3007;
}

bool is_latin(char32_t character) {
  return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
         (character >= 'a' && character <= 'z') || (character >= 0x00C0 && character <= 0x024F);
}

struct Character {
  char32_t value = 0;
  ByteRange bytes;
};

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> characters;
  const char* const start = text.data();
  for (const char* at = start; at != start + text.size();) {
    const char* const next = g_utf8_next_char(at);
    characters.push_back(
        {g_utf8_get_char(at), {static_cast<std::size_t>(at - start), static_cast<std::size_t>(next - start)}});
    at = next;
  }
  return characters;
}

// Whether the nearest character to one side that is not itself shared punctuation is East Asian.
bool east_asian_side(const std::vector<Character>& characters, std::size_t from, int step) {
  for (std::size_t i = from + static_cast<std::size_t>(step); i < characters.size();
       i += static_cast<std::size_t>(step))
    if (!contains(kShared, characters[i].value)) return is_east_asian(characters[i].value);
  return false;
}

enum class Punctuation : std::uint8_t { none, opening, closing };

Punctuation punctuation_of(char32_t character) {
  if (opens_full_width(character)) return Punctuation::opening;
  return closes_full_width(character) ? Punctuation::closing : Punctuation::none;
}

}  // namespace

bool is_east_asian(char32_t character) {
  return is_ideograph(character) || (character >= 0x2E80 && character <= 0x33FF) ||
         (character >= 0xFF01 && character <= 0xFF60) || (character >= 0xFFE0 && character <= 0xFFE6);
}

bool opens_full_width(char32_t character) { return contains(kOpening, character); }
bool closes_full_width(char32_t character) { return contains(kClosing, character); }

ScriptSeams find_seams(std::string_view text) {
  ScriptSeams seams;
  const std::vector<Character> characters = characters_of(text);
  Punctuation before = Punctuation::none;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const Character& here = characters[i];
    bool full_width = true;
    if (contains(kShared, here.value)) {
      full_width = east_asian_side(characters, i, -1) || east_asian_side(characters, i, 1);
      (full_width ? seams.full_width : seams.narrow).push_back(here.bytes);
    } else if (is_ideograph(here.value)) {
      const bool latin_before = i > 0 && is_latin(characters[i - 1].value);
      const bool latin_after = i + 1 < characters.size() && is_latin(characters[i + 1].value);
      if (latin_before || latin_after) seams.beside_latin.push_back(here.bytes);
    }
    const Punctuation now = full_width ? punctuation_of(here.value) : Punctuation::none;
    if (before == Punctuation::closing && now != Punctuation::none) seams.halved.push_back(characters[i - 1].bytes);
    if (before == Punctuation::opening && now == Punctuation::opening) seams.halved.push_back(here.bytes);
    before = now;
  }
  return seams;
}

}  // namespace probity::pdf
