#include "trace/leak_picture.h"

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>

#include "base/check.h"

namespace probity::trace {
namespace {

constexpr double kDarkestUsable = 4;  // compression moves clipped pixels a little
constexpr double kBrightestUsable = 250;

cv::Mat1f between_limits(const cv::Mat& plane) {
  cv::Mat1b inside;
  cv::inRange(plane, kDarkestUsable, kBrightestUsable, inside);
  cv::Mat1f usable;
  inside.convertTo(usable, CV_32F, 1.0 / 255);
  return usable;
}

// Means of 2 x 2 pixels.
cv::Mat1f halved(const cv::Mat1f& plane) {
  const cv::Size size(plane.cols / 2, plane.rows / 2);
  cv::Mat1f half;
  cv::resize(plane({0, 0, 2 * size.width, 2 * size.height}), half, size, 0, 0, cv::INTER_AREA);
  return half;
}

}  // namespace

LeakPicture::LeakPicture(const cv::Mat1f& luma_plane) : LeakPicture(luma_plane, between_limits(luma_plane)) {}

LeakPicture::LeakPicture(const cv::Mat1f& luma_plane, const cv::Mat1f& usable_plane)
    : luma(luma_plane), usable(usable_plane) {
  constexpr int kSmallestHalfPx = 512;
  Half next{luma, usable};
  while (std::max(next.luma.cols, next.luma.rows) >= 2 * kSmallestHalfPx) {
    next = {halved(next.luma), halved(next.usable)};
    halves.push_back(next);
  }
}

LeakPicture leak_picture(const cv::Mat& pixels) {
  PROBITY_CHECK(pixels.channels() == 1 || pixels.channels() == 3);
  cv::Mat bytes = pixels;
  if (pixels.depth() == CV_16U) pixels.convertTo(bytes, CV_8U, 1.0 / 257);
  if (bytes.channels() == 1) {
    cv::Mat1f luma;
    bytes.convertTo(luma, CV_32F);
    return {luma};
  }
  cv::Mat1b grey;
  cv::cvtColor(bytes, grey, cv::COLOR_RGB2GRAY);
  cv::Mat1f luma;
  grey.convertTo(luma, CV_32F);
  const cv::Mat1f usable = between_limits(luma);
  std::array<cv::Mat1b, 3> channels;
  cv::split(bytes, channels.data());
  cv::Mat1f unclipped = usable.clone();
  for (const cv::Mat1b& channel : channels) {
    cv::Mat1b bright;
    cv::compare(channel, kBrightestUsable, bright, cv::CMP_GT);
    unclipped.setTo(0.0F, bright);
  }
  // Where one channel is clipped nearly everywhere it is constant, and the others still show the mark.
  constexpr double kLeastUnclipped = 0.2;
  const bool enough = cv::sum(unclipped)[0] >= kLeastUnclipped * cv::sum(usable)[0];
  return {luma, enough ? unclipped : usable};
}

}  // namespace probity::trace
