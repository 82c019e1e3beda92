// A leaked picture as tracing sees it: its luma, and which of its pixels can be believed.
#pragma once

#include <opencv2/core.hpp>

namespace probity::trace {

// A value; planes are shared on copying, as cv::Mat does. Made implicitly from luma alone (0..255), where only black
// and white count as clipped.
struct LeakPicture {
  cv::Mat1f luma;    // 0..255
  cv::Mat1f usable;  // 1, or 0 where a channel has been clipped and no longer follows the master

  LeakPicture(const cv::Mat1f& luma_plane);  // NOLINT(google-explicit-constructor)

  cv::Size size() const { return luma.size(); }
};

// From 8- or 16-bit pixels, RGB in this order or grey: a brightened picture clips in one colour long before it is
// white.
LeakPicture leak_picture(const cv::Mat& pixels);

}  // namespace probity::trace
