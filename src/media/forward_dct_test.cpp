#include "media/forward_dct.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "media/dct_kernel.h"

namespace probity::media {
namespace {

struct Samples {
  std::vector<float> values;
  std::array<const float*, kBlockSide> rows{};
};

Samples random_samples(std::mt19937& random, std::size_t width, float least, float most) {
  Samples made{std::vector<float>(kBlockSide * width), {}};
  std::uniform_real_distribution<float> value(least, most);
  for (float& sample : made.values) sample = value(random);
  for (std::size_t row = 0; row < kBlockSide; ++row) made.rows[row] = made.values.data() + row * width;
  return made;
}

TEST(forward_dct, vectors_give_the_coefficients_of_the_plain_twin) {
  std::mt19937 random(20260722);
  for (int round = 0; round < 300; ++round) {
    const std::size_t count = 1 + random() % 9;
    const float middle = static_cast<float>(random() % 256);
    const float spread = static_cast<float>(random() % 129);
    const Samples samples = random_samples(random, 8 * count, middle - spread, middle + spread);
    QuantTable table;
    for (auto& step : table) step = static_cast<std::uint16_t>(round % 3 == 0 ? 1 : 1 + random() % 60);
    std::vector<ZigzagBlock> fast(count), plain(count);
    for (auto& block : fast) block.fill(7);  // what was there before must not show
    transform_blocks(samples.rows, QuantScale(table), fast);
    transform_blocks_plain(samples.rows, QuantScale(table), plain);
    ASSERT_EQ(fast, plain) << "round " << round;
  }
}

TEST(forward_dct, a_flat_block_has_its_mean_alone) {
  const std::vector<float> row(8, 228.0F);
  std::array<const float*, kBlockSide> rows{};
  rows.fill(row.data());
  QuantTable table;
  table.fill(4);
  std::vector<ZigzagBlock> blocks(1);
  transform_blocks(rows, QuantScale(table), blocks);
  EXPECT_EQ(blocks[0][0], (228 - 128) * 8 / 4);
  EXPECT_EQ(nonzero_mask(blocks[0]), 0U);
}

}  // namespace
}  // namespace probity::media
