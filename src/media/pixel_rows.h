// Rows of pixels into rows of samples, by vector instructions: luma, luma with the mark, and chroma.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace probity::media {

// Luma of RGB pixels, 0..255, unrounded (ITU-R BT.601). `out` sets the number of pixels.
void luma_row_of_rgb(const std::uint8_t* rgb, std::span<float> out);

// clip(luma + sign * delta) to 0..255. `out` sets the number of samples.
void marked_row(const float* luma, const float* delta, float sign, std::span<float> out);

// The sum over a row of the squares of clip(luma + delta) - luma.
double squared_change(std::span<const float> luma, const float* delta);

// Chroma samples, 128 in the middle, of the means of 2 by 2 pixels: `out` counts samples, so the rows hold twice as
// many pixels.
struct ChromaRows {
  std::span<float> blue;
  std::span<float> red;
};
void chroma_of_quarters(const std::uint8_t* upper_rgb, const std::uint8_t* lower_rgb, const ChromaRows& out);

// One chroma sample of the sums over `count` pixels.
struct Chroma {
  float blue, red;
};
inline Chroma chroma_of_mean(float scale, int red_sum, int green_sum, int blue_sum) {
  const float r = scale * static_cast<float>(red_sum);
  const float g = scale * static_cast<float>(green_sum);
  const float b = scale * static_cast<float>(blue_sum);
  return {128.0F - 0.168735892F * r - 0.331264108F * g + 0.5F * b,
          128.0F + 0.5F * r - 0.418687589F * g - 0.081312411F * b};
}

}  // namespace probity::media
