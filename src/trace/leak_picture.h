// A leaked picture as tracing sees it: its luma, and which of its pixels can be believed.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

namespace probity::trace {

// A value; planes are shared on copying, as cv::Mat does.
struct LeakPicture {
  cv::Mat1f luma;    // 0..255
  cv::Mat1f usable;  // 1, or 0 where a channel has been clipped and no longer follows the master; shares in between

  // The same at a half, a quarter and so on of the size, down to about 512 px: hundreds of views of a large leak are
  // made while it is aligned, most of them small. Means of 2 x 2 pixels; an odd last row or column falls away.
  struct Half {
    cv::Mat1f luma;
    cv::Mat1f usable;
  };
  std::vector<Half> halves;

  // From luma alone (0..255), where only black and white count as clipped.
  LeakPicture(const cv::Mat1f& luma_plane);  // NOLINT(google-explicit-constructor)
  LeakPicture(const cv::Mat1f& luma_plane, const cv::Mat1f& usable_plane);

  cv::Size size() const { return luma.size(); }
};

// From 8- or 16-bit pixels, RGB in this order or grey: a brightened picture clips in one colour long before it is
// white.
LeakPicture leak_picture(const cv::Mat& pixels);

}  // namespace probity::trace
