// Measures how many cells each bias law needs to name one leaker, against colluders and noise (docs/decisions/0002).
//
// For a law, a strategy and a noise level: simulate a leak, take its first m cells, run the decoder bank, and find the
// smallest m at which the best leaker's single-copy Chernoff bound reaches 1e-15: that is 1e-9 over 10,000 copies with
// room for the bank, the passes and the alignments. Printed is the m that 95 % of the trials stay under.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "code/bank.h"
#include "code/bound.h"
#include "code/law.h"
#include "code/scoring.h"
#include "code/simulated_leak.h"

namespace probity::code {
namespace {

constexpr std::size_t kMostCells = 20000;
constexpr double kLogTarget = -34.54;  // ln 1e-15

struct CandidateLaw {
  std::string_view name;
  std::vector<LawStep> steps;
};

std::vector<CandidateLaw> candidate_laws() {
  const auto of = [](LawId law) { return std::vector<LawStep>(law_steps(law).begin(), law_steps(law).end()); };
  return {
      {"half", of(LawId::half)},
      {"gl4", {{32768, 54}, {65536, 202}}},
      {"gl6", {{21759, 29}, {43777, 128}, {65536, 227}}},
      {"gl8", of(LawId::gl8)},
      {"1/4 half + gl8", {{16384, 128}, {28590, 18}, {40960, 84}, {53330, 172}, {65536, 238}}},
      {"1/2 half + gl8", {{32768, 128}, {40905, 18}, {49152, 84}, {57399, 172}, {65536, 238}}},
      {"3/4 half + gl8", {{49152, 128}, {53221, 18}, {57344, 84}, {61467, 172}, {65536, 238}}},
      {"1/2 half + gl4", {{32768, 128}, {49152, 54}, {65536, 202}}},
  };
}

struct Situation {
  int copies;
  Strategy strategy;
};

std::vector<Situation> situations() {
  return {{1, Strategy::interleave}, {2, Strategy::interleave}, {3, Strategy::interleave}, {4, Strategy::interleave},
          {5, Strategy::interleave}, {2, Strategy::average},    {5, Strategy::average},    {5, Strategy::majority},
          {3, Strategy::minority},   {5, Strategy::minority},   {5, Strategy::coin_flip},  {5, Strategy::all_one},
          {3, Strategy::extremes},   {5, Strategy::extremes}};
}

// The best leaker's log bound when only the first `cells` cells are seen.
double best_log_bound(std::span<const std::vector<std::uint8_t>> words, std::span<const float> soft,
                      std::span<const std::uint8_t> thresholds, std::size_t cells) {
  const Bank bank = decoder_bank(soft.first(cells), thresholds.first(cells));
  double best = 0;
  for (std::size_t d = 0; d < bank.decoders.size(); ++d) {
    const ScoreLaw law = score_law({&bank, 1}, d);
    std::int64_t score = 0;
    for (const auto& word : words) {
      score = std::max<std::int64_t>(score, score_codeword(bank, d, std::span(word).first(cells)));
    }
    best = std::min(best, law.log_chernoff(score));
  }
  return best;
}

std::size_t cells_needed(const CandidateLaw& law, const Situation& situation, double sigma, std::uint64_t seed) {
  SimulationRandom random(seed);
  Hash bias_seed{};
  for (auto& byte : bias_seed) byte = static_cast<std::uint8_t>(random());
  const auto thresholds = draw_thresholds(law.steps, bias_seed, kMostCells);
  std::vector<std::vector<std::uint8_t>> words(static_cast<std::size_t>(situation.copies));
  for (auto& word : words) {
    for (const std::uint8_t threshold : thresholds) word.push_back(random() % 256 < threshold ? 1 : 0);
  }
  const auto soft = simulate_leak(words, situation.strategy, sigma, random);
  double low = std::log(16);
  double high = std::log(kMostCells);
  if (best_log_bound(words, soft, thresholds, kMostCells) > kLogTarget) return kMostCells + 1;
  while (high - low > 0.03) {
    const double middle = (low + high) / 2;
    const auto cells = static_cast<std::size_t>(std::exp(middle));
    (best_log_bound(words, soft, thresholds, cells) <= kLogTarget ? high : low) = middle;
  }
  return static_cast<std::size_t>(std::exp(high));
}

std::size_t percentile_95(const CandidateLaw& law, const Situation& situation, double sigma, int trials) {
  std::vector<std::size_t> needed;
  for (int trial = 0; trial < trials; ++trial) {
    needed.push_back(cells_needed(law, situation, sigma, static_cast<std::uint64_t>(trial)));
  }
  std::ranges::sort(needed);
  return needed[needed.size() * 95 / 100];
}

void print_table(double error_rate, int trials) {
  const double sigma = sigma_of_error_rate(error_rate);
  const auto laws = candidate_laws();
  const auto rows = situations();
  std::vector<std::size_t> results(laws.size() * rows.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t k = next++; k < results.size(); k = next++) {
      results[k] = percentile_95(laws[k / rows.size()], rows[k % rows.size()], sigma, trials);
    }
  };
  std::thread helper(work);
  work();
  helper.join();
  fmt::print("\nhard error of a lone copy {:.0f} %, {} trials\n\n| leak |", 100 * error_rate, trials);
  for (const CandidateLaw& law : laws) fmt::print(" {} |", law.name);
  fmt::print("\n|---|");
  for (std::size_t l = 0; l < laws.size(); ++l) fmt::print("---|");
  for (std::size_t r = 0; r < rows.size(); ++r) {
    fmt::print("\n| {} {} |", rows[r].copies, rows[r].copies == 1 ? "alone" : strategy_name(rows[r].strategy));
    for (std::size_t l = 0; l < laws.size(); ++l) {
      const std::size_t cells = results[l * rows.size() + r];
      fmt::print(" {} |", cells > kMostCells ? fmt::format("> {}", kMostCells) : fmt::format("{}", cells));
    }
  }
  fmt::print("\n");
  std::fflush(stdout);
}

}  // namespace
}  // namespace probity::code

int main(int argc, char** argv) {
  const int trials = argc > 1 ? std::max(20, std::atoi(argv[1])) : 100;
  for (const double error_rate : {0.02, 0.10, 0.20, 0.30}) probity::code::print_table(error_rate, trials);
}
