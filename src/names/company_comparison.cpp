#include "names/company_comparison.h"

#include <algorithm>
#include <cmath>

#include "names/company_parts.h"

namespace probity::names {
namespace {

constexpr double kLikely = 2.2, kPossible = -2.2;

bool is_one_of(Finding finding, std::initializer_list<Finding> findings) {
  return std::ranges::find(findings, finding) != findings.end();
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

Likeness most_for(const std::array<Found, 4>& found) {
  using enum Finding;
  const auto [brand, region, trade, form] = found;
  if (is_one_of(brand.finding, {brand_differs, brand_only_one})) return Likeness::different;
  if (brand.finding == brand_neither) return Likeness::possible;  // a description that many could carry
  // 瑞讯 and 锐讯 may both be in one city and trade.
  if (brand.size < 2 && is_one_of(brand.finding, {brand_sounds_alike, brand_one_of_two, brand_one_character}))
    return Likeness::possible;
  const bool region_says = is_one_of(region.finding, {region_same, region_within});
  const bool trade_says = is_one_of(trade.finding, {trade_same, trade_partly});
  const bool form_says = is_one_of(form.finding, {form_same, form_other_words}) && brand.size >= 2;
  return region_says || trade_says || form_says ? Likeness::likely : Likeness::possible;  // else a bare name
}

std::array<Found, 4> as_one_name(std::array<Found, 4> found) {
  found[0].finding = Finding::brand_whole_name;
  found[2].finding = Finding::trade_partly;
  return found;
}

Likeness likeness_of(const std::array<Found, 4>& found, double log_odds) {
  const auto by_sum = log_odds >= kLikely     ? Likeness::likely
                      : log_odds >= kPossible ? Likeness::possible
                                              : Likeness::different;
  return std::min(by_sum, most_for(found));
}

CompanyComparison weigh(const std::array<Found, 4>& found) {
  constexpr double kMost = 7;  // the score rises to 0.999 and never reaches 1
  CompanyComparison out;
  out.log_odds = log_odds_at_the_start();
  for (const auto& one : found) {
    out.evidence.push_back({feature_of(one.finding), finding_name(one.finding), log_odds_of(one)});
    out.log_odds += log_odds_of(one);
  }
  out.score = 1 / (1 + std::exp(-kMost * std::tanh(out.log_odds / kMost)));
  out.likeness = likeness_of(found, out.log_odds);
  return out;
}

CompanyComparison compare(const CompanyName& a, const CompanyName& b) {
  const auto left = prepare(a), right = prepare(b);
  const bool same_trade = !a.trade.empty() && a.trade == b.trade;
  std::array found{compare_brands(left.brand, right.brand, same_trade), compare_regions(left.region, right.region),
                   compare_trades(left.trade, right.trade), compare_legal_forms(left.legal_form, right.legal_form)};
  if (found[0].finding == Finding::brand_differs &&
      same_but_for_one_character(left.brand, left.trade, right.brand, right.trade))
    found = as_one_name(found);
  return weigh(found);
}

}  // namespace probity::names
