#include "media/pixel_rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace probity::media {
namespace {

std::vector<std::uint8_t> random_rgb(std::mt19937& random, std::size_t pixels) {
  std::vector<std::uint8_t> bytes(3 * pixels);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

std::vector<float> random_row(std::mt19937& random, std::size_t size, float least, float most) {
  std::uniform_real_distribution<float> value(least, most);
  std::vector<float> row(size);
  for (float& sample : row) sample = value(random);
  return row;
}

TEST(pixel_rows, luma_as_pixel_by_pixel) {
  std::mt19937 random(1);
  for (std::size_t width = 1; width < 90; ++width) {
    const auto rgb = random_rgb(random, width);
    std::vector<float> luma(width + 1, -1.0F);
    luma_row_of_rgb(rgb.data(), std::span(luma).first(width));
    for (std::size_t x = 0; x < width; ++x) {
      const float red = 0.299F * rgb[3 * x], green = 0.587F * rgb[3 * x + 1], blue = 0.114F * rgb[3 * x + 2];
      ASSERT_EQ(luma[x], red + green + blue) << width;
    }
    EXPECT_EQ(luma[width], -1.0F);
  }
}

TEST(pixel_rows, mark_is_added_and_clipped) {
  std::mt19937 random(2);
  for (std::size_t width = 1; width < 70; ++width) {
    const auto luma = random_row(random, width, 0, 255);
    const auto delta = random_row(random, width, -30, 30);
    for (const float sign : {1.0F, -1.0F}) {
      std::vector<float> out(width);
      marked_row(luma.data(), delta.data(), sign, out);
      for (std::size_t x = 0; x < width; ++x)
        ASSERT_EQ(out[x], std::clamp(luma[x] + sign * delta[x], 0.0F, 255.0F)) << width;
    }
    double squares = 0;
    for (std::size_t x = 0; x < width; ++x) {
      const double change = std::clamp(luma[x] + delta[x], 0.0F, 255.0F) - luma[x];
      squares += change * change;
    }
    EXPECT_NEAR(squared_change(luma, delta.data()), squares, 1e-5 * squares);
  }
}

TEST(pixel_rows, chroma_of_quarters_as_one_by_one) {
  std::mt19937 random(3);
  for (std::size_t count = 1; count < 60; ++count) {
    const auto upper = random_rgb(random, 2 * count);
    const auto lower = random_rgb(random, 2 * count);
    std::vector<float> blue(count), red(count);
    chroma_of_quarters(upper.data(), lower.data(), {blue, red});
    for (std::size_t x = 0; x < count; ++x) {
      int sum[3];
      for (std::size_t c = 0; c < 3; ++c)
        sum[c] = upper[6 * x + c] + upper[6 * x + 3 + c] + lower[6 * x + c] + lower[6 * x + 3 + c];
      const Chroma one = chroma_of_mean(0.25F, sum[0], sum[1], sum[2]);
      ASSERT_EQ(blue[x], one.blue) << count;
      ASSERT_EQ(red[x], one.red) << count;
    }
  }
}

}  // namespace
}  // namespace probity::media
