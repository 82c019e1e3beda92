#include "names/company_comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "names/company_words.h"
#include "names/han.h"

namespace probity::names {
namespace {

using View = std::u32string_view;

constexpr double kStart = -6;  // two names picked for looking alike are mostly of two companies
constexpr double kLikely = 2.2, kPossible = -2.2;

bool sound_alike(View a, View b) { return a.size() == b.size() && std::ranges::equal(a, b, share_a_reading); }

// Whether the Latin letters can be read off the characters, each by any of its readings; "lv" is also typed lu and lyu.
bool reads_as(View han, std::string_view latin) {
  std::string letters;
  std::ranges::copy_if(latin, std::back_inserter(letters), [](char c) { return c != ' '; });
  std::set<std::size_t> reached{0};
  for (const char32_t c : han) {
    std::set<std::size_t> next;
    const auto try_reading = [&](const std::string& reading) {
      for (const std::size_t at : reached)
        if (letters.compare(at, reading.size(), reading) == 0) next.insert(at + reading.size());
    };
    for (const auto& reading : pinyin_readings(c)) {
      try_reading(reading);
      if (const auto v = reading.find('v'); v != std::string::npos) {
        try_reading(std::string(reading).replace(v, 1, "u"));
        try_reading(std::string(reading).replace(v, 1, "yu"));
      }
    }
    if (!is_han(c) && c < 0x80) try_reading(std::string(1, static_cast<char>(c)));
    reached = std::move(next);
  }
  return reached.contains(letters.size());
}

std::size_t edit_distance(View a, View b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const std::size_t change = diagonal + (a[i - 1] == b[k - 1] ? 0 : 1);
      diagonal = std::exchange(row[k], std::min({change, row[k] + 1, row[k - 1] + 1}));
    }
  }
  return row.back();
}

// What the brand's characters were before folding: found by their place, as folding keeps the count of characters.
std::u32string original_brand(const CompanyName& name) {
  const auto brand = characters(name.brand);
  const auto at = fold(name.written).find(brand);
  return at == std::u32string::npos ? brand : tidy_characters(name.written).substr(at, brand.size());
}

// A longer brand is a rarer one. A Chinese character tells about as much as three letters.
double worth_of_brand(std::size_t length, bool chinese) {
  const double units = static_cast<double>(length) / (chinese ? 1.0 : 3.0);
  return std::clamp(2 + 1.5 * units, 3.0, 8.0);
}

Evidence compare_chinese_brands(const CompanyName& a, const CompanyName& b) {
  const auto left = characters(a.brand), right = characters(b.brand);
  const double worth = worth_of_brand(std::min(left.size(), right.size()), true);
  if (left == right) {
    const bool as_written = original_brand(a) == original_brand(b);
    return {Feature::brand, as_written ? "same" : "other forms of the same characters", worth - (as_written ? 0 : 0.3)};
  }
  if (sound_alike(left, right)) return {Feature::brand, "sounds alike", 0.5 * worth - 1};
  const auto distance = edit_distance(left, right);
  const auto shorter = std::min(left.size(), right.size());
  if (distance == 1 && shorter >= 3) return {Feature::brand, "one character differs", shorter >= 4 ? 3.0 : 1.0};
  return {Feature::brand, "differs", -4};
}

Evidence compare_latin_brands(const CompanyName& a, const CompanyName& b) {
  const auto left = tidy_characters(a.brand), right = tidy_characters(b.brand);  // blanks do not count
  const double worth = worth_of_brand(std::min(left.size(), right.size()), false);
  if (left == right) return {Feature::brand, "same", worth};
  const auto distance = edit_distance(left, right);
  const auto shorter = std::min(left.size(), right.size());
  if (distance == 1 && shorter >= 6) return {Feature::brand, "one letter differs", 0.6 * worth};
  if (distance == 2 && shorter >= 12) return {Feature::brand, "two letters differ", 0.4 * worth};
  return {Feature::brand, "differs", -4};
}

Evidence compare_brands(const CompanyName& a, const CompanyName& b) {
  if (a.brand.empty() && b.brand.empty()) return {Feature::brand, "neither has one", 1};
  if (a.brand.empty() || b.brand.empty()) return {Feature::brand, "only one has it", -3};
  if (a.chinese && b.chinese) return compare_chinese_brands(a, b);
  if (!a.chinese && !b.chinese) return compare_latin_brands(a, b);
  const auto& han = a.chinese ? a : b;
  const auto& latin = a.chinese ? b : a;
  const auto brand = characters(han.brand);
  if (reads_as(brand, latin.brand)) return {Feature::brand, "sounds alike", 0.8 * worth_of_brand(brand.size(), true)};
  return {Feature::brand, "not comparable", -3};
}

