// Simulated leaks for tests and studies: what colluders make of their codewords, and a noisy demodulation of it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <random>
#include <span>
#include <string_view>
#include <vector>

#include "code/observation.h"

namespace probity::code {

enum class Strategy { interleave, majority, minority, coin_flip, all_one, average, extremes };
inline constexpr std::array kStrategies{Strategy::interleave, Strategy::majority, Strategy::minority,
                                        Strategy::coin_flip,  Strategy::all_one,  Strategy::average,
                                        Strategy::extremes};

inline std::string_view strategy_name(Strategy strategy) {
  constexpr std::array<std::string_view, 7> kNames{"interleave", "majority", "minority", "coin flip",
                                                   "all-1",      "average",  "min/max"};
  return kNames[static_cast<std::size_t>(strategy)];
}

using SimulationRandom = std::mt19937_64;

// The mark's amplitude that colluders leave in a cell of which `ones` of `copies` copies have a 1: -1..1, and +-1 where
// all agree (the marking assumption: they can only change what they can see differ). Pixel-wise minimum or maximum
// leaves nothing of a pattern of zero mean in a cell where they differ.
inline double colluded_cell(Strategy strategy, int ones, int copies, SimulationRandom& random) {
  if (ones == 0 || ones == copies) return ones == 0 ? -1 : 1;
  const auto chance = [&](double p) { return std::bernoulli_distribution(p)(random) ? 1.0 : -1.0; };
  const double share = static_cast<double>(ones) / copies;
  switch (strategy) {
    case Strategy::interleave:
      return chance(share);
    case Strategy::majority:
      return share == 0.5 ? chance(0.5) : share > 0.5 ? 1 : -1;
    case Strategy::minority:
      return share == 0.5 ? chance(0.5) : share > 0.5 ? -1 : 1;
    case Strategy::coin_flip:
      return chance(0.5);
    case Strategy::all_one:
      return 1;
    case Strategy::average:
      return 2 * share - 1;
    case Strategy::extremes:
      return 0;
  }
  return 0;
}

// Soft values of a leak that `words` (0/1 a cell, equally long) were made into, demodulated with Gaussian noise of
// standard deviation `sigma` by somebody who takes it for one copy. A lone copy then has a hard error rate of
// Q(1/sigma).
inline std::vector<float> simulate_leak(std::span<const std::vector<std::uint8_t>> words, Strategy strategy,
                                        double sigma, SimulationRandom& random) {
  std::vector<float> soft(words.front().size());
  std::normal_distribution<double> noise(0, 1);
  for (std::size_t i = 0; i < soft.size(); ++i) {
    int ones = 0;
    for (const auto& word : words) ones += word[i];
    const double seen = colluded_cell(strategy, ones, static_cast<int>(words.size()), random) + sigma * noise(random);
    const double belief = sigma > 0 ? std::tanh(seen / (sigma * sigma)) : seen;
    soft[i] = std::clamp(static_cast<float>(belief), -kSoftLimit, kSoftLimit);
  }
  return soft;
}

// The noise at which a lone copy's hard error rate is `rate` (0 < rate < 0.5).
inline double sigma_of_error_rate(double rate) {
  double low = 0.01;
  double high = 100;
  for (int step = 0; step < 100; ++step) {
    const double middle = std::sqrt(low * high);
    (0.5 * std::erfc(1 / (middle * std::sqrt(2.0))) < rate ? low : high) = middle;
  }
  return low;
}

}  // namespace probity::code
