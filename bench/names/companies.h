// Made-up company names in their thousands, their variants and their look-alikes, by the rules of the trade; all from a
// seed, so that every figure can be had again.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace probity::bench {

struct MadeCompany {
  std::string region, brand, trade, form;  // Chinese: as they are written one after the other
  bool latin = false;                      // then the parts are Latin words, the region at the start
  std::string name() const;
};

// What happens to a name on its way into another register, an invoice or a search box.
enum class Variant {
  as_is,
  traditional,  // 武漢海明智業
  region_in_brackets,
  region_with_city,  // 武汉市
  region_dropped,
  province_added,
  other_form,  // 有限责任公司 for 有限公司, Limited for Ltd
  form_dropped,
  same_sound,       // another character of the same sound in the brand
  wrong_character,  // another character altogether, in the brand (of three and more) or in the trade
  swapped,          // two neighbours
  trade_shortened,
  pinyin,        // Wuhan Haiming Zhiye Trading Co., Ltd.
  one_letter,    // Latin: a letter wrong, dropped, doubled or swapped
  words_joined,  // Latin: Good Will and Goodwill
  count
};
std::string_view variant_name(Variant variant);

// What is another company, however alike.
enum class LookAlike {
  other_region,
  other_trade,
  other_brand,    // the same region and trade
  one_character,  // of two, in the brand; the same region and trade
  same_sound_elsewhere,
  other_region_other_script,
  one_word_more,  // Latin: Crystalord Systems
  count
};
std::string_view look_alike_name(LookAlike kind);

class CompanyMaker {
 public:
  explicit CompanyMaker(std::uint64_t seed);
  MadeCompany company();  // one in ten Latin
  MadeCompany chinese_company();
  MadeCompany latin_company();
  // Empty when the variant or look-alike makes no sense for the company.
  std::string variant(const MadeCompany& company, Variant variant);
  std::string look_alike(const MadeCompany& company, LookAlike kind);
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

 private:
  std::size_t often_first(std::size_t count);  // small numbers more often, as words and places are
  std::string brand();
  std::string latin_variant(const MadeCompany& company, Variant variant);
  std::string same_sound(const std::string& brand);
  std::string typo(std::string name);
  std::string in_pinyin(const MadeCompany& company, const std::string& region);
  std::mt19937_64 random_;
};

}  // namespace probity::bench
