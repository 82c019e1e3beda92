// A master with a random codeword's mark on it, straight from the pattern: what the mark alone does to pixels.
#pragma once

#include <opencv2/core.hpp>

#include "base/result.h"
#include "harness/photos.h"

namespace probity::bench {

struct MarkedPhoto {
  cv::Mat master;  // RGB CV_8UC3
  cv::Mat marked;  // each cell plus or minus the pattern by a seeded coin, rounded to 8 bits
  cv::Mat1f delta;
};

// Errors: those of reading the file and of planning cells.
Result<MarkedPhoto> mark_photo(const Photo& photo, double strength, std::uint64_t seed);

}  // namespace probity::bench
