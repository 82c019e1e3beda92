// Features say where one picture lies on the other; pixels say how well. The leak is cut into blocks; each textured one
// is looked for in the frame, laid over the leak by the plane map, within a few pixels of its place. Of one exposure,
// whatever was cropped, shrunk or recompressed, every block is found and none has moved. A second exposure, even of the
// same hand a moment later, has moved by parallax: near things against far ones. So the ninth decile of what is left of
// the blocks' movements, after the best plane is taken away, tells one exposure from two; a repeated logo or backdrop
// is told by the blocks around it, which are not found.
#include "trace/same_shot.h"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

namespace probity::trace {
namespace {

constexpr int kWorkLongSidePx = 1024;
constexpr int kLeastWorkSidePx = 96;
constexpr int kBlock = 40, kPitch = 24;  // px of the working size
constexpr int kSearch = 8;               // how far a block is looked for, either way
constexpr double kLeastTexture = 1.0;    // grey levels a pixel, along the weaker direction
constexpr double kLeastAgreement = 0.7;  // correlation of a block that is found

constexpr double kSureTexture = 2.0, kSureAgreement = 0.85;  // of blocks whose place is believed
constexpr std::size_t kLeastSureBlocks = 24;

// The coarse look: a quarter of the working size, where skies and walls count too and noise does not.
constexpr int kCoarser = 4;
constexpr int kCoarseBlock = 20, kCoarsePitch = 12, kCoarseSearch = 2;
constexpr double kLeastContrast = 1.5;  // grey levels of deviation
constexpr double kLeastLikeness = 0.75;

// The gates, tuned on the tuning half of bench/shoots.
constexpr int kLeastInliers = 16;
constexpr double kLeastEvidence = 6;
constexpr int kLeastCameraInliers = 40;
constexpr double kLeastCameraShare = 0.5;
constexpr float kCameraRatio = 0.64F;
constexpr double kLeastOverlap = 0.15;
// Less than this is only enough with many features: stickers hide much and leave features everywhere, a shared sign
// leaves them in one place.
constexpr double kSureResemblance = 0.8;
constexpr double kLeastResemblance = 0.55;
constexpr int kManyInliers = 200;
constexpr int kLeastShotInliers = 30;
constexpr double kLeastShotAgreement = 0.4;
constexpr double kMostShotParallax = 0.45;
constexpr double kLeastShotGrain = 0.2;
// Little movement of nearly all blocks: of one burst even where features are too few to fit a camera.
constexpr double kMostPlainParallax = 4, kLeastPlainShare = 0.8;
constexpr double kMostBurstParallax = 8;
constexpr double kMostStandpointParallax = 20;

// Where a pixel of a picture shrunk by `scale` lies in the picture itself, pixel centres at whole numbers.
cv::Matx33d enlarge(double scale) {
  return {1 / scale, 0, 0.5 / scale - 0.5, 0, 1 / scale, 0.5 / scale - 0.5, 0, 0, 1};
}

cv::Mat1b shrink(const cv::Mat1b& luma, double scale) {
  if (scale >= 1) return luma;
  cv::Mat1b small;
  cv::resize(luma, small, {std::max(1, cvRound(luma.cols * scale)), std::max(1, cvRound(luma.rows * scale))}, 0, 0,
             cv::INTER_AREA);
  return small;
}

// Leak and frame at a size that neither has to be enlarged for, and the map between them.
struct Pair {
  cv::Mat1b leak, frame;
  cv::Matx33d leak_to_frame;  // working px of both
};

std::optional<Pair> working_pair(const cv::Mat1b& leak, const cv::Mat1b& frame, const cv::Matx33d& map) {
  const cv::Matx22d linear = jacobian(map, {leak.cols / 2.0, leak.rows / 2.0});
  const double magnification = std::sqrt(std::abs(cv::determinant(linear)));  // frame px a leak px
  if (!std::isfinite(magnification) || magnification <= 0) return std::nullopt;
  const double scale =
      std::min({1.0, static_cast<double>(kWorkLongSidePx) / std::max(leak.cols, leak.rows), magnification});
  const double frame_scale = std::min(1.0, scale / magnification);
  Pair pair{shrink(leak, scale), shrink(frame, frame_scale), {}};
  if (std::min(pair.leak.cols, pair.leak.rows) < kLeastWorkSidePx) return std::nullopt;
  pair.leak_to_frame = enlarge(frame_scale).inv() * map * enlarge(scale);
  return pair;
}

struct Overlay {
  cv::Mat1f frame;  // warped onto the leak
  cv::Mat1b inside;
};

Overlay lay_over(const Pair& pair, const cv::Matx33d& map) {
  Overlay overlay;
  cv::Mat1f frame;
  pair.frame.convertTo(frame, CV_32F);
  cv::warpPerspective(frame, overlay.frame, map, pair.leak.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                      cv::BORDER_REPLICATE);
  const cv::Mat1b all(pair.frame.size(), 255);
  cv::warpPerspective(all, overlay.inside, map, pair.leak.size(), cv::INTER_NEAREST | cv::WARP_INVERSE_MAP,
                      cv::BORDER_CONSTANT, 0);
  return overlay;
}

struct Block {
  cv::Rect area;        // of the working leak
  double texture = 0;   // grey levels a pixel, along the weaker direction
  bool inside = false;  // with its surroundings
  bool found = false;
  double likeness = 0;
  cv::Point2d moved;  // against the overlay, px

