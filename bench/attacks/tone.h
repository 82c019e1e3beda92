// Attacks that change values in place: brightness, contrast, gamma, greyscale and blur. RGB CV_8UC3 in and out.
#pragma once

#include <opencv2/core.hpp>

namespace probity::bench {

cv::Mat brightness(const cv::Mat& rgb, double factor);  // v * factor
cv::Mat contrast(const cv::Mat& rgb, double factor);    // 127.5 + (v - 127.5) * factor
cv::Mat gamma(const cv::Mat& rgb, double exponent);     // 255 * (v / 255) ^ exponent
cv::Mat greyscale(const cv::Mat& rgb);                  // BT.601 luma in all three channels
// Gaussian of that deviation, given for a picture whose long side is 1080 px and scaled to this one's.
cv::Mat blur_at_1080(const cv::Mat& rgb, double sigma_px);

}  // namespace probity::bench
