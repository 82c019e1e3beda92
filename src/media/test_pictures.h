// Pictures for tests: made up, written by libvips in every format, and JPEGs read back with nothing forgiven.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "mark/cell_plan.h"
#include "media/picture.h"

namespace probity::media {

// Something like a photo: soft shading, edges and noise. `type` is CV_8UC1, CV_8UC3, CV_16UC1 or CV_16UC3.
cv::Mat made_up_pixels(int width_px, int height_px, int type, unsigned seed = 1);

Picture made_up_picture(int width_px, int height_px, Subsampling subsampling, unsigned seed = 1);

// A signed pattern of some grey levels that keeps the rules of a mark: zero on cell edges and outside cells.
cv::Mat1f made_up_delta(const mark::CellPlan& plan, float strength, unsigned seed = 1);

// delta times +1 or -1 by each cell's bit.
cv::Mat1f signed_by_bits(const cv::Mat1f& delta, const mark::CellPlan& plan, const std::vector<std::uint8_t>& bits);

struct FileOptions {
  int orientation = 0;  // EXIF, if not 0
  bool cmyk = false;
  int alpha = -1;  // of every pixel, if not negative
  bool with_profile = false;
};

// The pixels (RGB or grey) as a file; `suffix` as libvips takes it: ".jpg[Q=90,interlace]", ".png", ".tif", ".webp".
Bytes write_picture(const cv::Mat& pixels, const std::string& suffix, const FileOptions& options = {});

// A JPEG decoded by libjpeg without smoothing of chroma, in YCbCr or grey.
struct StrictJpeg {
  cv::Mat samples;
  long warnings = 0;
  bool baseline = false;
  unsigned restart_interval = 0;
  std::size_t profile_bytes = 0;
  bool has_exif = false;
};
Result<StrictJpeg> read_strictly(BytesView file);

// Mean of squared differences over all samples.
double mean_square(const cv::Mat& a, const cv::Mat& b);

}  // namespace probity::media
