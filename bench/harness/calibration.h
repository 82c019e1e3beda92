// How often innocent copies' bounds fall under given levels, against what a true bound allows; counting and judging.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace probity::bench {

// Probability levels from 1e-1 to 1e-7, by halves of a power of ten; the promises are about 1e-2 to 1e-6.
inline constexpr std::array<double, 13> kLevelsLog10 = {-1, -1.5, -2, -2.5, -3, -3.5, -4, -4.5, -5, -5.5, -6, -6.5, -7};

// Innocent scores of one decoder.
struct CalibrationCounts {
  std::uint64_t scores = 0;
  std::array<std::uint64_t, kLevelsLog10.size()> chernoff{};  // with the bound at or under each level
  std::array<std::uint64_t, kLevelsLog10.size()> saddle{};    // with the near-exact figure at or under it
  void add(const CalibrationCounts& other);
};

// P(at least `hits` of `scores` | each with probability `level`): the one-sided binomial test. Computed as a Poisson
// tail, which is at most 1 % off at these levels and numbers.
double binomial_upper_tail(std::uint64_t hits, std::uint64_t scores, double level);

// An SVG plot of observed share against level, log-log: the bound's points below the diagonal, the near-exact ones on
// it.
std::string calibration_svg(const CalibrationCounts& counts);

}  // namespace probity::bench
