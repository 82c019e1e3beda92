// What several recipients of one picture can do together: average, extremes, mosaics and interleavings of their copies.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>
#include <vector>

#include "attacks/dice.h"
#include "base/result.h"

namespace probity::bench {

enum class Collusion {
  average,
  minimum,  // per pixel and channel
  maximum,
  median,      // of two: their average
  mosaic,      // blocks of 16 to 96 px on a grid at a random offset, each from a random copy
  interleave,  // 8x8 blocks, each from a random copy
};

// Errors: invalid_argument for a name that is none of the above.
Result<Collusion> parse_collusion(std::string_view name);
std::string_view collusion_name(Collusion collusion);

// `copies`: two or more of one size, CV_8UC3.
// Errors: invalid_argument when there are fewer than two or their sizes differ.
Result<cv::Mat> collude(const std::vector<cv::Mat>& copies, Collusion collusion, Dice& dice);

}  // namespace probity::bench
