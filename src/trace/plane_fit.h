// Maps from one picture's plane to another's, fitted to point pairs: similarity, affine map, homography.
#pragma once

#include <opencv2/core.hpp>
#include <optional>
#include <span>

namespace probity::trace {

struct PointPair {
  cv::Point2d from;
  cv::Point2d to;
};

// Least-squares fits. Empty when there are too few pairs (2, 3, 4) or they lie on a line.
std::optional<cv::Matx33d> fit_similarity(std::span<const PointPair> pairs);
std::optional<cv::Matx33d> fit_affine(std::span<const PointPair> pairs);
std::optional<cv::Matx33d> fit_homography(std::span<const PointPair> pairs);

// Where a map sends a point. Points that it sends to infinity or behind the viewer come back as NaN.
cv::Point2d map_point(const cv::Matx33d& map, const cv::Point2d& point);

// The linear map that `map` is like near a point: rows are the gradients of x and y.
cv::Matx22d jacobian(const cv::Matx33d& map, const cv::Point2d& point);

// Whether a camera, a scanner or an editor could have made this of a picture of `frame` px: no mirroring, corners in
// convex position, sizes between 1/20 and 20, stretched and sheared at most to 1 : 2.5 in the middle and 1 : 4 at a
// corner, and nearer corners at most 4 times as large as farther ones. Degenerate homographies, the main source of
// wrong matches, fail this.
bool is_plausible_view(const cv::Matx33d& map, cv::Size frame);

}  // namespace probity::trace
