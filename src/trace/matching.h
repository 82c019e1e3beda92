// Matches the features of a leak to those of a master and finds the plane-to-plane map between them.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <optional>
#include <vector>

#include "trace/features.h"
#include "trace/plane_fit.h"

namespace probity::trace {

// A feature of the leak and one of the master that look alike.
struct FeatureMatch {
  std::uint32_t leak = 0;    // index in the leak's features
  std::uint32_t master = 0;  // index in the master's
  float distance = 0;        // squared, of 512-scaled RootSIFT: 0 is equal, 524,288 has nothing in common
  float ratio = 0;           // of the squared distance to the second nearest; 1 when equally near
};

// One-to-one matches: each is the other's nearest, and clearly nearer than the second nearest (squared ratio below
// `max_ratio`). The most distinctive first; deterministic.
std::vector<FeatureMatch> match_features(const Features& leak, const Features& master, float max_ratio);

struct MatchOptions {
  int min_inliers = 8;       // and
  double min_evidence = 4;   // fewer of either: no match
  int certain_inliers = 40;  // with so many the mirrored leak is not tried
};

struct MatchResult {
  // From px of the leak (as it was given, also when it is a mirrored one) to px of the master's picture; empty when the
  // leak does not match. Refined to all inliers, but still one plane: paper and bent screens need a flow field on top.
  std::optional<cv::Matx33d> leak_to_reference;
  bool mirrored = false;
  // Features that lie where the map says, one-to-one, at distinct places, and look so alike that chance seldom does it.
  // Also filled in when there are too few.
  int inliers = 0;
  // The same, each counted as the more the more alike: 1 when equal, 0 when only just alike enough. Tells right from
  // wrong masters better than the number does.
  double evidence = 0;
  double rms_px = 0;             // of the inliers, in px of the master's picture
  std::vector<PointPair> pairs;  // the inliers: leak px -> master px
};

// Tries the leak as it is, then mirrored. `leak_mirrored` is mirror_features(leak). Wrong masters stay below
// min_inliers: docs/decisions/0003-which-master.md. Deterministic; thread-safe.
MatchResult match_to_master(const Features& leak, const Features& leak_mirrored, const Features& master,
                            const MatchOptions& options = {});

}  // namespace probity::trace
