// Measures what each bias law needs to name a leaker, alone or in a ring, through noise
// (docs/decisions/0002-bias-law.md).
//
// First table: simulate a leak, take its first m cells, run the decoder bank, and find the smallest m at which the best
// leaker's single-copy Chernoff bound reaches 1e-15: that is 1e-9 over 10,000 copies with room for the bank, the passes
// and the alignments. Printed is the m that 95 % of the trials stay under. Second table: the share of trials that reach
// the same bound with a given number of cells. Third: how many of a ring accuse() names among 10,000 copies, pass by
// pass.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "code/accuse.h"
#include "code/bank.h"
#include "code/bound.h"
#include "code/codeword.h"
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
      {"p = 0.30", {{32768, 77}, {65536, 179}}},
      {"p = 0.27", of(LawId::tilted)},
      {"p = 0.25", {{32768, 64}, {65536, 192}}},
      {"gl4 (0.21)", of(LawId::gl4)},
      {"gl8", of(LawId::gl8)},
      {"1/2 half, 1/2 gl4", {{32768, 128}, {49152, 54}, {65536, 202}}},
      {"1/2 half, 1/2 gl8", {{32768, 128}, {40905, 18}, {49152, 84}, {57399, 172}, {65536, 238}}},
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

struct Leak {
  std::vector<std::uint8_t> thresholds;
  std::vector<std::vector<std::uint8_t>> words;
  std::vector<float> soft;
};

Leak leak_of(const CandidateLaw& law, const Situation& situation, double sigma, std::size_t cells, std::uint64_t seed) {
  SimulationRandom random(seed);
  Hash bias_seed{};
  for (auto& byte : bias_seed) byte = static_cast<std::uint8_t>(random());
  Leak leak{draw_thresholds(law.steps, bias_seed, cells), {}, {}};
  leak.words.resize(static_cast<std::size_t>(situation.copies));
  for (auto& word : leak.words) {
    for (const std::uint8_t threshold : leak.thresholds) word.push_back(random() % 256 < threshold ? 1 : 0);
  }
  leak.soft = simulate_leak(leak.words, situation.strategy, sigma, random);
  return leak;
}

