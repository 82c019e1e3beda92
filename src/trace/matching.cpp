#include "trace/matching.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <numeric>
#include <opencv2/calib3d.hpp>
#include <tuple>
#include <unordered_map>

#include "trace/descriptor_search.h"

// How a map is found. Nearly all nearest neighbours of a small crop are wrong, so the search does not depend on lucky
// random samples: a SIFT match carries place, size and direction, that is a whole similarity, so *each* of the most
// distinctive matches is taken as a guess and the others are asked whether they agree, loosely. The best guesses are
// grown: fit, ask again with a tighter tolerance, allow an affine map and then a homography as agreement grows; then
// match anew, each feature only against those near where the map says it should be, which needs no ratio test and
// doubles or triples the inliers. A homography by MAGSAC on all matches is one more guess, for strong perspective.
namespace probity::trace {
namespace {

constexpr float kMaxRatio = 0.9F;     // squared; generous, because geometry decides
constexpr float kMagsacRatio = 0.7F;  // squared
constexpr std::size_t kMaxSeeds = 300;
constexpr std::size_t kMaxGuesses = 8;
constexpr float kMaxGuidedDistance = 80'000;  // squared: a cosine of 0.85
// Matches that say "this master": squared, a cosine of 0.9. Measured: right ones lie at 0 to 30,000 (to 70,000 in
// photos of screens), chance matches near a wrong place at 40,000 and more.
constexpr float kMaxSureDistance = 50'000;
constexpr std::size_t kEnoughInliers = 80;  // no further guess is tried
constexpr double kMaxOctaves = 0.6;         // of disagreement in size, when guided
constexpr double kMaxTurn = 25;             // degrees of disagreement in direction, when guided

double turn_between(double a, double b) { return std::abs(std::remainder(a - b, 360.0)); }

// Points that SIFT reports several times, with several directions, count as one place.
std::vector<std::uint32_t> places(const Features& features) {
  std::unordered_map<std::uint64_t, std::uint32_t> first;
  std::vector<std::uint32_t> out;
  out.reserve(features.count());
  for (const KeyPoint& point : features.points) {
    const std::uint64_t key =
        static_cast<std::uint64_t>(std::bit_cast<std::uint32_t>(point.x)) << 32 | std::bit_cast<std::uint32_t>(point.y);
    out.push_back(first.emplace(key, static_cast<std::uint32_t>(out.size())).first->second);
  }
  return out;
}

// Buckets the master's points by place, for "what is near here".
class PointGrid {
 public:
  PointGrid(const Features& features, double cell_px) : features_(features), cell_px_(cell_px) {
    columns_ = static_cast<int>(features.frame.width / cell_px) + 1;
    rows_ = static_cast<int>(features.frame.height / cell_px) + 1;
    cells_.resize(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_));
    for (std::uint32_t i = 0; i < features.count(); ++i)
      cells_[index(column(features.points[i].x), row(features.points[i].y))].push_back(i);
  }

  template <class Visit>
  void each_near(const cv::Point2d& at, double radius, Visit visit) const {
    for (int r = row(at.y - radius); r <= row(at.y + radius); ++r)
      for (int c = column(at.x - radius); c <= column(at.x + radius); ++c)
        for (const std::uint32_t i : cells_[index(c, r)])
          if (cv::norm(features_.points[i].at() - at) <= radius) visit(i);
  }

 private:
  int column(double x) const { return static_cast<int>(std::clamp(x / cell_px_, 0.0, columns_ - 1.0)); }
  int row(double y) const { return static_cast<int>(std::clamp(y / cell_px_, 0.0, rows_ - 1.0)); }
  std::size_t index(int column, int row) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
  }

  const Features& features_;
  double cell_px_;
  int columns_ = 0;
  int rows_ = 0;
  std::vector<std::vector<std::uint32_t>> cells_;
};

