#include "trace/matching.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "support/jpeg_luma.h"

namespace probity::trace {
namespace {

// Grains and blobs of many sizes: a picture that belongs to its seed alone.
cv::Mat1b texture(int width, int height, int seed) {
  cv::RNG random(static_cast<std::uint64_t>(seed));
  cv::Mat1f sum(height, width, 0.0F);
  for (const double sigma : {1.5, 4.0, 12.0, 40.0}) {
    cv::Mat1f noise(height, width);
    random.fill(noise, cv::RNG::NORMAL, 0, 1);
    cv::GaussianBlur(noise, noise, {}, sigma);
    sum += noise * sigma;
  }
  cv::Mat1b picture;
  cv::normalize(sum, sum, 0, 255, cv::NORM_MINMAX);
  sum.convertTo(picture, CV_8U);
  return picture;
}

MatchResult match(const cv::Mat1b& leak, const Features& master) {
  const Features features = extract_features(leak, leak_features());
  return match_to_master(features, mirror_features(features), master);
}

class matching : public testing::Test {
 protected:
  static void SetUpTestSuite() { master_ = extract_features(picture(), master_features()); }
  static const cv::Mat1b& picture() {
    static const cv::Mat1b picture = texture(1200, 800, 1);
    return picture;
  }
  // The largest error of the found map at the corners of the leak, in master px; `truth` is leak px -> master px.
  static double corner_error(const MatchResult& result, const cv::Matx33d& truth, cv::Size leak) {
    if (!result.leak_to_reference) return INFINITY;
    double worst = 0;
    for (const double x : {0.0, leak.width - 1.0})
      for (const double y : {0.0, leak.height - 1.0})
        worst = std::max(worst, cv::norm(map_point(*result.leak_to_reference, {x, y}) - map_point(truth, {x, y})));
    return worst;
  }
  static inline Features master_;
};

TEST_F(matching, finds_a_small_crop_after_jpeg) {
  const cv::Rect crop(700, 300, 200, 140);
  const MatchResult result = match(support::through_jpeg(picture()(crop).clone(), 65), master_);
  EXPECT_GE(result.inliers, 40);
  EXPECT_LT(corner_error(result, {1, 0, 700, 0, 1, 300, 0, 0, 1}, crop.size()), 1);
  EXPECT_FALSE(result.mirrored);
}

TEST_F(matching, finds_a_turned_leak) {
  const cv::Matx33d turn(0.5, -0.4, 300, 0.4, 0.5, -60, 0, 0, 1);
  cv::Mat1b leak;
  cv::warpPerspective(picture(), leak, turn, {700, 700}, cv::INTER_AREA);
  EXPECT_LT(corner_error(match(leak, master_), turn.inv(), leak.size()), 1);
}

TEST_F(matching, finds_a_mirrored_leak_in_its_own_pixels) {
  cv::Mat1b leak;
  cv::flip(picture()(cv::Rect(100, 100, 600, 500)), leak, 1);
  const MatchResult result = match(leak, master_);
  EXPECT_TRUE(result.mirrored);
  EXPECT_LT(corner_error(result, {-1, 0, 100 + 599, 0, 1, 100, 0, 0, 1}, leak.size()), 0.5);
  for (const PointPair& pair : result.pairs) EXPECT_LT(std::abs(599 - pair.from.x + 100 - pair.to.x), 6);
}

TEST_F(matching, finds_a_view_in_perspective) {
  const std::vector<cv::Point2f> corners = {{0, 0}, {1199, 0}, {1199, 799}, {0, 799}};
  const std::vector<cv::Point2f> seen = {{40, 90}, {820, 20}, {790, 590}, {90, 480}};
  const cv::Matx33d view(cv::getPerspectiveTransform(corners, seen));
  cv::Mat1b leak;
  cv::warpPerspective(picture(), leak, view, {860, 620}, cv::INTER_AREA);
  cv::GaussianBlur(leak, leak, {}, 1);
  EXPECT_LT(corner_error(match(leak, master_), view.inv(), leak.size()), 2);
}

TEST_F(matching, refuses_another_picture) {
  const MatchResult result = match(texture(1000, 700, 2), master_);
  EXPECT_FALSE(result.leak_to_reference.has_value());
  EXPECT_LT(result.inliers, 12);
}

TEST_F(matching, refuses_nothing_at_all) {
  EXPECT_FALSE(match(cv::Mat1b(300, 300, std::uint8_t{9}), master_).leak_to_reference.has_value());
  EXPECT_FALSE(match(picture(), Features{{1200, 800}, {}, {}}).leak_to_reference.has_value());
}

TEST_F(matching, is_deterministic) {
  const cv::Mat1b leak = support::through_jpeg(picture()(cv::Rect(50, 60, 300, 300)).clone(), 40);
  const MatchResult first = match(leak, master_), second = match(leak, master_);
  ASSERT_TRUE(first.leak_to_reference && second.leak_to_reference);
  EXPECT_EQ(*first.leak_to_reference, *second.leak_to_reference);
  EXPECT_EQ(first.inliers, second.inliers);
}

TEST(plane_fit, refuses_views_that_no_camera_sees) {
  const cv::Size frame(400, 300);
  EXPECT_TRUE(is_plausible_view(cv::Matx33d::eye(), frame));
  EXPECT_TRUE(is_plausible_view({0, -2, 0, 2, 0, 0, 0, 0, 1}, frame));
  EXPECT_FALSE(is_plausible_view({-1, 0, 0, 0, 1, 0, 0, 0, 1}, frame)) << "mirrored";
  EXPECT_FALSE(is_plausible_view({4, 0, 0, 0, 1, 0, 0, 0, 1}, frame)) << "stretched";
  EXPECT_FALSE(is_plausible_view({0.01, 0, 0, 0, 0.01, 0, 0, 0, 1}, frame)) << "collapsed to a point";
  EXPECT_FALSE(is_plausible_view({1, 0, 0, 0, 1, 0, -0.004, 0, 1}, frame)) << "horizon inside the picture";
}

TEST(plane_fit, recovers_the_maps_it_is_given) {
  const cv::Matx33d similarity(0.6, -0.8, 5, 0.8, 0.6, 7, 0, 0, 1), affine(1.2, 0.3, 5, -0.1, 0.8, 7, 0, 0, 1),
      homography(1.2, 0.3, 5, -0.1, 0.8, 7, 1e-4, -2e-4, 1);
  const auto pairs_of = [](const cv::Matx33d& map) {
    std::vector<PointPair> pairs;
    for (const cv::Point2d from : {cv::Point2d(0, 0), {90, 10}, {80, 120}, {-10, 70}, {40, 33}})
      pairs.push_back({from, map_point(map, from)});
    return pairs;
  };
  EXPECT_LT(cv::norm(*fit_similarity(pairs_of(similarity)) - similarity), 1e-9);
  EXPECT_LT(cv::norm(*fit_affine(pairs_of(affine)) - affine), 1e-9);
  EXPECT_LT(cv::norm(*fit_homography(pairs_of(homography)) - homography), 1e-5);
  const std::vector<PointPair> line = {{{0, 0}, {0, 0}}, {{1, 1}, {2, 2}}, {{50, 50}, {9, 9}}};
  EXPECT_FALSE(fit_affine(line).has_value());
}

}  // namespace
}  // namespace probity::trace
