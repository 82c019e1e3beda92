#include "attacks/tone.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace probity::bench {
namespace {

template <class Curve>
cv::Mat apply_curve(const cv::Mat& rgb, Curve curve) {
  cv::Mat1b table(1, 256);
  for (int value = 0; value < 256; ++value) table(0, value) = cv::saturate_cast<std::uint8_t>(curve(value));
  cv::Mat out;
  cv::LUT(rgb, table, out);
  return out;
}

}  // namespace

cv::Mat brightness(const cv::Mat& rgb, double factor) {
  return apply_curve(rgb, [&](int value) { return value * factor; });
}

cv::Mat contrast(const cv::Mat& rgb, double factor) {
  return apply_curve(rgb, [&](int value) { return 127.5 + (value - 127.5) * factor; });
}

cv::Mat gamma(const cv::Mat& rgb, double exponent) {
  return apply_curve(rgb, [&](int value) { return 255.0 * std::pow(value / 255.0, exponent); });
}

cv::Mat greyscale(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::cvtColor(rgb, grey, cv::COLOR_RGB2GRAY);
  cv::Mat out;
  cv::cvtColor(grey, out, cv::COLOR_GRAY2RGB);
  return out;
}

cv::Mat blur_at_1080(const cv::Mat& rgb, double sigma_px) {
  const double sigma = sigma_px * std::max(rgb.cols, rgb.rows) / 1080.0;
  cv::Mat out;
  cv::GaussianBlur(rgb, out, {}, sigma);
  return out;
}

}  // namespace probity::bench
