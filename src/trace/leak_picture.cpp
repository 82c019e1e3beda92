#include "trace/leak_picture.h"

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

}  // namespace

LeakPicture::LeakPicture(const cv::Mat1f& luma_plane) : luma(luma_plane), usable(between_limits(luma_plane)) {}

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
  LeakPicture leak(luma);
  std::array<cv::Mat1b, 3> channels;
  cv::split(bytes, channels.data());
  cv::Mat1f unclipped = leak.usable.clone();
  for (const cv::Mat1b& channel : channels) {
    cv::Mat1b bright;
    cv::compare(channel, kBrightestUsable, bright, cv::CMP_GT);
    unclipped.setTo(0.0F, bright);
  }
  // Where one channel is clipped nearly everywhere it is constant, and the others still show the mark.
  constexpr double kLeastUnclipped = 0.2;
  if (cv::sum(unclipped)[0] >= kLeastUnclipped * cv::sum(leak.usable)[0]) leak.usable = unclipped;
  return leak;
}

}  // namespace probity::trace