// "hongkong" to 香港: places that have names of their own in Latin script.
bool is_named(std::string_view han, std::string_view latin) {
  std::string row(1, ' ');
  std::ranges::copy_if(latin, std::back_inserter(row), [](char c) { return c != ' '; });
  row += '=' + std::string(han);
  return (' ' + std::string(kLatinPlaces) + ' ').find(row + ' ') != std::string::npos;
}

Evidence compare_regions(const CompanyName& a, const CompanyName& b) {
  if (a.region.empty() && b.region.empty()) return {Feature::region, "neither has one", 0};
  if (a.region.empty() || b.region.empty()) return {Feature::region, "only one has it", -0.5};
  if (a.region == b.region) return {Feature::region, "same", 2};
  if (a.chinese != b.chinese) {
    const auto& han = a.chinese ? a.region : b.region;
    const auto& latin = a.chinese ? b.region : a.region;
    if (is_named(han, latin) || reads_as(characters(han), latin)) return {Feature::region, "same", 2};
  }
  if (a.region.find(b.region) != std::string::npos || b.region.find(a.region) != std::string::npos)
    return {Feature::region, "one names more of it", 1.5};  // 广东东莞 and 东莞
  return {Feature::region, "differs", -5};
}

Evidence compare_trades(const CompanyName& a, const CompanyName& b) {
  if (a.chinese != b.chinese) return {Feature::trade, "not comparable", 0};
  if (a.trade.empty() && b.trade.empty()) return {Feature::trade, "neither has one", 0};
  if (a.trade.empty() || b.trade.empty()) return {Feature::trade, "only one has it", -0.3};
  if (a.trade == b.trade) return {Feature::trade, "same", 1.5};
  const auto left = characters(a.trade), right = characters(b.trade);
  for (std::size_t i = 0; i + 2 <= left.size(); ++i)
    if (right.find(left.substr(i, 2)) != std::u32string::npos && a.chinese)
      return {Feature::trade, "partly the same", 0.2};
  return {Feature::trade, "differs", -2};
}

// 有限公司 and 有限责任公司 are one form; a branch is part of the company, and still another entry in the register.
Evidence compare_legal_forms(const CompanyName& a, const CompanyName& b) {
  if (a.branch != b.branch) return {Feature::legal_form, "one is a branch", -1};
  if (a.chinese != b.chinese) return {Feature::legal_form, "not comparable", 0};
  if (a.legal_form.empty() || b.legal_form.empty()) return {Feature::legal_form, "not given", 0};
  if (a.legal_form == b.legal_form) return {Feature::legal_form, "same", 0.3};
  const auto ends_as_company = [](const CompanyName& name) {
    return name.legal_form == "公司" || name.legal_form == "有限公司" || name.legal_form == "有限责任公司";
  };
  if (ends_as_company(a) && ends_as_company(b)) return {Feature::legal_form, "another way to write it", 0.1};
  return {Feature::legal_form, "differs", -1};
}

}  // namespace

std::string_view likeness_name(Likeness likeness) {
  return likeness == Likeness::likely ? "likely" : likeness == Likeness::possible ? "possible" : "different";
}

std::string_view feature_name(Feature feature) {
  switch (feature) {
    case Feature::brand:
      return "brand";
    case Feature::region:
      return "region";
    case Feature::trade:
      return "trade";
    case Feature::legal_form:
      return "legal_form";
  }
  return "";
}

CompanyComparison compare(const CompanyName& a, const CompanyName& b) {
  CompanyComparison out;
  out.evidence = {compare_brands(a, b), compare_regions(a, b), compare_trades(a, b), compare_legal_forms(a, b)};
  out.log_odds = kStart;
  for (const auto& reason : out.evidence) out.log_odds += reason.log_odds;
  out.score = 1 / (1 + std::exp(-out.log_odds));
  out.likeness = out.log_odds >= kLikely     ? Likeness::likely
                 : out.log_odds >= kPossible ? Likeness::possible
                                             : Likeness::different;
  // Without a brand on both sides, a name is a description that many could carry.
  if (a.brand.empty() || b.brand.empty()) out.likeness = std::min(out.likeness, Likeness::possible);
  return out;
}

}  // namespace probity::names
