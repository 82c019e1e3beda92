// Text in Latin letters, or in Cyrillic ones made Latin: plain lower-case letters for keys and comparison.
#pragma once

#include <string>
#include <string_view>

namespace probity::names {

// Lower case, accents dropped ("Răspundere" to "raspundere", "ß" to "ss"), Cyrillic letter by letter ("ООО" to "ooo").
// Everything else stays as it is.
std::string plain_latin(std::string_view text);

// Whether a word in plain letters is one of the given names that people in Hong Kong, Taiwan and overseas add to
// theirs.
bool is_western_given_name(std::string_view word);

}  // namespace probity::names