std::size_t cells_needed(const CandidateLaw& law, const Situation& situation, double sigma, std::uint64_t seed) {
  const Leak leak = leak_of(law, situation, sigma, kMostCells, seed);
  const auto named = [&leak](std::size_t cells) {
    return best_log_bound(leak.words, leak.soft, leak.thresholds, cells) <= kLogTarget;
  };
  double low = std::log(16);
  double high = std::log(kMostCells);
  if (!named(kMostCells)) return kMostCells + 1;
  while (high - low > 0.02) {
    const double middle = (low + high) / 2;
    (named(static_cast<std::size_t>(std::exp(middle))) ? high : low) = middle;
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

// Fills a table of laws x rows with work(law, row) on two threads and prints it in Markdown.
void print_table(const std::string& title, std::span<const std::string> row_names,
                 const std::function<std::string(const CandidateLaw&, std::size_t row)>& work) {
  const auto laws = candidate_laws();
  std::vector<std::string> entries(laws.size() * row_names.size());
  std::atomic<std::size_t> next{0};
  const auto fill = [&] {
    for (std::size_t k = next++; k < entries.size(); k = next++)
      entries[k] = work(laws[k % laws.size()], k / laws.size());
  };
  std::thread helper(fill);
  fill();
  helper.join();
  fmt::print("\n{}\n\n| leak |", title);
  for (const CandidateLaw& law : laws) fmt::print(" {} |", law.name);
  fmt::print("\n|---|");
  for (std::size_t l = 0; l < laws.size(); ++l) fmt::print("---|");
  for (std::size_t k = 0; k < entries.size(); ++k) {
    if (k % laws.size() == 0) fmt::print("\n| {} |", row_names[k / laws.size()]);
    fmt::print(" {} |", entries[k]);
  }
  fmt::print("\n");
  std::fflush(stdout);
}

std::string name_of(const Situation& situation) {
  if (situation.copies == 1) return "1 alone";
  return fmt::format("{} {}", situation.copies, strategy_name(situation.strategy));
}

void print_cells_needed(double error_rate, int trials) {
  const auto rows = situations();
  std::vector<std::string> names;
  for (const Situation& row : rows) names.push_back(name_of(row));
  const double sigma = sigma_of_error_rate(error_rate);
  print_table(fmt::format("Cells needed, hard error of a lone copy {:.0f} %, {} trials", 100 * error_rate, trials),
              names, [&](const CandidateLaw& law, std::size_t row) {
                const std::size_t cells = percentile_95(law, rows[row], sigma, trials);
                return cells > kMostCells ? fmt::format("> {}", kMostCells) : fmt::format("{}", cells);
              });
}

// What is asked for: a lone leaker in a 3 % crop (150 cells) and a 5 % crop (250), and rings on 4,000 cells.
void print_success(double error_rate, int trials) {
  const auto all = situations();
  std::vector<std::pair<Situation, std::size_t>> rows{{all.front(), 150}, {all.front(), 250}};
  for (const Situation& situation : all) {
    if (situation.copies == 5 || situation.strategy == Strategy::minority) rows.push_back({situation, 4000});
  }
  std::vector<std::string> names;
  for (const auto& [situation, cells] : rows) names.push_back(fmt::format("{}, {} cells", name_of(situation), cells));
  const double sigma = sigma_of_error_rate(error_rate);
  print_table(
      fmt::format("Named, in % of {} trials, hard error of a lone copy {:.0f} %", trials, 100 * error_rate), names,
      [&](const CandidateLaw& law, std::size_t row) {
        int named = 0;
        for (int trial = 0; trial < trials; ++trial) {
          const Leak leak = leak_of(law, rows[row].first, sigma, rows[row].second, static_cast<std::uint64_t>(trial));
          named += best_log_bound(leak.words, leak.soft, leak.thresholds, rows[row].second) <= kLogTarget ? 1 : 0;
        }
        return fmt::format("{:.0f}", 100.0 * named / trials);
      });
}

// How many of a ring are accused by accuse() with its joint passes, under the default law; and that nobody else is.
void print_named(std::size_t cells, double error_rate, int trials) {
  fmt::print(
      "\nRings under the default law on {} cells, hard error {:.0f} %, 10,000 copies, {} trials: accused of the ring "
      "on average by the first pass alone, by all passes; innocents accused\n\n",
      cells, 100 * error_rate, trials);
  std::vector<Id> copies(10000);
  for (std::size_t j = 0; j < copies.size(); ++j) {
    copies[j].bytes = {1, static_cast<std::uint8_t>(j), static_cast<std::uint8_t>(j >> 8)};
  }
  for (const Situation& situation : situations()) {
    SimulationRandom random(1);
    const auto ring = static_cast<std::size_t>(situation.copies);
    double first = 0;
    double all = 0;
    int innocents = 0;
    for (int trial = 0; trial < trials; ++trial) {
      const HkdfExpander key(sha256(as_bytes(fmt::format("study {}", trial))));
      const auto thresholds = cell_thresholds(kDefaultLaw, Hash{}, cells);
      std::vector<std::vector<std::uint8_t>> words;
      for (std::size_t j = 0; j < ring; ++j) words.push_back(codeword(copy_seed(key, copies[j]), thresholds));
      const Channel channel{kDefaultLaw, Hash{},
                            simulate_leak(words, situation.strategy, sigma_of_error_rate(error_rate), random), &key,
                            copies};
      const Verdict verdict = accuse({&channel, 1}, 1, 1).value();
      for (const Finding& finding : verdict.accused) innocents += finding.candidate >= ring ? 1 : 0;
      all += static_cast<double>(verdict.accused.size());
      for (std::size_t j = 0; j < ring; ++j) first += verdict.standard_scores[j] >= verdict.identified_line ? 1 : 0;
    }
    fmt::print("{:<14} {:.2f} {:.2f} {}\n", name_of(situation), first / trials, all / trials, innocents);
  }
  std::fflush(stdout);
}

}  // namespace
}  // namespace probity::code

int main(int argc, char** argv) {
  using namespace probity::code;
  const int trials = argc > 1 ? std::max(20, std::atoi(argv[1])) : 100;
  for (const double error_rate : {0.02, 0.10, 0.20}) print_cells_needed(error_rate, trials);
  for (const double error_rate : {0.10, 0.13, 0.16, 0.20}) print_success(error_rate, trials);
  for (const double error_rate : {0.10, 0.16}) print_named(4000, error_rate, std::max(5, trials / 5));
}
