#include "harness/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <limits>
#include <mutex>

#include "attacks/picture_file.h"
#include "code/bank.h"
#include "code/bound.h"
#include "code/scoring.h"
#include "harness/benches.h"
#include "harness/observations.h"
#include "harness/prepared.h"
#include "harness/workers.h"

namespace probity::bench {
namespace {

// Smallest scores at which each level is reached, by bisection: both figures fall as scores rise.
struct Thresholds {
  std::array<std::int64_t, kLevelsLog10.size()> chernoff{};
  std::array<std::int64_t, kLevelsLog10.size()> saddle{};
};

template <class LogTail>
std::int64_t smallest_score(const code::ScoreLaw& law, double log_level, LogTail log_tail) {
  auto low = static_cast<std::int64_t>(std::floor(law.mean()));
  std::int64_t high = law.maximum() + 1;  // nobody scores that
  while (low + 1 < high) {
    const std::int64_t middle = low + (high - low) / 2;
    (log_tail(middle) <= log_level ? high : low) = middle;
  }
  return high;
}

Thresholds thresholds_of(const code::ScoreLaw& law) {
  Thresholds out;
  for (std::size_t i = 0; i < kLevelsLog10.size(); ++i) {
    const double log_level = kLevelsLog10[i] * std::log(10.0);
    out.chernoff[i] = smallest_score(law, log_level, [&](std::int64_t score) { return law.log_chernoff(score); });
    out.saddle[i] = smallest_score(law, log_level, [&](std::int64_t score) { return law.log_lugannani_rice(score); });
  }
  return out;
}

void count_scores(const std::vector<std::int32_t>& scores, const Thresholds& thresholds, CalibrationCounts& counts) {
  counts.scores += scores.size();
  for (const std::int32_t score : scores)
    for (std::size_t i = 0; i < kLevelsLog10.size(); ++i) {
      if (score < thresholds.saddle[i] && score < thresholds.chernoff[i]) break;
      if (score >= thresholds.chernoff[i]) ++counts.chernoff[i];
      if (score >= thresholds.saddle[i]) ++counts.saddle[i];
    }
}

// Scores fresh copies, made for this one observation, that nobody ever received.
Result<std::vector<CalibrationCounts>> calibrate(const SavedObservation& seen, std::uint64_t number,
                                                 std::size_t copy_count) {
  const Hash bias_seed = sha256(as_bytes("bias " + seen.photo));
  const auto biases = code::cell_thresholds(code::kDefaultLaw, bias_seed, seen.soft.size());
  const code::Bank bank = code::decoder_bank(seen.soft, biases);
  const HkdfExpander key(
      sha256({as_bytes("innocents"), {reinterpret_cast<const std::uint8_t*>(&number), sizeof number}}));
  const std::vector<Id> copies = registered_copies(copy_count);
  const code::ScoringChannel channel{&bank, &key, copies};
  const auto scores = code::score_copies({&channel, 1}, {.threads = 1, .progress = {}});
  std::vector<CalibrationCounts> counts(scores.size());
  for (std::size_t decoder = 0; decoder < scores.size(); ++decoder) {
    code::ScoreLaw law;
    law.add(bank, decoder);
    if (law.voting_cells() == 0) continue;
    count_scores(scores[decoder], thresholds_of(law), counts[decoder]);
  }
  return counts;
}

bool promised(double level_log10) {
  return level_log10 == std::floor(level_log10) && level_log10 <= -2 && level_log10 >= -6;
}

void print_counts(std::string_view name, const CalibrationCounts& counts) {
  for (std::size_t i = 0; i < kLevelsLog10.size(); ++i) {
    if (!promised(kLevelsLog10[i])) continue;
    const double level = std::pow(10.0, kLevelsLog10[i]);
    const auto scores = static_cast<double>(counts.scores);
    fmt::print("| {} | {} | 1e{:.0f} | {} | {:.2e} | {:.2g} | {} | {:.2e} |\n", name, counts.scores, kLevelsLog10[i],
               counts.chernoff[i], static_cast<double>(counts.chernoff[i]) / scores,
               binomial_upper_tail(counts.chernoff[i], counts.scores, level), counts.saddle[i],
               static_cast<double>(counts.saddle[i]) / scores);
  }
}

std::string csv_of(const CalibrationCounts& counts) {
  std::string text = "level,scores,bound_at_or_under,near_exact_at_or_under\n";
  for (std::size_t i = 0; i < kLevelsLog10.size(); ++i)
    text += fmt::format("{:.3e},{},{},{}\n", std::pow(10.0, kLevelsLog10[i]), counts.scores, counts.chernoff[i],
                        counts.saddle[i]);
  return text;
}

}  // namespace

void CalibrationCounts::add(const CalibrationCounts& other) {
  scores += other.scores;
  for (std::size_t i = 0; i < kLevelsLog10.size(); ++i) {
    chernoff[i] += other.chernoff[i];
    saddle[i] += other.saddle[i];
  }
}

double binomial_upper_tail(std::uint64_t hits, std::uint64_t scores, double level) {
  if (hits == 0) return 1;
  const double mean = static_cast<double>(scores) * level;
  const auto k = static_cast<double>(hits);
  if (mean > 1e4) return 0.5 * std::erfc((k - 0.5 - mean) / std::sqrt(2 * mean));
  double below = 0;
  for (double i = 0; i < k && i < mean + 60 * std::sqrt(mean) + 60; ++i)
    below += std::exp(i * std::log(mean) - mean - std::lgamma(i + 1));
  return std::clamp(1 - below, 0.0, 1.0);
}

std::string calibration_svg(const CalibrationCounts& counts) {
  constexpr double kSide = 420;
  constexpr double kMargin = 60;
  constexpr double kDecades = 8;
  const auto x_of = [&](double log10) { return kMargin + kSide * (kDecades + log10) / kDecades; };
  const auto y_of = [&](double log10) { return kMargin + kSide * -log10 / kDecades; };
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" font-family=\"sans-serif\" font-size=\"12\">\n"
      "<rect width=\"{0}\" height=\"{0}\" fill=\"white\"/>\n",
      kSide + 2 * kMargin);
  for (int decade = 0; decade <= static_cast<int>(kDecades); ++decade) {
    svg += fmt::format("<path d=\"M{0:.0f} {1:.0f}V{2:.0f}M{1:.0f} {3:.0f}H{2:.0f}\" stroke=\"#ddd\"/>\n",
                       x_of(-decade), kMargin, kMargin + kSide, y_of(-decade));
    svg += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\">1e-{}</text>\n", x_of(-decade),
                       kMargin + kSide + 18, decade);
    svg += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"end\">1e-{}</text>\n", kMargin - 6,
                       y_of(-decade) + 4, decade);
  }
  svg += fmt::format("<path d=\"M{} {}L{} {}\" stroke=\"#888\" stroke-dasharray=\"5 4\"/>\n", x_of(0), y_of(0),
                     x_of(-kDecades), y_of(-kDecades));
  for (std::size_t i = 0; i < kLevelsLog10.size(); ++i) {
    const auto dot = [&](std::uint64_t hits, const char* colour) {
      if (hits == 0) return;
      const double share = std::log10(static_cast<double>(hits) / static_cast<double>(counts.scores));
      svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\"/>\n", x_of(kLevelsLog10[i]),
                         y_of(share), colour);
    };
    dot(counts.saddle[i], "#d98a1f");
    dot(counts.chernoff[i], "#1f5fa8");
  }
  const double scores = static_cast<double>(counts.scores);
  svg += fmt::format(
      "<text x=\"{0}\" y=\"24\" font-size=\"14\">{1:.3g} scores of innocent copies</text>\n"
      "<text x=\"{0}\" y=\"42\"><tspan fill=\"#1f5fa8\">● proven bound</tspan> "
      "<tspan fill=\"#d98a1f\">● near-exact figure</tspan> (dashed: equal)</text>\n",
      kMargin, scores);
  svg += fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\">level</text>\n", kMargin + kSide / 2,
                     2 * kMargin + kSide - 14);
  svg += fmt::format(
      "<text transform=\"translate(14 {:.0f}) rotate(-90)\" text-anchor=\"middle\">share of scores at or "
      "under it</text>\n</svg>\n",
      kMargin + kSide / 2);
  return svg;
}

