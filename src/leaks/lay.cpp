#include "leaks/lay.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "trace/plane_fit.h"

namespace probity::leaks {
namespace {

constexpr int kGridSteps = 160;  // per side: areas to about half a percent of a small crop

bool inside(const cv::Point2d& point, const cv::Size& frame) {
  return point.x >= -0.5 && point.y >= -0.5 && point.x <= frame.width - 0.5 && point.y <= frame.height - 0.5;
}

// Of a picture of `from` px, how much `map` sends into one of `to` px; and the middle of that part.
struct Overlap {
  double share = 0;
  cv::Point2d middle{0, 0};
};
Overlap overlap(const cv::Matx33d& map, const cv::Size& from, const cv::Size& to) {
  Overlap result;
  int hits = 0;
  for (int row = 0; row < kGridSteps; ++row) {
    for (int column = 0; column < kGridSteps; ++column) {
      const cv::Point2d point((column + 0.5) * from.width / kGridSteps - 0.5,
                              (row + 0.5) * from.height / kGridSteps - 0.5);
      const cv::Point2d there = trace::map_point(map, point);
      if (!std::isfinite(there.x) || !std::isfinite(there.y) || !inside(there, to)) continue;
      ++hits;
      result.middle += point;
    }
  }
  result.share = static_cast<double>(hits) / (kGridSteps * kGridSteps);
  result.middle = hits > 0 ? result.middle / hits : cv::Point2d(from.width / 2.0, from.height / 2.0);
  return result;
}

// The leak's frame on the reference, cut off at the reference's edges; the whole reference where that fails.
std::vector<cv::Point2f> outline_on_reference(const cv::Matx33d& leak_to_reference, const cv::Size& leak,
                                              const cv::Size& reference) {
  const auto rectangle = [](const cv::Size& size) {
    const float right = static_cast<float>(size.width) - 0.5F;
    const float bottom = static_cast<float>(size.height) - 0.5F;
    return std::vector<cv::Point2f>{{-0.5F, -0.5F}, {right, -0.5F}, {right, bottom}, {-0.5F, bottom}};
  };
  std::vector<cv::Point2f> frame;
  for (const cv::Point2f& corner : rectangle(leak)) {
    const cv::Point2d there = trace::map_point(leak_to_reference, corner);
    if (!std::isfinite(there.x) || !std::isfinite(there.y)) return rectangle(reference);
    frame.emplace_back(there);
  }
  std::vector<cv::Point2f> shown;
  cv::intersectConvexConvex(frame, rectangle(reference), shown, true);
  return shown.size() >= 3 ? shown : rectangle(reference);
}

void describe_middle(Lay& lay, const cv::Matx33d& reference_to_leak, const cv::Point2d& middle) {
  cv::Matx22d slope = trace::jacobian(reference_to_leak, middle);
  lay.mirrored = cv::determinant(slope) < 0;
  if (lay.mirrored) slope = slope * cv::Matx22d(-1, 0, 0, 1);
  // The nearest rotation: of the polar decomposition, in closed form for 2 x 2.
  lay.rotation_degrees = std::atan2(slope(1, 0) - slope(0, 1), slope(0, 0) + slope(1, 1)) * 180.0 / std::numbers::pi;
  const double sum = std::hypot(slope(0, 0) + slope(1, 1), slope(1, 0) - slope(0, 1));
  const double difference = std::hypot(slope(0, 0) - slope(1, 1), slope(1, 0) + slope(0, 1));
  lay.stretch = (sum + difference) / std::max(1e-9, std::abs(sum - difference));
}

double perspective_of(const trace::Alignment& alignment, std::span<const cv::Point2f> outline) {
  double smallest = 1e300;
  double largest = 0;
  for (const cv::Point2f& point : outline) {
    const double size = trace::magnification(alignment, point);
    if (size <= 0) continue;
    smallest = std::min(smallest, size);
    largest = std::max(largest, size);
  }
  return largest > 0 ? largest / smallest : 1;
}

double bend_of(const trace::DisplacementField& field, const trace::Observation& observation,
               const trace::Reference& reference) {
  std::vector<double> moved_px;
  for (std::size_t cell = 0; cell < observation.soft.size(); ++cell) {
    if (observation.soft[cell] == 0) continue;
    const auto columns = static_cast<std::size_t>(reference.plan.columns);
    const std::size_t at = cell / columns * static_cast<std::size_t>(field.columns) + cell % columns;
    if (at < field.moved_px.size()) moved_px.push_back(cv::norm(field.moved_px[at]) / reference.scale);
  }
  if (moved_px.empty()) return 0;
  const auto nth = moved_px.begin() + static_cast<std::ptrdiff_t>(moved_px.size() * 95 / 100);
  std::ranges::nth_element(moved_px, nth);
  return *nth;
}

}  // namespace

Lay describe_lay(const trace::Alignment& alignment, const trace::Reference& reference,
                 const trace::DisplacementField& displacement, const trace::Observation& observation,
                 double structure_agreement) {
  Lay lay;
  lay.method = alignment.method;
  lay.inliers = alignment.inliers;
  lay.structure_agreement = structure_agreement;
  lay.cells_seen = observation.cells_seen;
  lay.mark_gain = observation.gain;
  const cv::Matx33d leak_to_reference = alignment.reference_to_leak.inv();
  const Overlap shown = overlap(alignment.reference_to_leak, reference.luma.size(), alignment.leak_size);
  lay.share_shown = shown.share;
  lay.share_foreign = 1 - overlap(leak_to_reference, alignment.leak_size, reference.luma.size()).share;
  lay.scale = trace::magnification(alignment, shown.middle) * reference.scale;
  describe_middle(lay, alignment.reference_to_leak, shown.middle);
  const auto outline = outline_on_reference(leak_to_reference, alignment.leak_size, reference.luma.size());
  lay.perspective = perspective_of(alignment, outline);
  lay.bend_px = bend_of(displacement, observation, reference);
  for (const cv::Point2f& point : outline) {
    lay.outline.emplace_back((static_cast<double>(point.x) + 0.5) / reference.scale,
                             (static_cast<double>(point.y) + 0.5) / reference.scale);
  }
  return lay;
}

}  // namespace probity::leaks
