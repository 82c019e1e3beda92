#include "code/bound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "code/law.h"
#include "code/simulated_leak.h"

namespace probity::code {
namespace {

Bank noisy_bank(LawId law, std::size_t cells, double sigma, std::uint64_t seed) {
  SimulationRandom random(seed);
  const auto thresholds = cell_thresholds(law, Hash{}, cells);
  std::vector<std::uint8_t> word(cells);
  for (std::size_t i = 0; i < cells; ++i) word[i] = std::bernoulli_distribution(thresholds[i] / 256.0)(random) ? 1 : 0;
  return decoder_bank(simulate_leak({&word, 1}, Strategy::interleave, sigma, random), thresholds);
}

// The exact law of the score by convolution: the oracle of every bound.
std::vector<double> exact_tail(const Bank& bank, std::size_t decoder) {
  std::vector<double> density{1};
  for (std::size_t i = 0; i < bank.thresholds.size(); ++i) {
    const std::size_t weight = bank.decoders[decoder].weight[i];
    const double one = bank.thresholds[i] / 256.0;
    const double agree = bank.leaning[i] != 0 ? one : 1 - one;
    std::vector<double> next(density.size() + weight);
    for (std::size_t s = 0; s < density.size(); ++s) {
      next[s] += density[s] * (1 - agree);
      next[s + weight] += density[s] * agree;
    }
    density = std::move(next);
  }
  for (std::size_t s = density.size() - 1; s-- > 0;) density[s] += density[s + 1];
  return density;
}

TEST(Bound, chernoff_is_above_the_exact_tail_everywhere_and_not_far) {
  for (const LawId law : {LawId::half, LawId::gl8, LawId::tilted}) {
    const Bank bank = noisy_bank(law, 150, 0.9, 7);
    for (std::size_t d = 0; d < decoder_count(); ++d) {
      const ScoreLaw score_law = code::score_law({&bank, 1}, d);
      const auto tail = exact_tail(bank, d);
      ASSERT_EQ(static_cast<std::int64_t>(tail.size()), score_law.maximum() + 1);
      for (std::size_t s = 0; s < tail.size(); ++s) {
        const double log_bound = score_law.log_chernoff(static_cast<std::int64_t>(s));
        ASSERT_GE(log_bound, std::log(tail[s]) - 1e-9) << law_name(law) << " " << d << " " << s;
        ASSERT_LE(log_bound, std::log(tail[s]) + 6) << law_name(law) << " " << d << " " << s;
      }
    }
  }
}

TEST(Bound, lugannani_rice_is_within_a_tenth_of_the_exact_tail) {
  for (const LawId law : {LawId::half, LawId::gl8, LawId::tilted}) {
    const Bank bank = noisy_bank(law, 200, 0.9, 8);
    for (std::size_t d = 0; d < decoder_count(); ++d) {
      const ScoreLaw score_law = code::score_law({&bank, 1}, d);
      const auto tail = exact_tail(bank, d);
      for (const double log_bound : {-4.0, -10.0, -20.0, -35.0}) {
        const std::int64_t score = score_law.score_at(log_bound);
        const double exact = std::log(tail[static_cast<std::size_t>(score)]);
        EXPECT_NEAR(score_law.log_lugannani_rice(score), exact, 0.1) << law_name(law) << " " << d << " " << log_bound;
      }
    }
  }
}

TEST(Bound, a_lattice_of_equal_weights_is_still_near_exact) {
  Bank bank;
  bank.thresholds.assign(100, 128);
  bank.leaning.assign(100, 1);
  bank.decoders = {{"equal", std::vector<std::uint8_t>(100, 255)}};
  const ScoreLaw law = score_law({&bank, 1}, 0);
  // P(Binomial(100, 1/2) >= 75) = 2.818141e-7.
  EXPECT_NEAR(law.log_lugannani_rice(75 * 255), std::log(2.818141e-7), 0.02);
  EXPECT_GE(law.log_chernoff(75 * 255), std::log(2.818141e-7));
  EXPECT_LE(law.log_chernoff(75 * 255), log_hoeffding(bank, 0, 75 * 255) + 1e-6);
}

TEST(Bound, at_the_maximum_it_is_the_exact_product) {
  const Bank bank = noisy_bank(LawId::gl8, 5000, 0.3, 9);
  const ScoreLaw law = score_law({&bank, 1}, 0);
  double log_product = 0;
  for (std::size_t i = 0; i < 5000; ++i) {
    const double one = bank.thresholds[i] / 256.0;
    if (bank.decoders[0].weight[i] != 0) log_product += std::log(bank.leaning[i] != 0 ? one : 1 - one);
  }
  EXPECT_NEAR(law.log_chernoff(law.maximum()), log_product, 1e-6);
  EXPECT_EQ(law.log_lugannani_rice(law.maximum()), law.log_chernoff(law.maximum()));
  EXPECT_TRUE(std::isinf(law.log_chernoff(law.maximum() + 1)));
  for (std::int64_t missed = 1; missed < 2000; missed += 7) {
    const double log_bound = law.log_chernoff(law.maximum() - missed);
    EXPECT_TRUE(std::isfinite(log_bound) && log_bound >= log_product && log_bound < -500) << missed;
  }
}

TEST(Bound, never_rises_with_the_score_and_score_at_inverts_it) {
  const Bank bank = noisy_bank(LawId::tilted, 3000, 1.5, 10);
  const ScoreLaw law = score_law({&bank, 1}, 2);
  double before = 0;
  for (std::int64_t score = 0; score <= law.maximum(); score += 997) {
    const double log_bound = law.log_chernoff(score);
    EXPECT_LE(log_bound, before + 1e-7);
    before = log_bound;
  }
  for (const double target : {-1.0, -20.0, -34.5, -300.0}) {
    const std::int64_t score = law.score_at(target);
    EXPECT_LE(law.log_chernoff(score), target);
    EXPECT_GT(law.log_chernoff(score - 1), target);
  }
}

TEST(Bound, nothing_observed_proves_nothing) {
  const Bank erased = decoder_bank(std::vector<float>(100, 0.0F), std::vector<std::uint8_t>(100, 128));
  const ScoreLaw law = score_law({&erased, 1}, 0);
  EXPECT_EQ(law.maximum(), 0);
  EXPECT_EQ(law.log_chernoff(0), 0);
  EXPECT_EQ(law.log_lugannani_rice(0), 0);
  EXPECT_EQ(law.standard_score(0), 0);
  const Bank one_cell = decoder_bank(std::vector<float>{0.7F}, std::vector<std::uint8_t>{64});
  const ScoreLaw single = score_law({&one_cell, 1}, 0);
  EXPECT_NEAR(single.log_chernoff(single.maximum()), std::log(0.25), 1e-8);
  EXPECT_EQ(single.log_chernoff(0), 0);
}

TEST(Bound, channels_add_up_like_one_long_channel) {
  const Bank first = noisy_bank(LawId::gl8, 300, 0.8, 11);
  const std::array<Bank, 2> twice{first, first};
  const ScoreLaw law = score_law(twice, 1);
  const ScoreLaw once = score_law({&first, 1}, 1);
  const std::int64_t score = once.score_at(-20);
  EXPECT_NEAR(law.log_chernoff(2 * score), 2 * once.log_chernoff(score), 1e-6);
  EXPECT_EQ(law.voting_cells(), 2 * once.voting_cells());
}

}  // namespace
}  // namespace probity::code
