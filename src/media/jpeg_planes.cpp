#include "media/jpeg_planes.h"

#include <algorithm>

namespace probity::media {
namespace {

void repeat_last(float* row, int filled, int width) { std::fill(row + filled, row + width, row[filled - 1]); }

// Adds the pixels of one row to sums of `factor` neighbours: three running sums a chroma sample.
void add_row(const std::uint8_t* rgb, int width_px, int factor, std::span<std::array<std::uint16_t, 3>> sums) {
  const auto whole = static_cast<std::size_t>(width_px / factor);
  for (std::size_t x = 0; x < whole; ++x)
    for (int i = 0; i < factor; ++i, rgb += 3)
      for (std::size_t c = 0; c < 3; ++c) sums[x][c] = static_cast<std::uint16_t>(sums[x][c] + rgb[c]);
  if (whole == sums.size()) return;
  for (int i = 0; i < factor; ++i)  // an odd column at the right stands for its missing neighbour too
    for (std::size_t c = 0; c < 3; ++c) sums[whole][c] = static_cast<std::uint16_t>(sums[whole][c] + rgb[c]);
}

}  // namespace

void fill_luma_band(const cv::Mat1f& luma, const cv::Mat1f& delta, float sign, int top, SampleBand& band) {
  for (int i = 0; i < kBlockSide; ++i) {
    const int y = std::min(top + i, luma.rows - 1);
    const float* in = luma[y];
    const float* mark = delta[y];
    float* out = band.row(i);
    for (int x = 0; x < luma.cols; ++x) {
      const float value = in[x] + sign * mark[x];
      const float low = value < 0.0F ? 0.0F : value;
      out[x] = low > 255.0F ? 255.0F : low;
    }
    repeat_last(out, luma.cols, band.width());
  }
}

void fill_chroma_bands(const cv::Mat& pixels, int factor_x, int factor_y, int top, SampleBand& blue, SampleBand& red) {
  const int chroma_width = (pixels.cols + factor_x - 1) / factor_x;
  const float scale = 1.0F / static_cast<float>(factor_x * factor_y);
  std::vector<std::array<std::uint16_t, 3>> sums(static_cast<std::size_t>(chroma_width));
  for (int i = 0; i < kBlockSide; ++i) {
    std::ranges::fill(sums, std::array<std::uint16_t, 3>{});
    for (int k = 0; k < factor_y; ++k)
      add_row(pixels.ptr<std::uint8_t>(std::min((top + i) * factor_y + k, pixels.rows - 1)), pixels.cols, factor_x,
              sums);
    float* blue_row = blue.row(i);
    float* red_row = red.row(i);
    for (std::size_t x = 0; x < sums.size(); ++x) {
      const float r = scale * static_cast<float>(sums[x][0]);
      const float g = scale * static_cast<float>(sums[x][1]);
      const float b = scale * static_cast<float>(sums[x][2]);
      blue_row[x] = 128.0F - 0.168735892F * r - 0.331264108F * g + 0.5F * b;
      red_row[x] = 128.0F + 0.5F * r - 0.418687589F * g - 0.081312411F * b;
    }
    repeat_last(blue_row, chroma_width, blue.width());
    repeat_last(red_row, chroma_width, red.width());
  }
}

}  // namespace probity::media
