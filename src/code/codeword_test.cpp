#include "code/codeword.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/encoding.h"
#include "code/law.h"
#include "code/observation.h"

namespace probity::code {
namespace {

Hash counting_hash() {
  Hash hash;
  for (std::size_t i = 0; i < hash.size(); ++i) hash[i] = static_cast<std::uint8_t>(i);
  return hash;
}

TEST(Law, draws_are_the_same_everywhere_and_forever) {
  const auto thresholds = cell_thresholds(LawId::gl8, counting_hash(), 12);
  // ChaCha20 under key 00..1f, zero nonce begins 39fd2b7dd9c5196a8dbd0377b8dc4a49 (little-endian words fd39, 7d2b,
  // ...).
  const std::vector<std::uint8_t> expected_start{238, 84, 238, 84, 172, 84, 238, 84};
  EXPECT_TRUE(std::ranges::equal(expected_start, std::span(thresholds).first(8)));
  const auto longer = cell_thresholds(LawId::gl8, counting_hash(), 5000);
  EXPECT_TRUE(std::ranges::equal(thresholds, std::span(longer).first(12)));
}

TEST(Law, every_law_keeps_its_weights_and_is_symmetric) {
  for (const LawId law : {LawId::half, LawId::gl8, LawId::tilted, LawId::gl4}) {
    std::array<int, 256> counts{};
    const int cells = 200000;
    for (const std::uint8_t threshold : cell_thresholds(law, counting_hash(), cells)) ++counts[threshold];
    std::uint32_t from = 0;
    std::array<double, 256> expected{};
    for (const LawStep& step : law_steps(law)) {
      expected[step.threshold] += (step.until - from) / 65536.0;
      from = step.until;
    }
    EXPECT_EQ(from, 65536U);
    for (std::size_t t = 1; t < 256; ++t) {
      EXPECT_NEAR(counts[t] / double(cells), expected[t], 0.006) << law_name(law) << " " << t;
      EXPECT_NEAR(expected[t], expected[256 - t], 1e-4) << law_name(law) << " " << t;
    }
    EXPECT_EQ(law_from_number(static_cast<std::uint8_t>(law)), law);
  }
  EXPECT_FALSE(law_from_number(0));
  EXPECT_FALSE(law_from_number(5));
}

TEST(Codeword, ones_come_as_often_as_the_threshold_says) {
  for (const int threshold : {1, 18, 128, 255}) {
    const std::vector<std::uint8_t> thresholds(100000, static_cast<std::uint8_t>(threshold));
    const auto bits = codeword(SecretKey(counting_hash()), thresholds);
    EXPECT_NEAR(static_cast<double>(std::ranges::count(bits, 1)) / 1e5, threshold / 256.0, 0.006);
  }
}

TEST(Codeword, seeds_depend_on_key_and_copy_and_replay) {
  const HkdfExpander key(counting_hash());
  const Id first{{1}};
  const Id second{{2}};
  EXPECT_EQ(to_hex(copy_seed(key, first).view()), to_hex(copy_seed(key, first).view()));
  EXPECT_NE(to_hex(copy_seed(key, first).view()), to_hex(copy_seed(key, second).view()));
  EXPECT_NE(to_hex(copy_seed(key, first).view()), to_hex(copy_seed(HkdfExpander(Hash{}), first).view()));
}

TEST(Commitment, opens_for_its_own_seed_and_salt_only) {
  const SecretKey seed(counting_hash());
  const Hash salt = sha256(as_bytes("salt"));
  const Hash commitment = seed_commitment(seed, salt);
  EXPECT_TRUE(opens(commitment, seed, salt));
  EXPECT_FALSE(opens(commitment, seed, Hash{}));
  EXPECT_FALSE(opens(commitment, SecretKey(salt), salt));
}

TEST(Observation, files_add_up_in_log_odds) {
  const std::vector<std::vector<float>> files{{0.5F, -0.2F, 0.0F, 0.9F}, {0.5F, 0.2F, 0.3F, 0.97F}};
  const auto combined = combine(files);
  ASSERT_TRUE(combined);
  EXPECT_NEAR((*combined)[0], 0.8, 1e-6);  // (0.5 + 0.5) / (1 + 0.25)
  EXPECT_NEAR((*combined)[1], 0.0, 1e-6);
  EXPECT_NEAR((*combined)[2], 0.3, 1e-6);
  EXPECT_EQ((*combined)[3], kSoftLimit);
}

TEST(Observation, refuses_what_does_not_fit) {
  EXPECT_FALSE(combine(std::vector<std::vector<float>>{{0.5F}, {0.5F, 0.1F}}));
  EXPECT_FALSE(combine(std::vector<std::vector<float>>{{1.5F}}));
  EXPECT_FALSE(combine(std::vector<std::vector<float>>{{NAN}}));
  EXPECT_TRUE(combine({})->empty());
}

}  // namespace
}  // namespace probity::code
