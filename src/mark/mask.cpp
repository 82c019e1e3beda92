// Texture hides the mark, an edge beside a smooth area does not: activity is the square of the mean root of the local
// detail, which a single strong edge hardly moves, and the smaller of a fine and a coarse window counts.
#include "mark/mask.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace probity::mark {
namespace {

// Everything is computed on a plane of at most this long side: the mask varies slowly, and 12 megapixels cost time.
constexpr int kMaskLongSidePx = 1600;
constexpr float kDarkUntilLuma = 64.0F;

cv::Mat1f squared_mean(const cv::Mat1f& root, int window_px) {
  cv::Mat1f mean;
  cv::boxFilter(root, mean, CV_32F, {window_px, window_px}, {-1, -1}, true, cv::BORDER_REFLECT);
  return mean.mul(mean);
}

float amplitude(float activity, float local_luma, const MaskOptions& options) {
  const float textured = options.at_unit_activity * std::pow(activity, options.exponent);
  const float dark = std::max(0.0F, 1.0F - local_luma / kDarkUntilLuma);
  return std::clamp(textured, options.smallest, options.largest) * (1.0F + options.dark_gain * dark);
}

}  // namespace

cv::Mat1f local_activity(const cv::Mat1f& luma, double cell_px) {
  cv::Mat1f blurred;
  cv::GaussianBlur(luma, blurred, {}, cell_px / 5, cell_px / 5, cv::BORDER_REFLECT);
  cv::Mat1f root = cv::abs(luma - blurred);
  cv::sqrt(root, root);
  const int fine_px = static_cast<int>(cell_px / 2) | 1;
  const int coarse_px = static_cast<int>(cell_px * 1.2) | 1;
  return cv::min(squared_mean(root, fine_px), squared_mean(root, coarse_px));
}

cv::Mat1f perceptual_mask(const cv::Mat1f& luma, const CellPlan& plan, const MaskOptions& options) {
  const double scale = std::min(1.0, static_cast<double>(kMaskLongSidePx) / std::max(luma.cols, luma.rows));
  cv::Mat1f small = luma;
  if (scale < 1.0) cv::resize(luma, small, {}, scale, scale, cv::INTER_AREA);
  const double cell_px = std::sqrt(static_cast<double>(plan.cell_width_px) * plan.cell_height_px) * scale;

  const cv::Mat1f activity = local_activity(small, cell_px);
  cv::Mat1f local_luma;
  cv::GaussianBlur(small, local_luma, {}, cell_px / 4, cell_px / 4, cv::BORDER_REFLECT);
  cv::Mat1f mask(small.size());
  for (int y = 0; y < mask.rows; ++y)
    for (int x = 0; x < mask.cols; ++x) mask(y, x) = amplitude(activity(y, x), local_luma(y, x), options);
  cv::GaussianBlur(mask, mask, {}, cell_px / 4, cell_px / 4, cv::BORDER_REFLECT);
  if (scale < 1.0) cv::resize(mask, mask, luma.size(), 0, 0, cv::INTER_LINEAR);
  return mask;
}

}  // namespace probity::mark
