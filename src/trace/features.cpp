#include "trace/features.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <opencv2/features2d.hpp>
#include <opencv2/imgproc.hpp>
#include <tuple>

namespace probity::trace {
namespace {

constexpr int kMinSide = 16;
constexpr int kGridCellsLongSide = 16;
constexpr int kMaxCoarseOctave = 4;

// The picture at the size features are looked for, and how to come back.
struct Scaled {
  cv::Mat1b luma;
  double x_scale = 1;  // px of the original per px here
  double y_scale = 1;
};

Scaled scale_for_detection(const cv::Mat1b& luma, const FeatureOptions& options) {
  const int long_side = std::max(luma.cols, luma.rows);
  double factor = 1;
  if (long_side > options.long_side_px) factor = static_cast<double>(options.long_side_px) / long_side;
  if (long_side < options.enlarge_below_px) factor = 2;
  if (factor == 1) return {luma, 1, 1};
  const cv::Size size(std::max(1, cvRound(luma.cols * factor)), std::max(1, cvRound(luma.rows * factor)));
  Scaled scaled;
  cv::resize(luma, scaled.luma, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  scaled.x_scale = static_cast<double>(luma.cols) / size.width;
  scaled.y_scale = static_cast<double>(luma.rows) / size.height;
  return scaled;
}

// SIFT packs the octave in the low byte as a signed number; -1 is the doubled picture.
int octave_of(const cv::KeyPoint& point) { return static_cast<std::int8_t>(point.octave & 0xff); }

// Which part of the picture and which scale a point belongs to.
int stratum_of(const cv::KeyPoint& point, cv::Size frame) {
  const double cell = std::max(1.0, static_cast<double>(std::max(frame.width, frame.height)) / kGridCellsLongSide);
  const int column = std::clamp(static_cast<int>(point.pt.x / cell), 0, kGridCellsLongSide - 1);
  const int row = std::clamp(static_cast<int>(point.pt.y / cell), 0, kGridCellsLongSide - 1);
  const int octave = std::clamp(octave_of(point), -1, kMaxCoarseOctave) + 1;
  return (octave * kGridCellsLongSide + row) * kGridCellsLongSide + column;
}

// A total order, so that the choice never depends on the order in which threads found the points.
bool stronger(const cv::KeyPoint& a, const cv::KeyPoint& b) {
  return std::tuple(-a.response, a.pt.y, a.pt.x, a.size, a.angle) <
         std::tuple(-b.response, b.pt.y, b.pt.x, b.size, b.angle);
}

// Keeps max_count points. A stratum's share grows with the square root of what it has: halfway between the same for
// every part of the picture (which would spend half of the points on noise in the sky) and the strongest anywhere
// (which would leave the sky empty).
std::vector<cv::KeyPoint> choose_spread(std::vector<cv::KeyPoint> points, cv::Size frame, int max_count) {
  std::sort(points.begin(), points.end(), stronger);
  if (std::ssize(points) <= max_count) return points;
  const std::size_t strata = static_cast<std::size_t>(kMaxCoarseOctave + 2) * kGridCellsLongSide * kGridCellsLongSide;
  std::vector<int> totals(strata);
  for (const cv::KeyPoint& point : points) ++totals[static_cast<std::size_t>(stratum_of(point, frame))];
  struct Ranked {
    double rank;
    std::size_t index;
  };
  std::vector<Ranked> ranked;
  ranked.reserve(points.size());
  std::vector<int> seen(strata);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto stratum = static_cast<std::size_t>(stratum_of(points[i], frame));
    ranked.push_back({(seen[stratum]++ + 0.5) / std::sqrt(static_cast<double>(totals[stratum])), i});
  }
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return std::tie(a.rank, a.index) < std::tie(b.rank, b.index); });
  std::vector<cv::KeyPoint> chosen;
  chosen.reserve(static_cast<std::size_t>(max_count));
  for (int i = 0; i < max_count; ++i) chosen.push_back(points[ranked[static_cast<std::size_t>(i)].index]);
  return chosen;
}

