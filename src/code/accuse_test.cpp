#include "code/accuse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "code/bank.h"
#include "code/bound.h"
#include "code/codeword.h"
#include "code/simulated_leak.h"

namespace probity::code {
namespace {

// One asset with numbered copies, some of whom leak.
struct Release {
  explicit Release(std::string_view name, LawId release_law, std::size_t cells, std::size_t copy_count)
      : law(release_law),
        key(sha256(as_bytes(name))),
        bias_seed(sha256({as_bytes("bias"), as_bytes(name)})),
        thresholds(cell_thresholds(law, bias_seed, cells)),
        copies(copy_count) {
    for (std::size_t j = 0; j < copy_count; ++j) {
      for (std::size_t b = 0; b < 4; ++b) copies[j].bytes[b] = static_cast<std::uint8_t>((j + 1) >> (8 * b));
    }
  }
  SecretKey seed(std::size_t candidate) const { return copy_seed(key, copies[candidate]); }
  std::vector<float> leak(const std::set<std::size_t>& who, Strategy strategy, double sigma,
                          SimulationRandom& random) const {
    std::vector<std::vector<std::uint8_t>> words;
    for (const std::size_t candidate : who) words.push_back(codeword(seed(candidate), thresholds));
    return simulate_leak(words, strategy, sigma, random);
  }
  Channel channel(std::vector<float> soft) const { return {law, bias_seed, std::move(soft), &key, copies}; }

