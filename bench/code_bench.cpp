// Times of scoring and bounding: whole registers of copies against a leak, beside memcpy of the same number of bytes.
#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <functional>
#include <thread>
#include <vector>

#include "code/accuse.h"
#include "code/bank.h"
#include "code/bound.h"
#include "code/codeword.h"
#include "code/scoring_kernel.h"
#include "code/simulated_leak.h"

namespace probity::code {
namespace {

constexpr std::size_t kCells = 5000;

struct Times {
  double wall_s = 1e9;
  double cpu_s = 1e9;  // of all threads: what remains comparable when others use the machine too
};

// The shortest of a few runs.
Times timed(int runs, const std::function<void()>& work) {
  Times best;
  for (int run = 0; run < runs; ++run) {
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t start_ticks = std::clock();
    work();
    best.cpu_s = std::min(best.cpu_s, static_cast<double>(std::clock() - start_ticks) / CLOCKS_PER_SEC);
    best.wall_s =
        std::min(best.wall_s, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

double seconds(int runs, const std::function<void()>& work) { return timed(runs, work).cpu_s; }

std::vector<Id> numbered_copies(std::size_t count) {
  std::vector<Id> copies(count);
  for (std::size_t j = 0; j < count; ++j) {
    const std::uint64_t number = j + 1;
    std::memcpy(copies[j].bytes.data(), &number, sizeof number);
  }
  return copies;
}

// memcpy of as many bytes as the copies' codewords have, by as many threads, inside cache as scoring is.
double memcpy_seconds(std::size_t copies) {
  const auto work = [copies] {
    std::vector<std::uint8_t> from(kCells, 1);
    std::vector<std::uint8_t> to(kCells);
    for (std::size_t j = 0; j < copies / 2; ++j) {
      from[j % kCells] = static_cast<std::uint8_t>(j);
      std::memcpy(to.data(), from.data(), kCells);
      asm volatile("" : : "r"(to.data()) : "memory");
    }
  };
  return timed(3,
               [&] {
                 std::thread helper(work);
                 work();
                 helper.join();
               })
      .cpu_s;
}

struct Leak {
  HkdfExpander key{sha256(as_bytes("bench key"))};
  Hash bias_seed{};
  std::vector<Id> copies = numbered_copies(1000000);
  std::vector<std::uint8_t> thresholds = cell_thresholds(kDefaultLaw, bias_seed, kCells);
  std::vector<float> soft;

  explicit Leak(std::size_t visible_cells) {
    SimulationRandom random(1);
    const auto word = codeword(copy_seed(key, copies[4321]), thresholds);
    soft = simulate_leak({&word, 1}, Strategy::interleave, 0.8, random);
    // A crop: a rectangle of the grid of about 84 columns.
    const double side = std::sqrt(static_cast<double>(visible_cells) / kCells);
    for (std::size_t i = 0; i < kCells; ++i) {
      const bool inside = static_cast<double>(i % 84) < 84 * side && static_cast<double>(i / 84) < 60 * side;
      if (!inside) soft[i] = 0;
    }
  }
};

void time_scoring(const Leak& leak, std::size_t count, const char* what) {
  const Bank bank = decoder_bank(leak.soft, leak.thresholds);
  const ScoringChannel scoring{&bank, &leak.key, std::span(leak.copies).first(count)};
  const Times scored = timed(3, [&] { score_copies({&scoring, 1}, {}); });
  const Channel channel{kDefaultLaw, leak.bias_seed, leak.soft, &leak.key, scoring.copies};
  const Times accused = timed(3, [&] { (void)accuse({&channel, 1}, 1, 1); });
  fmt::print(
      "{:<28} {:>9} copies  score {:7.4f} s ({:7.4f} CPU-s)  accuse {:7.4f} s ({:7.4f} CPU-s)  CPU of memcpy x "
      "{:.0f}\n",
      what, count, scored.wall_s, scored.cpu_s, accused.wall_s, accused.cpu_s, scored.cpu_s / memcpy_seconds(count));
}

void time_parts(const Leak& leak) {
  const Bank bank = decoder_bank(leak.soft, leak.thresholds);
  const PackedBank packed = pack(bank);
  std::vector<std::uint8_t> stream(packed.byte_count(), 77);
  std::vector<std::int32_t> sums(bank.decoders.size());
  constexpr int kRounds = 20000;
  const double kernel = seconds(3, [&] {
    for (int round = 0; round < kRounds; ++round) add_agreement(packed, stream.data(), sums);
  });
  const double words = seconds(3, [&] {
    for (int round = 0; round < kRounds; ++round) (void)codeword(SecretKey(leak.bias_seed), leak.thresholds);
  });
  const double seeds = seconds(3, [&] {
    for (int round = 0; round < kRounds; ++round) (void)copy_seed(leak.key, leak.copies[0]);
  });
  fmt::print("one copy, one core: seed {:.2f} us, plain codeword {:.2f} us, sums of {} decoders {:.2f} us\n",
             seeds / kRounds * 1e6, words / kRounds * 1e6, sums.size(), kernel / kRounds * 1e6);
  for (std::size_t d = 0; d < sums.size(); ++d) {
    ScoreLaw law;
    const double built = seconds(20, [&] { law = score_law({&bank, 1}, d); });
    const std::int64_t score = law.score_at(-35);
    const double bounded = seconds(20, [&] { (void)law.log_chernoff(score); });
    fmt::print("{:<10} law of {} cells {:.3f} ms, one bound {:.3f} ms\n", bank.decoders[d].name, law.voting_cells(),
               built * 1e3, bounded * 1e3);
  }
}

}  // namespace
}  // namespace probity::code

int main() {
  using namespace probity::code;
  const Leak whole(kCells);
  time_parts(whole);
  time_scoring(whole, 10000, "whole picture, 5,000 cells");
  time_scoring(whole, 1000000, "whole picture, 5,000 cells");
  const Leak crop(150);
  time_scoring(crop, 10000, "3 % crop, 150 of 5,000 cells");
  time_scoring(crop, 1000000, "3 % crop, 150 of 5,000 cells");
}