float squared_distance(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) {
  int sum = 0;
  for (std::size_t k = 0; k < kDescriptorSize; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return static_cast<float>(sum);
}

struct View {
  cv::Matx33d map;
  std::vector<FeatureMatch> inliers;
};

// One leak against one master, in one handedness.
class ViewSearch {
 public:
  ViewSearch(const Features& leak, const Features& master)
      : leak_(leak), master_(master), leak_places_(places(leak)), master_places_(places(master)), grid_(master, 24) {}

  std::optional<View> best() {
    matches_ = match_features(leak_, master_, kMaxRatio);
    std::optional<View> best;
    const auto consider = [&](const std::optional<cv::Matx33d>& map) {
      if (!map) return;
      std::optional<View> view = refine(*map);
      if (view && (!best || view->inliers.size() > best->inliers.size())) best = std::move(view);
    };
    for (const std::vector<FeatureMatch>& guess : guesses()) {
      if (best && best->inliers.size() >= kEnoughInliers) return best;
      consider(grow(guess));
    }
    consider(magsac());
    return best;
  }

  std::vector<PointPair> pairs(std::span<const FeatureMatch> matches) const {
    std::vector<PointPair> out;
    for (const FeatureMatch& match : matches)
      out.push_back({leak_.points[match.leak].at(), master_.points[match.master].at()});
    return out;
  }

 private:
  // The matches that agree with the similarity that one match stands for. SIFT's sizes and directions are coarse, so
  // the tolerance grows with the distance from the seed.
  std::vector<FeatureMatch> supporters(const FeatureMatch& seed) const {
    const KeyPoint& leak = leak_.points[seed.leak];
    const KeyPoint& master = master_.points[seed.master];
    const double scale = master.size / leak.size;
    const double turn = master.angle - leak.angle;
    const double c = scale * std::cos(turn * std::numbers::pi / 180),
                 s = scale * std::sin(turn * std::numbers::pi / 180);
    std::vector<FeatureMatch> out;
    for (const FeatureMatch& match : matches_) {
      const KeyPoint& from = leak_.points[match.leak];
      const KeyPoint& to = master_.points[match.master];
      const cv::Point2d arm = from.at() - leak.at();
      const cv::Point2d turned(c * arm.x - s * arm.y, s * arm.x + c * arm.y);
      const cv::Point2d error = master.at() + turned - to.at();
      const double tolerance = 6 + 0.2 * std::sqrt(turned.dot(turned));
      if (error.dot(error) > tolerance * tolerance) continue;
      if (turn_between(to.angle - from.angle, turn) > 35) continue;
      if (std::abs(std::log2(to.size / from.size / scale)) > 0.8) continue;
      out.push_back(match);
    }
    return distinct(std::move(out));
  }

  // The guesses with most supporters; no two from the same group of matches.
  std::vector<std::vector<FeatureMatch>> guesses() const {
    std::vector<std::vector<FeatureMatch>> all;
    for (std::size_t i = 0; i < std::min(matches_.size(), kMaxSeeds); ++i) {
      all.push_back(supporters(matches_[i]));
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
    std::vector<bool> used(leak_.count());
    std::vector<std::vector<FeatureMatch>> chosen;
    for (std::vector<FeatureMatch>& guess : all) {
      if (guess.size() < 3 || chosen.size() == kMaxGuesses) break;
      const auto known = std::count_if(guess.begin(), guess.end(), [&](const FeatureMatch& m) { return used[m.leak]; });
      if (2 * known > std::ssize(guess)) continue;
      for (const FeatureMatch& match : guess) used[match.leak] = true;
      chosen.push_back(std::move(guess));
    }
    return chosen;
  }

  // Fits, drops and regains matches with a shrinking tolerance.
  std::optional<cv::Matx33d> grow(std::vector<FeatureMatch> support) const {
    std::optional<cv::Matx33d> map;
    for (const double tolerance : {24.0, 12.0, 8.0, 6.0}) {
      const std::optional<cv::Matx33d> fitted = fit(support);
      if (!fitted) return map;
      map = fitted;
      support = distinct(within(*map, matches_, tolerance));
    }
    return map;
  }

  // The most flexible map that the number of matches can carry and that is plausible.
  std::optional<cv::Matx33d> fit(std::span<const FeatureMatch> matches) const {
    const std::vector<PointPair> points = pairs(matches);
    if (points.size() >= 14)
      if (const auto map = fit_homography(points); map && is_plausible_view(*map, leak_.frame)) return map;
    if (points.size() >= 6)
      if (const auto map = fit_affine(points); map && is_plausible_view(*map, leak_.frame)) return map;
    if (points.size() >= 3)
      if (const auto map = fit_similarity(points); map && is_plausible_view(*map, leak_.frame)) return map;
    return std::nullopt;
  }

  std::vector<FeatureMatch> within(const cv::Matx33d& map, std::span<const FeatureMatch> matches,
                                   double tolerance_px) const {
    std::vector<FeatureMatch> out;
    for (const FeatureMatch& match : matches) {
      const cv::Point2d error = map_point(map, leak_.points[match.leak].at()) - master_.points[match.master].at();
      if (error.dot(error) <= tolerance_px * tolerance_px) out.push_back(match);
    }
    return out;
  }

  // Nearest first, each place of either picture once.
  std::vector<FeatureMatch> distinct(std::vector<FeatureMatch> matches) const {
    std::sort(matches.begin(), matches.end(), [](const FeatureMatch& a, const FeatureMatch& b) {
      return std::tie(a.distance, a.leak, a.master) < std::tie(b.distance, b.leak, b.master);
    });
    std::unordered_map<std::uint32_t, bool> leak_taken, master_taken;
    std::vector<FeatureMatch> out;
    for (const FeatureMatch& match : matches) {
      bool& leak = leak_taken[leak_places_[match.leak]];
      bool& master = master_taken[master_places_[match.master]];
      if (leak || master) continue;
      leak = master = true;
      out.push_back(match);
    }
    return out;
  }

  // Matches each feature of the leak with the most similar one near where the map sends it.
  std::vector<FeatureMatch> match_guided(const cv::Matx33d& map, double radius_px) const {
    std::vector<FeatureMatch> out;
    for (std::uint32_t i = 0; i < leak_.count(); ++i) {
      const KeyPoint& from = leak_.points[i];
      const cv::Point2d at = map_point(map, from.at());
      if (!std::isfinite(at.x)) continue;
      const cv::Matx22d linear = jacobian(map, from.at());
      const double radians = from.angle * std::numbers::pi / 180;
      const cv::Vec2d direction = linear * cv::Vec2d(std::cos(radians), std::sin(radians));
      const double angle = std::atan2(direction[1], direction[0]) * 180 / std::numbers::pi;
      const double size = from.size * std::sqrt(std::abs(cv::determinant(linear)));
      FeatureMatch best{i, 0, kMaxGuidedDistance, 0};
      grid_.each_near(at, radius_px, [&](std::uint32_t j) {
        const KeyPoint& to = master_.points[j];
        if (turn_between(to.angle, angle) > kMaxTurn || std::abs(std::log2(to.size / size)) > kMaxOctaves) return;
        const float distance = squared_distance(leak_.descriptor(i), master_.descriptor(j));
        if (distance < best.distance) best = {i, j, distance, 0};
      });
      if (best.distance < kMaxGuidedDistance) out.push_back(best);
    }
    return distinct(std::move(out));
  }

  // A pixel of a small leak is several of the master, and so is its error.
  double inlier_tolerance(const cv::Matx33d& map) const {
    const cv::Matx22d linear = jacobian(map, {leak_.frame.width / 2.0, leak_.frame.height / 2.0});
    return std::clamp(2 + 0.6 * std::sqrt(std::abs(cv::determinant(linear))), 3.0, 6.0);
  }

  std::optional<View> refine(cv::Matx33d map) const {
    if (!is_plausible_view(map, leak_.frame)) return std::nullopt;
    View view{map, {}};
    for (const double radius : {16.0, 10.0, 8.0}) {
      view.inliers = match_guided(view.map, radius);
      for (const double slack : {2.0, 1.3, 1.0}) {
        const auto kept = within(view.map, view.inliers, slack * inlier_tolerance(view.map));
        const auto fitted = fit(kept);
        if (!fitted) return std::nullopt;
        view.map = *fitted;
      }
    }
    // Chance matches lie anywhere within the tolerance, right ones mostly in its middle.
    view.inliers = within(view.map, view.inliers, inlier_tolerance(view.map) / 2);
    std::erase_if(view.inliers, [](const FeatureMatch& match) { return match.distance > kMaxSureDistance; });
    return view;
  }

  std::optional<cv::Matx33d> magsac() const {
    std::vector<cv::Point2d> from, to;
    for (const FeatureMatch& match : matches_) {
      if (match.ratio > kMagsacRatio) continue;
      from.push_back(leak_.points[match.leak].at());
      to.push_back(master_.points[match.master].at());
    }
    if (from.size() < 12) return std::nullopt;
    const cv::Mat map = cv::findHomography(from, to, cv::USAC_MAGSAC, 4, cv::noArray(), 2000, 0.995);
    if (map.empty() || !cv::checkRange(map)) return std::nullopt;
    return cv::Matx33d(map);
  }

  const Features& leak_;
  const Features& master_;
  std::vector<std::uint32_t> leak_places_;
  std::vector<std::uint32_t> master_places_;
  PointGrid grid_;
  std::vector<FeatureMatch> matches_;
};

MatchResult match_one_way(const Features& leak, const Features& master) {
  MatchResult result;
  ViewSearch search(leak, master);
  const std::optional<View> view = search.best();
  if (!view) return result;
  result.leak_to_reference = view->map;
  result.inliers = static_cast<int>(view->inliers.size());
  result.pairs = search.pairs(view->inliers);
  for (const FeatureMatch& match : view->inliers) result.evidence += 1 - match.distance / kMaxSureDistance;
  double squares = 0;
  for (const PointPair& pair : result.pairs) {
    const cv::Point2d error = map_point(view->map, pair.from) - pair.to;
    squares += error.dot(error);
  }
  result.rms_px = std::sqrt(squares / std::max(1, result.inliers));
  return result;
}

// From the mirrored leak's px back to those of the leak as it was given.
void undo_mirroring(MatchResult& result, int width) {
  const cv::Matx33d mirror(-1, 0, width - 1, 0, 1, 0, 0, 0, 1);
  if (result.leak_to_reference) result.leak_to_reference = *result.leak_to_reference * mirror;
  for (PointPair& pair : result.pairs) pair.from.x = width - 1 - pair.from.x;
  result.mirrored = true;
}

}  // namespace

std::vector<FeatureMatch> match_features(const Features& leak, const Features& master, float max_ratio) {
  const NearestBothWays nearest = search_nearest(leak.descriptors, master.descriptors);
  std::vector<FeatureMatch> matches;
  for (std::uint32_t i = 0; i < nearest.of_left.size(); ++i) {
    const Nearest& found = nearest.of_left[i];
    if (found.index == Nearest::kNone || nearest.of_right[found.index].index != i) continue;
    const float ratio = found.second_distance > 0 ? found.distance / found.second_distance : 1.0F;
    if (ratio < max_ratio) matches.push_back({i, found.index, found.distance, ratio});
  }
  std::sort(matches.begin(), matches.end(), [](const FeatureMatch& a, const FeatureMatch& b) {
    return std::tie(a.ratio, a.leak) < std::tie(b.ratio, b.leak);
  });
  return matches;
}

MatchResult match_to_master(const Features& leak, const Features& leak_mirrored, const Features& master,
                            const MatchOptions& options) {
  MatchResult best = match_one_way(leak, master);
  if (best.inliers < options.certain_inliers) {
    MatchResult mirrored = match_one_way(leak_mirrored, master);
    if (mirrored.inliers > best.inliers) {
      best = std::move(mirrored);
      undo_mirroring(best, leak.frame.width);
    }
  }
  if (best.inliers < options.min_inliers || best.evidence < options.min_evidence) best.leak_to_reference.reset();
  return best;
}

}  // namespace probity::trace
