#include "attacks/geometry.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace probity::bench {
namespace {

int rounded(double value) { return std::max(1, static_cast<int>(std::lround(value))); }

// Largest upright rectangle inside a w x h rectangle turned by `angle` (the two-case closed form: either two opposite
// corners of the answer touch the long sides only, or all four touch).
cv::Size2d largest_upright(double width, double height, double angle) {
  const double sine = std::abs(std::sin(angle));
  const double cosine = std::abs(std::cos(angle));
  const bool wide = width >= height;
  const double longer = wide ? width : height;
  const double shorter = wide ? height : width;
  if (shorter <= 2 * sine * cosine * longer || std::abs(sine - cosine) < 1e-9) {
    const double half = 0.5 * shorter;
    return wide ? cv::Size2d(half / sine, half / cosine) : cv::Size2d(half / cosine, half / sine);
  }
  const double twice_cosine = cosine * cosine - sine * sine;
  return {(width * cosine - height * sine) / twice_cosine, (height * cosine - width * sine) / twice_cosine};
}

}  // namespace

cv::Mat resize_to(const cv::Mat& rgb, int width_px, int height_px) {
  if (rgb.cols == width_px && rgb.rows == height_px) return rgb;
  const bool smaller = width_px <= rgb.cols && height_px <= rgb.rows;
  cv::Mat out;
  cv::resize(rgb, out, {width_px, height_px}, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
  return out;
}

cv::Mat shrink_long_side(const cv::Mat& rgb, int side_px) {
  const double scale = static_cast<double>(side_px) / std::max(rgb.cols, rgb.rows);
  return scale >= 1 ? rgb : resize_to(rgb, rounded(rgb.cols * scale), rounded(rgb.rows * scale));
}

cv::Mat shrink_short_side(const cv::Mat& rgb, int side_px) {
  const double scale = static_cast<double>(side_px) / std::min(rgb.cols, rgb.rows);
  return scale >= 1 ? rgb : resize_to(rgb, rounded(rgb.cols * scale), rounded(rgb.rows * scale));
}

cv::Mat crop_area(const cv::Mat& rgb, double area_share, Dice& dice) {
  const double jitter = std::sqrt(dice.uniform(0.85, 1.15));
  const double side = std::sqrt(area_share);
  const int width = std::clamp(rounded(rgb.cols * side * jitter), 1, rgb.cols);
  const int height = std::clamp(rounded(rgb.cols * area_share * rgb.rows / width), 1, rgb.rows);
  const int left = dice.integer(0, rgb.cols - width);
  const int top = dice.integer(0, rgb.rows - height);
  return rgb({left, top, width, height}).clone();
}

cv::Mat rotate(const cv::Mat& rgb, double degrees, Corners corners) {
  const double quarter = degrees / 90.0;
  if (quarter == std::floor(quarter)) {
    const int turns = ((static_cast<int>(quarter) % 4) + 4) % 4;
    if (turns == 0) return rgb;
    cv::Mat turned;
    cv::rotate(rgb, turned,
               turns == 1   ? cv::ROTATE_90_COUNTERCLOCKWISE
               : turns == 2 ? cv::ROTATE_180
                            : cv::ROTATE_90_CLOCKWISE);
    return turned;
  }
  const double angle = degrees * CV_PI / 180.0;
  const double sine = std::abs(std::sin(angle));
  const double cosine = std::abs(std::cos(angle));
  cv::Size2d size(rgb.cols * cosine + rgb.rows * sine, rgb.cols * sine + rgb.rows * cosine);
  if (corners == Corners::cropped) size = largest_upright(rgb.cols, rgb.rows, angle) - cv::Size2d(2, 2);
  const cv::Size out_size(rounded(size.width), rounded(size.height));
  cv::Mat map = cv::getRotationMatrix2D({(rgb.cols - 1) * 0.5F, (rgb.rows - 1) * 0.5F}, degrees, 1.0);
  map.at<double>(0, 2) += (out_size.width - rgb.cols) * 0.5;
  map.at<double>(1, 2) += (out_size.height - rgb.rows) * 0.5;
  const cv::Scalar ground = corners == Corners::white ? cv::Scalar::all(255) : cv::Scalar::all(0);
  cv::Mat out;
  cv::warpAffine(rgb, out, map, out_size, cv::INTER_CUBIC, cv::BORDER_CONSTANT, ground);
  return out;
}

cv::Mat mirror(const cv::Mat& rgb) {
  cv::Mat out;
  cv::flip(rgb, out, 1);
  return out;
}

cv::Mat stretch(const cv::Mat& rgb, double factor) { return resize_to(rgb, rounded(rgb.cols * factor), rgb.rows); }

}  // namespace probity::bench
