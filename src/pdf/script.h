// What is East Asian in a text: which of the shared punctuation is full-width, and where Chinese meets Latin.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace probity::pdf {

// Ideographs, kana and full-width punctuation.
bool is_east_asian(char32_t character);
// Full-width opening brackets and quotes, whose left half is blank.
bool opens_full_width(char32_t character);
// Full-width closing brackets, stops and commas, whose right half is blank.
bool closes_full_width(char32_t character);

struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const ByteRange&) const = default;
};

struct ScriptSeams {
  // Quotes, dashes, ellipses and middle dots that both scripts write with the same code point, by what they stand
  // beside: “甲方” is full-width, “Party A” and “don’t” are not.
  std::vector<ByteRange> full_width;
  std::vector<ByteRange> narrow;
  // Full-width punctuation next to more of it: the blank half between the two is left out (“甲”）。).
  std::vector<ByteRange> halved;
  // Ideographs that touch a Latin letter or digit without a space.
  std::vector<ByteRange> beside_latin;
};

// `text`: valid UTF-8.
ScriptSeams find_seams(std::string_view text);

}  // namespace probity::pdf
