// Attacks that move pixels: shrinking, cropping, turning, mirroring and stretching. All take and give RGB CV_8UC3.
#pragma once

#include <opencv2/core.hpp>

#include "attacks/dice.h"

namespace probity::bench {

// Resizes to exactly that size: by area when it gets smaller (as phones do), bilinear when it gets larger.
cv::Mat resize_to(const cv::Mat& rgb, int width_px, int height_px);
// Shrinks so that the long or short side has at most that many pixels; never enlarges.
cv::Mat shrink_long_side(const cv::Mat& rgb, int side_px);
cv::Mat shrink_short_side(const cv::Mat& rgb, int side_px);

// A rectangle of that share of the area (0..1] at a random place; its aspect is the picture's within +-15 %.
cv::Mat crop_area(const cv::Mat& rgb, double area_share, Dice& dice);

// What a turned picture is left with: the whole of it on a plain ground, or the largest upright rectangle inside it.
enum class Corners { black, white, cropped };
// Counter-clockwise; multiples of 90 degrees move pixels without resampling.
cv::Mat rotate(const cv::Mat& rgb, double degrees, Corners corners);

cv::Mat mirror(const cv::Mat& rgb);
// Makes it `factor` times wider at the same height.
cv::Mat stretch(const cv::Mat& rgb, double factor);

}  // namespace probity::bench
