// Whether a leaked picture and a frame are one exposure, two of one burst, two from one standpoint, or nothing to each
// other: features, one plane or one camera motion between them, and then the pixels, block by block.
#pragma once

#include <opencv2/core.hpp>
#include <string_view>

#include "trace/features.h"
#include "trace/matching.h"

namespace probity::trace {

inline constexpr int kShotLongSidePx = 1600;

// A picture ready to be compared. A value; the plane is shared on copying, as cv::Mat does.
struct Shot {
  cv::Mat1b luma;     // at most kShotLongSidePx
  Features features;  // in px of `luma`
};

// A leak is compared as it is and mirrored.
struct LeakShot {
  Shot shot;
  Features mirrored;
};

// Luma of any size, shrunk by area. Thread-safe.
cv::Mat1b shot_luma(const cv::Mat1b& luma);
Shot make_shot(const cv::Mat1b& luma);
LeakShot make_leak_shot(const cv::Mat1b& luma);

// From the weakest to the strongest.
enum class ShotRelation { none, same_standpoint, same_burst, same_shot };
std::string_view shot_relation_name(ShotRelation relation);  // "same_shot"

// What the relation was decided by. Lengths are in thousandths of the leak's long side, so that they mean the same for
// a thumbnail and an original.
struct ShotMeasures {
  int inliers = 0;             // features that lie on one plane with the frame's (trace/matching.h)
  double evidence = 0;         // the same, each counted as the more the more alike
  double overlap = 0;          // share of the leak that lies on the frame
  double resemblance = 0;      // share of the overlap that looks alike when both are blurred
  double agreement = 0;        // share of the overlap's textured blocks that the frame shows near their place
  double parallax = 0;         // how far nearly all of these lie from where one plane puts them
  double grain = 0;            // correlation of what is finer than the picture's structure, in [-1, 1]
  int camera_inliers = 0;      // features that fit one motion of a camera (epipolar geometry); 0 when not looked at
  double camera_share = 0;     // of the matches
  double camera_parallax = 0;  // how far nearly all of these lie from where one plane puts them
  bool mirrored = false;
};

struct ShotComparison {
  ShotRelation relation = ShotRelation::none;
  double score = 0;  // 0..1, higher for a stronger relation; for ordering, no probability
  ShotMeasures measures;
};

// Deterministic; thread-safe; about 0.2 s. Errs on the side of none: docs/results.md, "Own footage".
ShotComparison compare_shots(const LeakShot& leak, const Shot& frame);

// The first half of it, from features alone: false when no plane is shared, so that the frame's pixels need not be
// fetched.
MatchResult match_shot_features(const LeakShot& leak, const Features& frame);
ShotComparison compare_shots(const LeakShot& leak, const Shot& frame, const MatchResult& match);

}  // namespace probity::trace