  bool textured() const { return texture >= kLeastTexture; }
  cv::Point2d centre() const { return {area.x + area.width / 2.0 - 0.5, area.y + area.height / 2.0 - 0.5}; }
};

std::vector<Block> cut(const cv::Mat1f& leak) {
  cv::Mat1f weaker;
  cv::cornerMinEigenVal(leak, weaker, kBlock, 3);
  // OpenCV's sum is of Sobel gradients (8 times a grey level a pixel) over 4 block sides: this is its unit.
  const double unit = 4.0;
  std::vector<Block> blocks;
  for (int y = kSearch; y + kBlock + kSearch <= leak.rows; y += kPitch)
    for (int x = kSearch; x + kBlock + kSearch <= leak.cols; x += kPitch) {
      Block block;
      block.area = {x, y, kBlock, kBlock};
      block.texture = std::sqrt(std::max(0.0F, weaker(y + kBlock / 2, x + kBlock / 2)) / unit);
      blocks.push_back(block);
    }
  return blocks;
}

// Of the parabola through three neighbouring values, -0.5..0.5.
double peak_offset(float before, float at, float after) {
  const double curvature = double{before} - 2.0 * at + after;
  return curvature >= 0 ? 0 : std::clamp(0.5 * (before - after) / curvature, -0.5, 0.5);
}

void find_block(const cv::Mat1f& leak, const Overlay& overlay, Block& block) {
  const cv::Rect around(block.area.x - kSearch, block.area.y - kSearch, kBlock + 2 * kSearch, kBlock + 2 * kSearch);
  block.found = false;
  block.inside = cv::countNonZero(overlay.inside(around)) == around.area();
  if (!block.textured() || !block.inside) return;
  cv::Mat1f agreement;
  cv::matchTemplate(overlay.frame(around), leak(block.area), agreement, cv::TM_CCOEFF_NORMED);
  double best = 0;
  cv::Point peak;
  cv::minMaxLoc(agreement, nullptr, &best, nullptr, &peak);
  const bool at_edge = peak.x == 0 || peak.y == 0 || peak.x + 1 == agreement.cols || peak.y + 1 == agreement.rows;
  if (best < kLeastAgreement || at_edge) return;
  block.found = true;
  block.likeness = best;
  block.moved = {
      peak.x - kSearch + peak_offset(agreement(peak.y, peak.x - 1), agreement(peak), agreement(peak.y, peak.x + 1)),
      peak.y - kSearch + peak_offset(agreement(peak.y - 1, peak.x), agreement(peak), agreement(peak.y + 1, peak.x))};
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// The plane map that most blocks follow: fitted to all, then to the nearer ones, four times.
std::optional<cv::Matx33d> fit_plane(const std::vector<Block>& blocks) {
  std::vector<PointPair> all;
  for (const Block& block : blocks)
    if (block.found) all.push_back({block.centre(), block.centre() + block.moved});
  std::vector<PointPair> kept = all;
  std::optional<cv::Matx33d> map;
  for (int round = 0; round < 4 && kept.size() >= 12; ++round) {
    map = fit_homography(kept);
    if (!map) return std::nullopt;
    const auto error = [&](const PointPair& pair) { return cv::norm(map_point(*map, pair.from) - pair.to); };
    std::vector<double> errors;
    for (const PointPair& pair : all) errors.push_back(error(pair));
    const double limit = std::max(0.4, 2.5 * quantile(errors, 0.5));
    kept.clear();
    for (std::size_t i = 0; i < all.size(); ++i)
      if (errors[i] <= limit) kept.push_back(all[i]);
  }
  return map;
}

cv::Mat1f finest(const cv::Mat1f& luma) {
  cv::Mat1f smooth;
  cv::GaussianBlur(luma, smooth, {}, 1.2);
  return luma - smooth;
}

// Correlation of the finest detail over the blocks that were found, each block brought to the same weight.
double grain_of(const cv::Mat1f& leak, const Overlay& overlay, const std::vector<Block>& blocks) {
  const cv::Mat1f leak_grain = finest(leak), frame_grain = finest(overlay.frame);
  std::vector<double> correlations;
  for (const Block& block : blocks) {
    if (!block.found) continue;
    const cv::Mat1f a = leak_grain(block.area), b = frame_grain(block.area);
    const double energy = std::sqrt(a.dot(a) * b.dot(b));
    if (energy > 1) correlations.push_back(a.dot(b) / energy);
  }
  return quantile(std::move(correlations), 0.5);
}

// How far blocks have moved, those first whose place can be believed: on edges and grain a place is a guess.
double movement_of(const std::vector<Block>& blocks) {
  std::vector<double> all, sure;
  for (const Block& block : blocks) {
    if (!block.found) continue;
    all.push_back(cv::norm(block.moved));
    if (block.texture >= kSureTexture && block.likeness >= kSureAgreement) sure.push_back(all.back());
  }
  return quantile(sure.size() >= kLeastSureBlocks ? std::move(sure) : std::move(all), 0.85);
}

// Whether the overlap looks alike at a quarter of the size: a sign or a logo that two scenes share does not make them
// resemble each other. The share of blocks with any contrast that are found near their place.
double resemblance_of(const cv::Mat1f& leak, const Overlay& overlay) {
  const cv::Size size(leak.cols / kCoarser, leak.rows / kCoarser);
  cv::Mat1f small_leak, small_frame;
  cv::Mat1b inside;
  cv::resize(leak, small_leak, size, 0, 0, cv::INTER_AREA);
  cv::resize(overlay.frame, small_frame, size, 0, 0, cv::INTER_AREA);
  cv::resize(overlay.inside, inside, size, 0, 0, cv::INTER_NEAREST);
  double asked = 0, alike = 0;
  const int side = kCoarseBlock + 2 * kCoarseSearch;
  for (int y = 0; y + side <= size.height; y += kCoarsePitch)
    for (int x = 0; x + side <= size.width; x += kCoarsePitch) {
      const cv::Rect around(x, y, side, side), block(x + kCoarseSearch, y + kCoarseSearch, kCoarseBlock, kCoarseBlock);
      cv::Scalar mean, deviation;
      cv::meanStdDev(small_leak(block), mean, deviation);
      if (deviation[0] < kLeastContrast || cv::countNonZero(inside(around)) < around.area()) continue;
      cv::Mat1f agreement;
      cv::matchTemplate(small_frame(around), small_leak(block), agreement, cv::TM_CCOEFF_NORMED);
      double best = 0;
      cv::minMaxLoc(agreement, nullptr, &best);
      asked += 1;
      alike += best >= kLeastLikeness ? 1 : 0;
    }
  return asked < 1 ? 0 : alike / asked;
}

void measure_blocks(const Pair& pair, ShotMeasures& measures) {
  cv::Mat1f leak;
  pair.leak.convertTo(leak, CV_32F);
  cv::Matx33d map = pair.leak_to_frame;
  std::vector<Block> blocks = cut(leak);
  Overlay overlay = lay_over(pair, map);
  for (Block& block : blocks) find_block(leak, overlay, block);
  if (const auto plane = fit_plane(blocks)) {
    map = map * *plane;
    overlay = lay_over(pair, map);
    for (Block& block : blocks) find_block(leak, overlay, block);
  }
  double inside = 0, found = 0;
  for (const Block& block : blocks) {
    inside += block.textured() && block.inside ? 1 : 0;
    found += block.found ? 1 : 0;
  }
  measures.overlap = static_cast<double>(cv::countNonZero(overlay.inside)) / static_cast<double>(leak.total());
  measures.resemblance = resemblance_of(leak, overlay);
  if (inside < 1) return;
  measures.agreement = found / inside;
  measures.parallax = 1000 * movement_of(blocks) / std::max(leak.cols, leak.rows);
  measures.grain = grain_of(leak, overlay, blocks);
}

// Matches that one motion of a camera explains, whatever the depth (points on their epipolar lines), and how far they
// lie from where the plane map puts them.
void measure_camera(const LeakShot& leak, const Features& frame, const cv::Matx33d& plane, ShotMeasures& measures) {
  const Features& features = measures.mirrored ? leak.mirrored : leak.shot.features;
  std::vector<cv::Point2d> from, to;
  for (const FeatureMatch& match : match_features(features, frame, kCameraRatio)) {
    from.push_back(features.points[match.leak].at());
    if (measures.mirrored) from.back().x = features.frame.width - 1 - from.back().x;
    to.push_back(frame.points[match.master].at());
  }
  if (std::ssize(from) < kLeastCameraInliers) return;
  cv::Mat1b fits;
  const cv::Mat fundamental = cv::findFundamentalMat(from, to, cv::USAC_MAGSAC, 1.5, 0.999, 4000, fits);
  if (fundamental.empty()) return;
  measures.camera_inliers = cv::countNonZero(fits);
  measures.camera_share = static_cast<double>(measures.camera_inliers) / static_cast<double>(from.size());
  const cv::Matx33d back = plane.inv();
  std::vector<double> distances;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (fits(static_cast<int>(i)) == 0) continue;
    const double distance = cv::norm(map_point(back, to[i]) - from[i]);
    if (std::isfinite(distance)) distances.push_back(distance);
  }
  const double long_side = std::max(features.frame.width, features.frame.height);
  measures.camera_parallax = 1000 * quantile(std::move(distances), 0.85) / long_side;
}

ShotRelation relation_of(const ShotMeasures& m) {
  if (m.inliers < kLeastInliers || m.evidence < kLeastEvidence) return ShotRelation::none;
  if (m.overlap < kLeastOverlap || m.resemblance < kLeastResemblance) return ShotRelation::none;
  if (m.resemblance < kSureResemblance && m.inliers < kManyInliers) return ShotRelation::none;
  if (m.inliers >= kLeastShotInliers && m.agreement >= kLeastShotAgreement && m.parallax <= kMostShotParallax &&
      m.grain >= kLeastShotGrain)
    return ShotRelation::same_shot;
  const bool one_camera = m.camera_inliers >= kLeastCameraInliers && m.camera_share >= kLeastCameraShare;
  const bool plain = m.parallax <= kMostPlainParallax && std::min(m.agreement, m.resemblance) >= kLeastPlainShare;
  if (plain || (one_camera && m.camera_parallax <= kMostBurstParallax)) return ShotRelation::same_burst;
  if (one_camera && m.camera_parallax <= kMostStandpointParallax) return ShotRelation::same_standpoint;
  return ShotRelation::none;
}

// Within a relation, by how little moved and how much agrees.
double score_of(ShotRelation relation, const ShotMeasures& m) {
  const double share = std::clamp(0.5 * std::min(m.agreement, m.resemblance) + 0.5 * std::max(0.0, m.grain), 0.0, 1.0);
  const auto within = [&](double low, double high, double moved) {
    return low + (high - low) * std::clamp(0.6 * (1 - moved) + 0.4 * share, 0.0, 1.0);
  };
  switch (relation) {
    case ShotRelation::same_shot:
      return within(0.85, 0.99, m.parallax / kMostShotParallax);
    case ShotRelation::same_burst:
      return within(0.55, 0.8, std::max(m.camera_parallax, m.parallax) / kMostBurstParallax);
    case ShotRelation::same_standpoint:
      return within(0.25, 0.5, m.camera_parallax / kMostStandpointParallax);
    case ShotRelation::none:
      break;
  }
  return 0;
}

}  // namespace

std::string_view shot_relation_name(ShotRelation relation) {
  static constexpr std::string_view kNames[] = {"none", "same_standpoint", "same_burst", "same_shot"};
  return kNames[static_cast<std::size_t>(relation)];
}

cv::Mat1b shot_luma(const cv::Mat1b& luma) {
  return shrink(luma, static_cast<double>(kShotLongSidePx) / std::max(luma.cols, luma.rows));
}

Shot make_shot(const cv::Mat1b& luma) {
  Shot shot{shot_luma(luma), {}};
  shot.features = extract_features(shot.luma, {.max_count = 3000, .long_side_px = kShotLongSidePx});
  return shot;
}

LeakShot make_leak_shot(const cv::Mat1b& luma) {
  LeakShot leak{{shot_luma(luma), {}}, {}};
  leak.shot.features = extract_features(leak.shot.luma, leak_features());
  leak.mirrored = mirror_features(leak.shot.features);
  return leak;
}

MatchResult match_shot_features(const LeakShot& leak, const Features& frame) {
  return match_to_master(leak.shot.features, leak.mirrored, frame, {.min_inliers = kLeastInliers});
}

ShotComparison compare_shots(const LeakShot& leak, const Shot& frame) {
  return compare_shots(leak, frame, match_shot_features(leak, frame.features));
}

ShotComparison compare_shots(const LeakShot& leak, const Shot& frame, const MatchResult& match) {
  ShotComparison comparison;
  ShotMeasures& measures = comparison.measures;
  measures.inliers = match.inliers;
  measures.evidence = match.evidence;
  measures.mirrored = match.mirrored;
  if (!match.leak_to_reference) return comparison;
  const auto pair = working_pair(leak.shot.luma, frame.luma, *match.leak_to_reference);
  if (!pair) return comparison;
  measure_blocks(*pair, measures);
  comparison.relation = relation_of(measures);
  if (comparison.relation != ShotRelation::same_shot && measures.resemblance >= kLeastResemblance) {
    measure_camera(leak, frame.features, *match.leak_to_reference, measures);
    comparison.relation = relation_of(measures);
  }
  comparison.score = score_of(comparison.relation, measures);
  return comparison;
}

}  // namespace probity::trace
