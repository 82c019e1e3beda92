// Chinese characters: the simplified form as a key for finding, and every way a character may be read. A key finds;
// the original characters decide.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace probity::names {

// UTF-8 to characters and back. Bytes that are no UTF-8 become U+FFFD.
std::u32string characters(std::string_view text);
std::string to_utf8(std::u32string_view text);

bool is_han(char32_t character);

// One width (full-width forms become ASCII), lower case, no white space; characters stay as they were written.
std::u32string tidy_characters(std::string_view text);
// The same, and each character simplified. Many-to-one (後后, 裡裏里, 鍾鐘钟): for finding, never for deciding.
char32_t simplified(char32_t character);
std::u32string fold(std::string_view text);

// Readings in all of Unihan's dictionaries, without tones, in alphabetical order; "lü" is "lv". Empty where none is
// known.
std::vector<std::string> pinyin_readings(char32_t character);
std::vector<std::string> cantonese_readings(char32_t character);
// The same as numbers, each standing for one toneless syllable; and what a number stands for ("zhang").
using Syllable = std::uint16_t;
std::span<const Syllable> pinyin_syllables(char32_t character);
std::string_view syllable_letters(Syllable syllable);
// Whether the characters are the same or can be read the same, by any of their readings.
bool share_a_reading(char32_t a, char32_t b);
// How a surname of one or two characters is read: the readings that surnames have of their own (单 shan), else all.
// Syllables of a two-character surname are separated by a blank.
std::vector<std::string> surname_readings(std::string_view surname);

}  // namespace probity::names
