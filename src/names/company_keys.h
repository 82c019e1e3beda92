// The keys that two brands share when comparing them finds anything but "differs".
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "names/company_parts.h"

namespace probity::names {

// Chinese brands: the folded characters; the first two of them; with one character left out (three or more); the first
// three characters' syllables by every reading; the first two characters' Cantonese syllables. Latin brands: the first
// three pinyin syllables, and two Cantonese ones, when the letters can be cut into such. So a name written in one
// script meets one in the other under the same keys. Without repeats.
std::vector<std::uint64_t> brand_keys(const Brand& brand);

// Two names of brands of two characters, one of them the same, meet here when their trades are the same; so do two
// names without a brand.
std::vector<std::uint64_t> trade_keys(const Brand& brand, std::string_view trade);

// Latin words are found by their letters with up to two left out, among the first seven letters: words that
// letters_that_may_differ() allows to be alike always share one of these. Without repeats.
std::vector<std::uint64_t> word_keys(std::string_view word);

}  // namespace probity::names
