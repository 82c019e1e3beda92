#include "trace/plane_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <opencv2/calib3d.hpp>
#include <vector>

namespace probity::trace {
namespace {

struct Centroids {
  cv::Point2d from;
  cv::Point2d to;
};

Centroids centroids(std::span<const PointPair> pairs) {
  Centroids sums;
  for (const PointPair& pair : pairs) {
    sums.from += pair.from;
    sums.to += pair.to;
  }
  const double share = 1.0 / static_cast<double>(pairs.size());
  return {sums.from * share, sums.to * share};
}

// The map x -> linear * (x - from) + to.
cv::Matx33d around(const cv::Matx22d& linear, const Centroids& centres) {
  const cv::Vec2d moved = linear * cv::Vec2d(centres.from.x, centres.from.y);
  return {linear(0, 0),
          linear(0, 1),
          centres.to.x - moved[0],
          linear(1, 0),
          linear(1, 1),
          centres.to.y - moved[1],
          0,
          0,
          1};
}

struct Stretch {
  double largest;
  double smallest;
};

Stretch singular_values(const cv::Matx22d& m) {
  const double half_sum = 0.5 * (m(0, 0) * m(0, 0) + m(0, 1) * m(0, 1) + m(1, 0) * m(1, 0) + m(1, 1) * m(1, 1));
  const double determinant = m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0);
  const double root = std::sqrt(std::max(0.0, half_sum * half_sum - determinant * determinant));
  return {std::sqrt(half_sum + root), std::sqrt(std::max(0.0, half_sum - root))};
}

double determinant(const cv::Matx22d& m) { return m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0); }

bool is_convex(const std::array<cv::Point2d, 4>& corners) {
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Point2d side = corners[(i + 1) % 4] - corners[i];
    const cv::Point2d next = corners[(i + 2) % 4] - corners[(i + 1) % 4];
    if (side.cross(next) <= 0) return false;
  }
  return true;
}

bool is_plausible_at(const cv::Matx33d& map, const cv::Point2d& point, double largest_stretch) {
  const cv::Matx22d linear = jacobian(map, point);
  const Stretch stretch = singular_values(linear);
  return determinant(linear) > 0 && stretch.largest < 20 && stretch.smallest > 1.0 / 20 &&
         stretch.largest < largest_stretch * stretch.smallest;
}

}  // namespace

std::optional<cv::Matx33d> fit_similarity(std::span<const PointPair> pairs) {
  if (pairs.size() < 2) return std::nullopt;
  const Centroids centres = centroids(pairs);
  double along = 0, across = 0, spread = 0;
  for (const PointPair& pair : pairs) {
    const cv::Point2d from = pair.from - centres.from, to = pair.to - centres.to;
    along += from.dot(to);
    across += from.cross(to);
    spread += from.dot(from);
  }
  if (spread < 1) return std::nullopt;
  const double c = along / spread, s = across / spread;
  return around({c, -s, s, c}, centres);
}

std::optional<cv::Matx33d> fit_affine(std::span<const PointPair> pairs) {
  if (pairs.size() < 3) return std::nullopt;
  const Centroids centres = centroids(pairs);
  cv::Matx22d spread = cv::Matx22d::zeros(), product = cv::Matx22d::zeros();
  for (const PointPair& pair : pairs) {
    const cv::Point2d from = pair.from - centres.from, to = pair.to - centres.to;
    spread += cv::Matx22d(from.x * from.x, from.x * from.y, from.x * from.y, from.y * from.y);
    product += cv::Matx22d(to.x * from.x, to.x * from.y, to.y * from.x, to.y * from.y);
  }
  // Nearly on a line: the share of the narrow direction is under a percent.
  const Stretch widths = singular_values(spread);
  if (widths.smallest < 1e-4 * widths.largest || widths.smallest < 1) return std::nullopt;
  return around(product * spread.inv(), centres);
}

std::optional<cv::Matx33d> fit_homography(std::span<const PointPair> pairs) {
  if (pairs.size() < 4) return std::nullopt;
  std::vector<cv::Point2d> from, to;
  for (const PointPair& pair : pairs) {
    from.push_back(pair.from);
    to.push_back(pair.to);
  }
  const cv::Mat map = cv::findHomography(from, to, 0);
  if (map.empty() || !cv::checkRange(map)) return std::nullopt;
  return cv::Matx33d(map);
}

cv::Point2d map_point(const cv::Matx33d& map, const cv::Point2d& point) {
  const cv::Vec3d mapped = map * cv::Vec3d(point.x, point.y, 1);
  if (mapped[2] <= 1e-12) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  return {mapped[0] / mapped[2], mapped[1] / mapped[2]};
}

cv::Matx22d jacobian(const cv::Matx33d& map, const cv::Point2d& point) {
  const cv::Vec3d mapped = map * cv::Vec3d(point.x, point.y, 1);
  const double x = mapped[0] / mapped[2], y = mapped[1] / mapped[2], w = 1 / mapped[2];
  return {w * (map(0, 0) - x * map(2, 0)), w * (map(0, 1) - x * map(2, 1)), w * (map(1, 0) - y * map(2, 0)),
          w * (map(1, 1) - y * map(2, 1))};
}

bool is_plausible_view(const cv::Matx33d& map, cv::Size frame) {
  const double right = frame.width - 1, bottom = frame.height - 1;
  const std::array<cv::Point2d, 4> corners = {cv::Point2d(0, 0), {right, 0}, {right, bottom}, {0, bottom}};
  std::array<cv::Point2d, 4> mapped;
  double smallest_area = std::numeric_limits<double>::infinity(), largest_area = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    mapped[i] = map_point(map, corners[i]);
    if (!std::isfinite(mapped[i].x) || !is_plausible_at(map, corners[i], 4)) return false;
    const double area = determinant(jacobian(map, corners[i]));
    smallest_area = std::min(smallest_area, area);
    largest_area = std::max(largest_area, area);
  }
  if (largest_area > 16 * smallest_area || !is_convex(mapped)) return false;
  return is_plausible_at(map, {right / 2, bottom / 2}, 2.5);
}

}  // namespace probity::trace
