// Bands of sample rows of a picture, as the JPEG transform takes them: luma of both variants, and chroma made once.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "media/forward_dct.h"
#include "media/picture.h"

namespace probity::media {

// Eight rows of float samples, padded on the right by repeating the last one.
class SampleBand {
 public:
  explicit SampleBand(int padded_width_px) : width_(padded_width_px), samples_(8 * static_cast<std::size_t>(width_)) {}
  float* row(int row) { return samples_.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(width_); }
  std::array<const float*, kBlockSide> rows() {
    std::array<const float*, kBlockSide> pointers{};
    for (int i = 0; i < kBlockSide; ++i) pointers[static_cast<std::size_t>(i)] = row(i);
    return pointers;
  }
  int width() const { return width_; }

 private:
  int width_;
  std::vector<float> samples_;
};

// Rows [top, top + 8) of clip(luma + sign * delta), rows below the picture repeating its last one.
void fill_luma_band(const cv::Mat1f& luma, const cv::Mat1f& delta, float sign, int top, SampleBand& band);

// Rows [top, top + 8) of the chroma planes, each sample the mean of `factor_x` by `factor_y` pixels of the (8-bit RGB)
// picture, unrounded. `top` counts chroma rows.
void fill_chroma_bands(const cv::Mat& pixels, int factor_x, int factor_y, int top, SampleBand& blue, SampleBand& red);

}  // namespace probity::media
