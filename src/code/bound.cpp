#include "code/bound.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace probity::code {
namespace {

// Added to every log bound so that rounding in the sums above can never make it too small.
constexpr double kRoundingMargin = 1e-9;

// ln(P(Z > w) / density(w)) is needed for w up to hundreds, where both underflow: Mills' ratio by its asymptotic
// series.
double mills_ratio(double w) {
  if (w < 20) return 0.5 * std::erfc(w / std::numbers::sqrt2) * std::sqrt(2 * std::numbers::pi) * std::exp(w * w / 2);
  const double v = 1 / (w * w);
  return (1 - v * (1 - v * (3 - v * (15 - 105 * v)))) / w;
}

}  // namespace

void ScoreLaw::add(const Bank& bank, std::size_t decoder) {
  std::vector<std::uint32_t> counts(256 * 256);  // by weight, then by 256 r
  for (const Group& group : groups_) {
    counts[group.weight * 256U + static_cast<std::size_t>(group.agree * 256)] +=
        static_cast<std::uint32_t>(group.cells);
  }
  const std::vector<std::uint8_t>& weights = bank.decoders[decoder].weight;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const std::size_t chances = bank.leaning[i] != 0 ? bank.thresholds[i] : 256U - bank.thresholds[i];
    if (weights[i] != 0) ++counts[weights[i] * 256U + chances];
  }
  *this = ScoreLaw{};
  for (std::size_t key = 256; key < counts.size(); ++key) {
    if (counts[key] != 0) add_group({static_cast<std::uint8_t>(key / 256), key % 256 / 256.0, double(counts[key])});
  }
}

void ScoreLaw::add_group(const Group& group) {
  groups_.push_back(group);
  maximum_ += static_cast<std::int64_t>(group.cells) * group.weight;
  mean_ += group.cells * group.weight * group.agree;
  variance_ += group.cells * group.weight * group.weight * group.agree * (1 - group.agree);
  voting_cells_ += static_cast<std::size_t>(group.cells);
}

double ScoreLaw::standard_score(std::int64_t score) const {
  return variance_ > 0 ? (static_cast<double>(score) - mean_) / std::sqrt(variance_) : 0.0;
}

// With d = maximum - score, the weight in which the copy does *not* agree, the exponent becomes
//   K(theta) - theta * score = theta * d + sum over cells of ln(r + (1-r) exp(-theta w)),
// in which nothing overflows: for theta -> infinity it tends to sum ln r when d = 0, the exact chance of agreeing
// everywhere.
ScoreLaw::Tilt ScoreLaw::tilt(double theta, double deficit) const {
  Tilt result{theta * deficit, deficit, 0};
  double decay = 1;
  int decay_weight = 0;
  for (const Group& group : groups_) {  // sorted by weight
    if (group.weight != decay_weight) {
      decay_weight = group.weight;
      decay = std::exp(-theta * decay_weight);
    }
    const double disagree = (1 - group.agree) * decay;
    const double total = group.agree + disagree;
    const double share = disagree / total;
    result.value += group.cells * std::log(total);
    result.slope -= group.cells * group.weight * share;
    result.variance += group.cells * group.weight * group.weight * share * (1 - share);
  }
  return result;
}

// The root of the slope, which rises with theta: Newton's step where it stays in the bracket, else a bisection.
double ScoreLaw::best_theta(double deficit) const {
  double low = 0;
  double high = 1.0 / 256;
  while (tilt(high, deficit).slope < 0 && high < 1e3) {
    low = high;
    high *= 2;
  }
  double theta = (low + high) / 2;
  for (int step = 0; step < 60; ++step) {
    const Tilt at = tilt(theta, deficit);
    (at.slope < 0 ? low : high) = theta;
    const double newton = theta - at.slope / at.variance;
    const double next = newton > low && newton < high ? newton : (low + high) / 2;
    if (std::abs(next - theta) <= 1e-10 * theta) return next;
    theta = next;
  }
  return theta;
}

double ScoreLaw::log_all_agree() const {
  return std::accumulate(groups_.begin(), groups_.end(), 0.0,
                         [](double sum, const Group& group) { return sum + group.cells * std::log(group.agree); });
}

double ScoreLaw::log_chernoff(std::int64_t score) const {
  if (score > maximum_) return -std::numeric_limits<double>::infinity();
  if (static_cast<double>(score) <= mean_) return 0;
  const double deficit = static_cast<double>(maximum_ - score);
  const double value = deficit == 0 ? log_all_agree() : tilt(best_theta(deficit), deficit).value;
  return std::min(0.0, value + kRoundingMargin);
}

double ScoreLaw::log_lugannani_rice(std::int64_t score) const {
  const double chernoff = log_chernoff(score);
  const double deficit = static_cast<double>(maximum_ - score);
  if (standard_score(score) < 0.1 || deficit <= 0) return chernoff;
  int step = 0;
  for (const Group& group : groups_) step = std::gcd(step, static_cast<int>(group.weight));
  const double theta = best_theta(deficit);
  const Tilt at = tilt(theta, deficit);
  // Near the maximum the tilted law has shrunk to a few points, and a normal curve says nothing about it.
  if (at.value >= 0 || at.variance < 4.0 * step * step) return chernoff;
  const double w = std::sqrt(-2 * at.value);
  const double u = (1 - std::exp(-theta * step)) / step * std::sqrt(at.variance);
  const double factor = mills_ratio(w) + 1 / u - 1 / w;
  if (!(factor > 0)) return chernoff;
  return std::min(chernoff, at.value - 0.5 * std::log(2 * std::numbers::pi) + std::log(factor));
}

std::int64_t ScoreLaw::score_at(double log_bound) const {
  std::int64_t low = static_cast<std::int64_t>(mean_);
  std::int64_t high = maximum_ + 1;
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (log_chernoff(middle) <= log_bound ? high : low) = middle;
  }
  return high;
}

ScoreLaw score_law(std::span<const Bank> banks, std::size_t decoder) {
  ScoreLaw law;
  for (const Bank& bank : banks) law.add(bank, decoder);
  return law;
}

double log_hoeffding(const Bank& bank, std::size_t decoder, std::int64_t score) {
  double mean = 0;
  double squares = 0;
  for (const std::uint8_t weight : bank.decoders[decoder].weight) {
    mean += weight / 2.0;
    squares += static_cast<double>(weight) * weight;
  }
  const double excess = std::max(0.0, static_cast<double>(score) - mean);
  return squares > 0 ? -2 * excess * excess / squares : 0.0;
}

}  // namespace probity::code
