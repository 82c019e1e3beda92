#include "media/jpeg_planes.h"

#include <algorithm>

#include "media/pixel_rows.h"

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
    float* out = band.row(i);
    marked_row(luma[y], delta[y], sign, {out, static_cast<std::size_t>(luma.cols)});
    repeat_last(out, luma.cols, band.width());
  }
}

void fill_chroma_bands(const cv::Mat& pixels, int factor_x, int factor_y, int top, SampleBand& blue, SampleBand& red) {
  const int chroma_width = (pixels.cols + factor_x - 1) / factor_x;
  const float scale = 1.0F / static_cast<float>(factor_x * factor_y);
  const auto source = [&](int i, int k) {
    return pixels.ptr<std::uint8_t>(std::min((top + i) * factor_y + k, pixels.rows - 1));
  };
  // The usual 4:2:0 goes by vectors, as far as columns are whole.
  const int quick = factor_x == 2 && factor_y == 2 ? pixels.cols / 2 : 0;
  std::vector<std::array<std::uint16_t, 3>> sums(static_cast<std::size_t>(chroma_width - quick));
  for (int i = 0; i < kBlockSide; ++i) {
    float* blue_row = blue.row(i);
    float* red_row = red.row(i);
    const auto quick_samples = static_cast<std::size_t>(quick);
    if (quick > 0)
      chroma_of_quarters(source(i, 0), source(i, 1), {{blue_row, quick_samples}, {red_row, quick_samples}});
    std::ranges::fill(sums, std::array<std::uint16_t, 3>{});
    for (int k = 0; k < factor_y; ++k)
      add_row(source(i, k) + 3 * factor_x * quick, pixels.cols - factor_x * quick, factor_x, sums);
    for (std::size_t x = 0; x < sums.size(); ++x) {
      const Chroma sample = chroma_of_mean(scale, sums[x][0], sums[x][1], sums[x][2]);
      blue_row[quick_samples + x] = sample.blue;
      red_row[quick_samples + x] = sample.red;
    }
    repeat_last(blue_row, chroma_width, blue.width());
    repeat_last(red_row, chroma_width, red.width());
  }
}

}  // namespace probity::media