Result<void> bench_calibration(const BenchOptions& options) {
  TRY_ASSIGN(const std::vector<SavedObservation> seen, saved_observations(options));
  const std::size_t decoders = code::decoder_count();
  const std::size_t copies = options.scores / (seen.size() * decoders) + 1;
  std::vector<CalibrationCounts> totals(decoders);
  std::mutex mutex;
  std::size_t done = 0;
  Result<void> outcome;
  for_each_index(seen.size(), options.threads, [&](std::size_t i) {
    const auto counts = calibrate(seen[i], i, copies);
    const std::lock_guard lock(mutex);
    if (!counts) {
      outcome = tl::unexpected<Error>(counts.error());
      return;
    }
    for (std::size_t decoder = 0; decoder < decoders; ++decoder) totals[decoder].add((*counts)[decoder]);
    if (++done % 100 == 0) fmt::print(stderr, "{} of {} observations\n", done, seen.size());
  });
  TRY(outcome);
  fmt::print("\nInnocent scores over {} observations of the attacks, {} fresh copies each.\n\n", seen.size(), copies);
  fmt::print(
      "| decoder | scores | level | bound at or under | share | p of so many or more | near-exact at or under | share "
      "|\n"
      "|---|---|---|---|---|---|---|---|\n");
  const code::Bank names = code::decoder_bank(std::vector<float>(1, 0.5F), std::vector<std::uint8_t>(1, 128));
  CalibrationCounts all;
  for (std::size_t decoder = 0; decoder < decoders; ++decoder) {
    print_counts(names.decoders[decoder].name, totals[decoder]);
    all.add(totals[decoder]);
  }
  print_counts("all", all);
  if (!options.csv.empty()) TRY(write_file(options.csv, as_bytes(csv_of(all))));
  std::error_code error;
  std::filesystem::create_directories(options.plot.parent_path(), error);
  TRY(write_file(options.plot, as_bytes(calibration_svg(all))));
  fmt::print("\nPlot: {}\n", options.plot.string());
  return {};
}

}  // namespace probity::bench
