// How one Chinese syllable or character is spelt in Latin letters: pinyin, Wade-Giles, and Cantonese as Hong Kong,
// Macao and overseas registers write it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace probity::names {

enum class Romanisation { pinyin, wade_giles, cantonese };
std::string_view romanisation_name(Romanisation system);

struct Spelling {
  std::string letters;  // a to z, no apostrophes: Ts'ao is "tsao"
  Romanisation system{};
};

// Wade-Giles of a pinyin syllable ("cao" to "tsao"), with the forms that passports and Taiwan's registers make of it,
// by rule. In no order, without repeats.
std::vector<std::string> wade_giles_of(std::string_view pinyin);
// What a Jyutping syllable without tone ("zoeng") is written as in Hong Kong: "cheung", "cheong", "tseung", …
std::vector<std::string> cantonese_spellings_of(std::string_view jyutping);

// Every spelling of a character by all of its readings; the same letters may stand for several systems.
std::vector<Spelling> spellings_of(char32_t character);
// The same of a character as a surname: 单 is shan, though it is mostly read dan.
std::vector<Spelling> surname_spellings_of(char32_t surname);

// Whether one character can be written in both ways: "tsui" and "xu" are 徐.
bool may_spell_the_same(std::string_view a, std::string_view b);
// Whether the letters are one pinyin syllable without tone; lü as "lv", "lu" or "lyu".
bool is_pinyin(std::string_view letters);
// The Jyutping syllables without tone that may be written so; empty when there is none.
const std::vector<std::string>& jyutping_of(std::string_view letters);
// Whether the letters are a whole number of syllables of any system ("chifung"); of an English name they seldom are.
bool made_of_syllables(std::string_view letters);

}  // namespace probity::names
