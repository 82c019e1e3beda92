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
  const bool region_says = is_one_of(region.finding, {region_same, region_within});
  const bool trade_says = is_one_of(trade.finding, {trade_same, trade_partly});
  const bool form_says = is_one_of(form.finding, {form_same, form_other_words}) && brand.size >= 2;
  return region_says || trade_says || form_says ? Likeness::likely : Likeness::possible;  // else a bare name
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
  return weigh({compare_brands(left.brand, right.brand, same_trade), compare_regions(left.region, right.region),
                compare_trades(left.trade, right.trade), compare_legal_forms(left.legal_form, right.legal_form)});
}

}  // namespace probity::names
