#include "app/asset_preview.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "media/preview_jpeg.h"
#include "trace/reference.h"

namespace probity::app {
namespace {

constexpr int kLongSidePx = 640;

// R = Y + 2 (r - 128) and B alike, as the reference halved them; G from Y = 0.299 R + 0.587 G + 0.114 B.
cv::Mat rgb_of(const trace::Reference& reference, const cv::Size& size) {
  cv::Mat luma, red, blue;
  cv::resize(reference.luma, luma, size, 0, 0, cv::INTER_AREA);
  if (reference.red_difference.empty()) {
    luma.convertTo(luma, CV_8U);
    return luma;
  }
  cv::resize(reference.red_difference, red, size, 0, 0, cv::INTER_AREA);
  cv::resize(reference.blue_difference, blue, size, 0, 0, cv::INTER_AREA);
  red.convertTo(red, CV_32F, 2, -256);
  blue.convertTo(blue, CV_32F, 2, -256);
  red += luma;
  blue += luma;
  cv::Mat green = (luma - 0.299 * red - 0.114 * blue) / 0.587;
  cv::Mat rgb;
  cv::merge(std::array<cv::Mat, 3>{red, green, blue}, rgb);
  rgb.convertTo(rgb, CV_8U);
  return rgb;
}

}  // namespace

Result<Bytes> asset_preview(Workspace& workspace, const copies::Asset& asset) {
  TRY_ASSIGN(const Bytes bytes, workspace.blobs().get(asset.reference_blob));
  TRY_ASSIGN(const trace::Reference reference, trace::parse_reference(bytes));
  const double shrink =
      std::min(1.0, kLongSidePx / static_cast<double>(std::max(reference.luma.cols, reference.luma.rows)));
  const cv::Size size(std::max(1, static_cast<int>(reference.luma.cols * shrink)),
                      std::max(1, static_cast<int>(reference.luma.rows * shrink)));
  return media::encode_preview_jpeg(rgb_of(reference, size));
}

}  // namespace probity::app
