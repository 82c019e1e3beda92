// Finds a leak in a master that has no features to hold on to (clouds, paint, flat screens), by correlation at every
// size.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace/refine.h"

namespace probity::trace {

struct CorrelateOptions {
  bool turned_and_mirrored = false;  // also the seven other ways to lay down a leak that shows much of the master
  int keep_per_band = 2;             // candidates of each band of sizes
};

// A rough alignment and how well the coarse details agreed there.
struct CorrelationPeak {
  Alignment alignment;
  double correlation = 0;   // of locally normalised coarse detail over the overlap, [-1, 1]
  double significance = 0;  // correlation times the square root of the overlap: comparable between sizes
};

// Tries every size of the leak from an eighth to five fourths of the reference's long side, at every position. Chance
// agreements grow with the size in a way that depends on the picture, so the best of each band of sizes are given, the
// most significant first; never empty for pictures of at least 32 px. Deterministic.
std::vector<CorrelationPeak> correlate(const cv::Mat1f& leak, const Reference& reference,
                                       const CorrelateOptions& options);

}  // namespace probity::trace
