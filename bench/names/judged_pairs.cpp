#include "names/judged_pairs.h"

#include <fmt/core.h>

#include <cmath>

#include "names/companies.h"
#include "names/company_parts.h"

namespace probity::bench {
namespace {

using names::Finding;
using names::Found;
constexpr std::size_t kFindings = static_cast<std::size_t>(Finding::count);

std::array<Found, 4> find_all(const std::string& a, const std::string& b) {
  const auto left = names::parse_company_name(a), right = names::parse_company_name(b);
  const auto x = names::prepare(left), y = names::prepare(right);
  return {names::compare_brands(x.brand, y.brand, !left.trade.empty() && left.trade == right.trade),
          names::compare_regions(x.region, y.region), names::compare_trades(x.trade, y.trade),
          names::compare_legal_forms(x.legal_form, y.legal_form)};
}

bool decided(const JudgedPair& pair) {  // by a rule, whatever the weights are
  return names::most_for(pair.found) == names::Likeness::different;
}

std::size_t place_of(Found found) { return static_cast<std::size_t>(found.finding) * names::kSizes + found.size; }

double sum_of(const std::vector<double>& weights, double start, const JudgedPair& pair) {
  for (const auto& found : pair.found) start += weights[place_of(found)];
  return start;
}

}  // namespace

std::vector<JudgedPair> judged_pairs(std::uint64_t seed, std::size_t companies) {
  CompanyMaker maker(seed);
  std::vector<JudgedPair> out;
  const auto add = [&](const std::string& left, const std::string& right, bool same) {
    if (!right.empty() && (same || left != right)) out.push_back({left, right, same, find_all(left, right)});
  };
  for (std::size_t i = 0; i < companies; ++i) {
    auto company = maker.company();
    const auto name = company.name();
    if (maker.below(4) == 0) company.form.clear();  // what else is lost on the way, of the same company or of another
    if (maker.below(5) == 0) company.region.clear();
    for (std::size_t k = 0; k < static_cast<std::size_t>(Variant::count); ++k)
      add(name, maker.variant(company, static_cast<Variant>(k)), true);
    for (std::size_t k = 0; k < static_cast<std::size_t>(LookAlike::count); ++k)
      for (int times = 0; times < 2; ++times) add(name, maker.look_alike(company, static_cast<LookAlike>(k)), false);
  }
  return out;
}

void print_fitted_weights(const std::vector<JudgedPair>& pairs) {
  constexpr double kPrior = 20;    // how many pairs a weight's present value counts for
  constexpr double kWrong = 0.03;  // share of labels taken to be wrong: rules make surer labels than registers do
  std::vector<double> now(kFindings * names::kSizes);
  std::vector<double> seen(now.size());
  for (std::size_t f = 0; f < kFindings; ++f)
    for (std::size_t size = 0; size < names::kSizes; ++size)
      now[f * names::kSizes + size] = names::log_odds_of({static_cast<Finding>(f), static_cast<std::uint8_t>(size)});
  auto weights = now;
  double start = names::log_odds_at_the_start();
  for (const auto& pair : pairs)
    if (!decided(pair))
      for (const auto& found : pair.found) seen[place_of(found)] += 1;
  for (int round = 0; round < 3000; ++round) {
    std::vector<double> slope(weights.size()), bend(weights.size(), kPrior);
    for (std::size_t i = 0; i < weights.size(); ++i) slope[i] = -kPrior * (weights[i] - now[i]);
    for (const auto& pair : pairs) {
      if (decided(pair)) continue;
      const double p = 1 / (1 + std::exp(-sum_of(weights, start, pair)));
      for (const auto& found : pair.found) {
        slope[place_of(found)] += (pair.same ? 1 - kWrong : kWrong) - p;
        bend[place_of(found)] += p * (1 - p);
      }
    }
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += 0.2 * slope[i] / (bend[i] + 0.05 * seen[i]);
  }
  for (std::size_t f = 0; f < kFindings; ++f) {
    fmt::print("{:<24}", names::finding_name(static_cast<Finding>(f)).substr(0, 23));
    for (std::size_t size = 0; size < names::kSizes; ++size)
      fmt::print(" {:6.2f} ({})", weights[f * names::kSizes + size], seen[f * names::kSizes + size]);
    fmt::print("\n");
  }
}

void print_calibration(const std::vector<JudgedPair>& pairs) {
  constexpr std::array kEdges{0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.0};
  fmt::print("| score | pairs | mean score | of one company |\n|---|---|---|---|\n");
  for (std::size_t i = 0; i + 1 < kEdges.size(); ++i) {
    std::size_t count = 0, same = 0;
    double sum = 0;
    for (const auto& pair : pairs) {
      if (decided(pair)) continue;
      const double score = names::weigh(pair.found).score;
      if (score < kEdges[i] || score >= kEdges[i + 1]) continue;
      ++count;
      same += pair.same ? 1 : 0;
      sum += score;
    }
    if (count > 0)
      fmt::print("| {} to {} | {} | {:.3f} | {:.3f} |\n", kEdges[i], kEdges[i + 1], count,
                 sum / static_cast<double>(count), static_cast<double>(same) / static_cast<double>(count));
  }
}

}  // namespace probity::bench