  LawId law;
  HkdfExpander key;
  Hash bias_seed;
  std::vector<std::uint8_t> thresholds;
  std::vector<Id> copies;
};

Verdict verdict_of(const Channel& channel) { return accuse({&channel, 1}, 1, 1).value(); }

TEST(Identity, a_coalition_scores_two_over_pi_a_cell_whatever_it_does) {
  SimulationRandom random(1);
  for (const Strategy strategy : {Strategy::interleave, Strategy::majority, Strategy::minority, Strategy::all_one}) {
    for (const int copies : {2, 3, 5}) {
      double sum = 0;
      const int positions = 200000;
      for (int i = 0; i < positions; ++i) {
        // The continuous arcsine law, for which the identity is exact.
        const double angle = std::uniform_real_distribution<double>(0, std::acos(0.0))(random);
        const double p = std::pow(std::sin(angle), 2);
        const int ones = std::binomial_distribution<int>(copies, p)(random);
        const double y = colluded_cell(strategy, ones, copies, random);
        const double symmetric = y / std::sqrt(p * (1 - p));  // what a 1 scores more than a 0
        sum += symmetric * (ones - copies * p);
      }
      EXPECT_NEAR(sum / positions, 2 / std::acos(-1.0), 0.02) << strategy_name(strategy) << " by " << copies;
    }
  }
}

TEST(Identity, innocents_have_mean_zero_and_variance_one) {
  const Release release("calm", LawId::gl8, 2000, 20000);
  SimulationRandom random(2);
  const Verdict verdict = verdict_of(release.channel(release.leak({7}, Strategy::interleave, 1.2, random)));
  double sum = 0;
  double squares = 0;
  for (const float z : verdict.standard_scores) {
    if (z > 10) continue;  // the leaker
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / 20000, 0, 0.03);
  EXPECT_NEAR(squares / 20000, 1, 0.04);
}

TEST(Identity, innocents_pass_a_bound_no_more_often_than_it_says) {
  const Release release("calibration", kDefaultLaw, 1500, 40000);
  SimulationRandom random(11);
  const auto soft = release.leak({0, 1, 2}, Strategy::average, 1.0, random);
  const Bank bank = decoder_bank(soft, release.thresholds);
  const ScoringChannel channel{&bank, &release.key, std::span(release.copies).subspan(3)};
  const auto scores = score_copies({&channel, 1}, {});
  for (std::size_t d = 0; d < decoder_count(); ++d) {
    for (const double bound : {1e-1, 1e-2, 1e-3}) {
      const std::int64_t threshold = score_law({&bank, 1}, d).score_at(std::log(bound));
      const auto passed = std::ranges::count_if(scores[d], [&](std::int32_t score) { return score >= threshold; });
      const double expected = bound * static_cast<double>(scores[d].size());
      EXPECT_LE(static_cast<double>(passed), expected + 4 * std::sqrt(expected)) << d << " " << bound;
    }
  }
}

TEST(Accuse, names_a_lone_leaker_with_a_bound_that_can_be_recomputed) {
  for (const LawId law : {LawId::half, LawId::gl8, LawId::tilted}) {
    const Release release("solo", law, 600, 3000);
    SimulationRandom random(3);
    const auto soft = release.leak({1234}, Strategy::interleave, 0.9, random);
    const Verdict verdict = verdict_of(release.channel(soft));
    ASSERT_EQ(verdict.kind, VerdictKind::identified) << law_name(law);
    ASSERT_EQ(verdict.accused.size(), 1U);
    const Finding& finding = verdict.accused.front();
    EXPECT_EQ(finding.candidate, 1234U);
    EXPECT_LE(finding.log10_total, kIdentifiedLog10);
    EXPECT_NEAR(finding.log10_total - finding.log10_single, std::log10(3000.0 * decoder_count() * kMaxAccused), 1e-9);
    EXPECT_LE(finding.log10_lugannani_rice, finding.log10_single);
    EXPECT_GT(finding.agreeing_cells, 400U);
    EXPECT_GT(verdict.standard_scores[1234], verdict.identified_line);
    ASSERT_TRUE(verdict.runner_up);
    EXPECT_GT(verdict.runner_up->log10_total, -2);

    const EvidenceChannel evidence{law, release.bias_seed, soft, release.seed(1234), {}};
    const auto again = recompute({&evidence, 1}, verdict.trials, 1);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->score, finding.score);
    EXPECT_EQ(again->decoder, finding.decoder);
    EXPECT_EQ(again->agreeing_cells, finding.agreeing_cells);
    EXPECT_EQ(again->log10_total, finding.log10_total);
  }
}

TEST(Accuse, every_trial_weakens_the_bound) {
  const Release release("trials", LawId::half, 600, 50);
  SimulationRandom random(4);
  const Channel channel = release.channel(release.leak({3}, Strategy::interleave, 0.9, random));
  const auto once = accuse({&channel, 1}, 1, 1);
  const auto often = accuse({&channel, 1}, 1000, 10);
  EXPECT_NEAR(often->accused[0].log10_total - once->accused[0].log10_total, 4, 1e-9);
}

TEST(Accuse, names_colluders_and_nobody_else) {
  const Release release("ring", kDefaultLaw, 8000, 2000);
  SimulationRandom random(5);
  for (const Strategy strategy : {Strategy::interleave, Strategy::majority, Strategy::average, Strategy::extremes}) {
    for (const std::size_t size : {2U, 3U, 5U}) {
      std::set<std::size_t> ring;
      while (ring.size() < size) ring.insert(random() % 2000);
      const Verdict verdict = verdict_of(release.channel(release.leak(ring, strategy, 0.8, random)));
      EXPECT_EQ(verdict.kind, VerdictKind::identified) << strategy_name(strategy) << " by " << size;
      for (const Finding& finding : verdict.accused) EXPECT_TRUE(ring.contains(finding.candidate));
    }
  }
}

TEST(Accuse, later_passes_find_more_and_can_be_recomputed_too) {
  const Release release("ring of five", kDefaultLaw, 3000, 2000);
  SimulationRandom random(6);
  const auto soft = release.leak({10, 20, 30, 40, 50}, Strategy::interleave, 0.8, random);
  const Verdict verdict = verdict_of(release.channel(soft));
  ASSERT_FALSE(verdict.accused.empty());
  const Finding& last = verdict.accused.back();
  ASSERT_GE(last.pass, 2U);
  EvidenceChannel evidence{kDefaultLaw, release.bias_seed, soft, release.seed(last.candidate), {}};
  for (const Finding& finding : verdict.accused) {
    EXPECT_TRUE(finding.candidate % 10 == 0 && finding.candidate >= 10 && finding.candidate <= 50);
    if (finding.pass < last.pass) evidence.accused_before.push_back(release.seed(finding.candidate));
  }
  EXPECT_EQ(recompute({&evidence, 1}, verdict.trials, last.pass)->log10_total, last.log10_total);
}

TEST(Accuse, combines_assets_and_bounds_each_candidate_by_its_own_channels) {
  const Release first("first", kDefaultLaw, 90, 500);
  Release second("second", kDefaultLaw, 90, 500);
  for (std::size_t j = 250; j < 500; ++j) second.copies[j] = kNoCopy;
  SimulationRandom random(7);
  const auto first_soft = first.leak({30}, Strategy::interleave, 0.5, random);
  const auto second_soft = second.leak({30}, Strategy::interleave, 0.5, random);
  const std::array<Channel, 2> both{first.channel(first_soft), second.channel(second_soft)};
  const Verdict verdict = accuse(both, 1, 1).value();
  ASSERT_EQ(verdict.kind, VerdictKind::identified);
  EXPECT_EQ(verdict.accused[0].candidate, 30U);
  EXPECT_LT(verdict.accused[0].log10_total, verdict_of(both[0]).runner_up->log10_total);
  const std::array<EvidenceChannel, 2> evidence{
      EvidenceChannel{kDefaultLaw, first.bias_seed, first_soft, first.seed(30), {}},
      EvidenceChannel{kDefaultLaw, second.bias_seed, second_soft, second.seed(30), {}}};
  EXPECT_EQ(recompute(evidence, verdict.trials, 1)->log10_total, verdict.accused[0].log10_total);
}

TEST(Accuse, hopeless_cases_are_no_match) {
  const Release release("nothing", LawId::half, 100, 50);
  EXPECT_EQ(verdict_of(release.channel(std::vector<float>(100, 0.0F))).kind, VerdictKind::no_match);
  const Release one_cell("one cell", LawId::half, 1, 50);
  EXPECT_EQ(verdict_of(one_cell.channel({0.9F})).kind, VerdictKind::no_match);
  const Release empty("empty", LawId::half, 100, 0);
  const Verdict verdict = verdict_of(empty.channel(std::vector<float>(100, 0.5F)));
  EXPECT_EQ(verdict.kind, VerdictKind::no_match);
  EXPECT_FALSE(verdict.runner_up);
  SimulationRandom random(8);
  const Release large("large", LawId::half, 5000, 3000);
  const Release other("other", LawId::half, 5000, 3000);
  const auto strange = other.leak({5}, Strategy::interleave, 0.5, random);
  EXPECT_EQ(verdict_of(large.channel(strange)).kind, VerdictKind::no_match);
}

TEST(Accuse, a_faint_leak_is_a_lead_and_not_more) {
  const Release release("faint", LawId::half, 60, 100);
  SimulationRandom random(9);
  std::set<VerdictKind> kinds;
  for (std::size_t who = 0; who < 40; ++who) {
    const Verdict verdict = verdict_of(release.channel(release.leak({who}, Strategy::interleave, 0.8, random)));
    kinds.insert(verdict.kind);
    if (verdict.kind != VerdictKind::lead) continue;
    EXPECT_TRUE(verdict.accused.empty());
    EXPECT_EQ(verdict.runner_up->candidate, who);
    EXPECT_LE(verdict.runner_up->log10_total, kLeadLog10);
  }
  EXPECT_TRUE(kinds.contains(VerdictKind::lead));
}

TEST(Accuse, refuses_impossible_input) {
  const Release release("bad", LawId::half, 3, 5);
  const Channel loud = release.channel({0.5F, 1.5F, 0.0F});
  EXPECT_EQ(accuse({&loud, 1}, 1, 1).error().code, ErrorCode::invalid_argument);
  Channel keyless = release.channel({0.5F, 0.5F, 0.0F});
  keyless.asset_key = nullptr;
  EXPECT_FALSE(accuse({&keyless, 1}, 1, 1));
  EXPECT_FALSE(accuse({}, 1, 1));
  const std::vector<Id> fewer(4, release.copies[0]);
  std::array<Channel, 2> uneven{release.channel({0, 0, 0}), release.channel({0, 0, 0})};
  uneven[1].copies = fewer;
  EXPECT_FALSE(accuse(uneven, 1, 1));
  EXPECT_FALSE(recompute({}, {}, 1));
}

}  // namespace
}  // namespace probity::code
