#include "code/scoring.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>
#include <rapidcheck.h>

#include <random>

#include "code/codeword.h"
#include "code/law.h"
#include "code/scoring_kernel.h"

namespace probity::code {
namespace {

std::vector<Id> numbered_copies(std::size_t count) {
  std::vector<Id> copies(count);
  for (std::size_t j = 0; j < count; ++j) {
    for (std::size_t b = 0; b < 4; ++b) copies[j].bytes[b] = static_cast<std::uint8_t>((j + 1) >> (8 * b));
  }
  return copies;
}

// Soft values of which about `erased` are 0, in bursts as crops make them.
std::vector<float> bursty_soft(std::size_t cells, double erased, std::mt19937_64& random) {
  std::vector<float> soft(cells);
  bool visible = true;
  for (float& s : soft) {
    if (random() % 64 == 0) visible = std::bernoulli_distribution(1 - erased)(random);
    s = visible ? std::uniform_real_distribution<float>(-1, 1)(random) : 0.0F;
  }
  return soft;
}

void expect_equal_to_plain(std::span<const ScoringChannel> channels, const ScoringOptions& options) {
  const auto scores = score_copies(channels, options);
  for (std::size_t d = 0; d < scores.size(); ++d) {
    for (std::size_t j = 0; j < scores[d].size(); ++j) {
      std::int32_t expected = 0;
      for (const ScoringChannel& channel : channels) {
        if (channel.copies[j] == kNoCopy) continue;
        const auto bits = codeword(copy_seed(*channel.asset_key, channel.copies[j]), channel.bank->thresholds);
        expected += score_codeword(*channel.bank, d, bits);
      }
      RC_ASSERT(scores[d][j] == expected);
    }
  }
}

TEST(Scoring, equals_the_plain_twin_on_every_instruction_set) {
  const HkdfExpander key(sha256(as_bytes("test key")));
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    rc::check(std::string("on ") + hwy::TargetName(target), [&] {
      std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
      const std::size_t cells = *rc::gen::inRange<std::size_t>(0, 2000);
      const double erased = *rc::gen::element(0.0, 0.5, 0.97);
      const auto thresholds = cell_thresholds(LawId::tilted, Hash{}, cells);
      const Bank bank = decoder_bank(bursty_soft(cells, erased, random), thresholds);
      const auto copies = numbered_copies(5);
      const ScoringChannel channel{&bank, &key, copies};
      expect_equal_to_plain({&channel, 1}, {});
    });
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

TEST(Scoring, adds_channels_and_leaves_missing_copies_out) {
  const HkdfExpander first_key(sha256(as_bytes("first")));
  const HkdfExpander second_key(sha256(as_bytes("second")));
  std::mt19937_64 random(3);
  const Bank first = decoder_bank(bursty_soft(700, 0.2, random), cell_thresholds(LawId::gl8, Hash{}, 700));
  const Bank second = decoder_bank(bursty_soft(90, 0.2, random), cell_thresholds(LawId::half, Hash{}, 90));
  const auto copies = numbered_copies(6);
  std::vector<Id> some = copies;
  some[0] = some[3] = kNoCopy;
  const std::array<ScoringChannel, 2> channels{ScoringChannel{&first, &first_key, copies},
                                               ScoringChannel{&second, &second_key, some}};
  expect_equal_to_plain(channels, {});
}

TEST(Scoring, threads_do_not_change_scores_and_progress_reaches_the_end_of_its_own_work) {
  const HkdfExpander key(Hash{});
  std::mt19937_64 random(4);
  const Bank bank = decoder_bank(bursty_soft(300, 0, random), cell_thresholds(LawId::half, Hash{}, 300));
  const auto copies = numbered_copies(5000);
  const ScoringChannel channel{&bank, &key, copies};
  std::size_t calls = 0;
  std::size_t last = 0;
  const auto one = score_copies({&channel, 1}, {1, [&](std::size_t done, std::size_t total) {
                                                  ++calls;
                                                  EXPECT_EQ(total, 5000U);
                                                  EXPECT_GT(done, last);
                                                  last = done;
                                                }});
  EXPECT_EQ(last, 5000U);
  EXPECT_GT(calls, 5U);
  EXPECT_EQ(one, score_copies({&channel, 1}, {3, {}}));
}

TEST(Scoring, skips_stream_blocks_in_which_nothing_votes) {
  std::vector<float> soft(6400, 0.0F);
  soft[100] = 0.5F;
  soft[5000] = -0.5F;
  const PackedBank packed = pack(decoder_bank(soft, cell_thresholds(LawId::half, Hash{}, soft.size())));
  ASSERT_EQ(packed.runs.size(), 2U);
  EXPECT_EQ(packed.runs[0].first_block, 1U);
  EXPECT_EQ(packed.runs[1].first_block, 78U);
  EXPECT_EQ(packed.byte_count(), 128U);
}

TEST(Scoring, nobody_and_nothing_are_fine) {
  const HkdfExpander key(Hash{});
  const Bank bank = decoder_bank({}, {});
  const ScoringChannel channel{&bank, &key, {}};
  EXPECT_TRUE(score_copies({}, {}).empty());
  EXPECT_TRUE(score_copies({&channel, 1}, {}).front().empty());
}

}  // namespace
}  // namespace probity::code
