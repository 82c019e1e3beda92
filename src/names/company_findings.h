// What comparing one part of two company names may find, and its worth in log-odds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "names/company_comparison.h"

namespace probity::names {

enum class Finding : std::uint8_t {
  // Brands
  brand_same,
  brand_other_forms,      // 海明 and 海明 in traditional characters
  brand_sounds_alike,     // 海明 and 海铭
  brand_one_character,    // of three or more, one differs, is missing or is more
  brand_swapped,          // two neighbours changed places
  brand_one_of_two,       // 海明 and 海朋, where the trade is the same
  brand_whole_name,       // brands that differ, but with their trades all of the name is the same but for a character
  brand_reads_the_same,   // 海明 and haiming
  brand_reads_cantonese,  // 海明 and hoi ming
  brand_words_moved,      // the same words in another order
  brand_letters,          // all words alike but for letters
  brand_most_words,
  brand_initials,
  brand_neither,
  brand_only_one,
  brand_differs,
  // Regions
  region_same,
  region_within,  // 广东东莞 and 东莞, 广东 and 东莞
  region_neither,
  region_only_one,
  region_differs,
  // Trades
  trade_same,
  trade_partly,
  trade_neither,
  trade_only_one,
  trade_not_comparable,
  trade_differs,
  // Legal forms
  form_same,
  form_other_words,  // 有限公司 and 有限责任公司
  form_not_given,
  form_branch,
  form_differs,
  count
};

Feature feature_of(Finding finding);
std::string_view finding_name(Finding finding);  // "sounds alike"; what Evidence shows

// Brands tell more the longer and rarer they are: four sizes, the others have one.
constexpr std::size_t kSizes = 4;
struct Found {
  Finding finding{};
  std::uint8_t size = 0;
};
double log_odds_of(Found found);
double log_odds_at_the_start();  // of two names before anything is compared

}  // namespace probity::names
