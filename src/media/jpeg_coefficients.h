// One or two variants of a picture as quantised JPEG coefficients, one above the other in one image, written by
// libjpeg.
#pragma once

#include <span>

#include "media/picture.h"

namespace probity::media {

struct CoefficientLayout {
  int width_px = 0;   // of one variant
  int height_px = 0;  // of one variant, at most 32,750 so that two fit a JPEG
  Subsampling subsampling = Subsampling::quarter_420;
  int quality = 92;
  int restart_interval = 0;  // in MCUs; 0 for none

  // Sampling factors as in the frame header. 4:4:4 has two rows of blocks in an MCU, where one would do: rows of
  // segments are then 16 px high, so that half as many restarts are needed.
  int luma_x() const { return subsampling == Subsampling::quarter_420 || subsampling == Subsampling::half_422 ? 2 : 1; }
  int luma_y() const { return subsampling == Subsampling::quarter_420 || subsampling == Subsampling::full_444 ? 2 : 1; }
  int chroma_x() const { return 1; }
  int chroma_y() const { return subsampling == Subsampling::full_444 ? 2 : 1; }
  int mcu_width_px() const { return 8 * luma_x(); }
  int mcu_height_px() const { return 8 * luma_y(); }
  int mcus_per_row() const { return (width_px + mcu_width_px() - 1) / mcu_width_px(); }
  int mcu_rows() const { return (height_px + mcu_height_px() - 1) / mcu_height_px(); }
};

// Encodes luma + sign * delta for each sign, the first variant on top, each padded to whole MCUs, into one baseline
// JPEG with Huffman tables optimal for all of it together. Because every restart segment starts afresh, the lower
// variant's segments are as good in a file of their own. Errors: internal when libjpeg fails (out of memory).
Result<Bytes> encode_stacked(const CoefficientLayout& layout, const Picture& picture, const cv::Mat1f& luma,
                             const cv::Mat1f& delta, std::span<const float> signs);

}  // namespace probity::media