// RootSIFT (Arandjelovic and Zisserman, CVPR 2012): the Hellinger kernel of the gradient histogram.
void append_root_sift(const float* sift, std::vector<std::uint8_t>& out) {
  float sum = 0;
  for (std::size_t i = 0; i < kDescriptorSize; ++i) sum += sift[i];
  const float scale = sum > 0 ? 1.0F / sum : 0.0F;
  for (std::size_t i = 0; i < kDescriptorSize; ++i)
    out.push_back(static_cast<std::uint8_t>(std::min(255.0F, std::round(512.0F * std::sqrt(sift[i] * scale)))));
}

// OpenCV 4.6 doubles the picture with its centre kept but halves coordinates as if its corner had been: all points come
// out this much too far to the right and down.
constexpr double kDoublingBias = 0.25;

KeyPoint to_key_point(const cv::KeyPoint& point, const Scaled& scaled) {
  KeyPoint out;
  out.x = static_cast<float>((point.pt.x - kDoublingBias + 0.5) * scaled.x_scale - 0.5);
  out.y = static_cast<float>((point.pt.y - kDoublingBias + 0.5) * scaled.y_scale - 0.5);
  out.size = static_cast<float>(point.size * std::sqrt(scaled.x_scale * scaled.y_scale));
  out.angle = point.angle >= 360 ? point.angle - 360 : point.angle;
  out.response = point.response;
  out.octave = static_cast<std::int8_t>(octave_of(point));
  return out;
}

}  // namespace

FeatureOptions master_features() { return {.max_count = 6000, .long_side_px = 1600, .enlarge_below_px = 480}; }

FeatureOptions leak_features() { return {.max_count = 2000, .long_side_px = 1024, .enlarge_below_px = 480}; }

Features extract_features(const cv::Mat1b& luma, const FeatureOptions& options) {
  Features features;
  features.frame = luma.size();
  if (std::min(luma.cols, luma.rows) < kMinSide) return features;
  const Scaled scaled = scale_for_detection(luma, options);
  if (std::min(scaled.luma.cols, scaled.luma.rows) < kMinSide) return features;
  const auto sift = cv::SIFT::create(0, 3, options.contrast_threshold, 10, 1.6, CV_32F);
  std::vector<cv::KeyPoint> points;
  sift->detect(scaled.luma, points);
  points = choose_spread(std::move(points), scaled.luma.size(), options.max_count);
  if (points.empty()) return features;
  cv::Mat1f descriptors;
  sift->compute(scaled.luma, points, descriptors);
  features.points.reserve(points.size());
  features.descriptors.reserve(points.size() * kDescriptorSize);
  for (std::size_t i = 0; i < points.size(); ++i) {
    features.points.push_back(to_key_point(points[i], scaled));
    append_root_sift(descriptors.ptr<float>(static_cast<int>(i)), features.descriptors);
  }
  return features;
}

Features mirror_features(const Features& features) {
  Features mirrored = features;
  for (KeyPoint& point : mirrored.points) {
    point.x = static_cast<float>(features.frame.width - 1) - point.x;
    point.angle = std::fmod(540.0F - point.angle, 360.0F);
  }
  // A descriptor is 4 x 4 places of 8 directions in the point's own frame; mirroring turns the rows across that frame
  // around and negates the directions.
  for (std::size_t i = 0; i < features.count(); ++i) {
    const std::uint8_t* from = features.descriptors.data() + i * kDescriptorSize;
    std::uint8_t* to = mirrored.descriptors.data() + i * kDescriptorSize;
    for (std::size_t row = 0; row < 4; ++row)
      for (std::size_t column = 0; column < 4; ++column)
        for (std::size_t direction = 0; direction < 8; ++direction)
          to[((3 - row) * 4 + column) * 8 + (8 - direction) % 8] = from[(row * 4 + column) * 8 + direction];
  }
  return mirrored;
}

}  // namespace probity::trace
