#include "trace/same_shot.h"

#include <gtest/gtest.h>

#include <cmath>

#include "trace/synthetic.h"

namespace probity::trace {
namespace {

// A scene seen from a little aside: near things move more than far ones, by up to `parallax_px`.
cv::Mat1f seen_from_aside(const cv::Mat1f& scene, double parallax_px, std::uint64_t seed) {
  cv::RNG random(seed);
  cv::Mat1f depth(12, 16);
  random.fill(depth, cv::RNG::UNIFORM, 0, 1);
  cv::resize(depth, depth, scene.size(), 0, 0, cv::INTER_CUBIC);
  cv::Mat1f x(scene.size()), y(scene.size());
  for (int row = 0; row < scene.rows; ++row)
    for (int column = 0; column < scene.cols; ++column) {
      x(row, column) = static_cast<float>(column + parallax_px * depth(row, column));
      y(row, column) = static_cast<float>(row);
    }
  cv::Mat1f seen;
  cv::remap(scene, seen, x, y, cv::INTER_LINEAR, cv::BORDER_REFLECT_101);
  return seen;
}

// One exposure of what is seen: noise of its own.
cv::Mat1b exposed(const cv::Mat1f& seen, double noise, std::uint64_t seed) {
  cv::RNG random(seed);
  cv::Mat1f grain(seen.size());
  random.fill(grain, cv::RNG::NORMAL, 0, noise);
  return cv::Mat1b(cv::Mat(seen + grain));
}

class SameShot : public testing::Test {
 protected:
  const cv::Size size{900, 700};
  const cv::Mat1f scene = synthetic_luma(size, 1, 1);
  const cv::Mat1b frame = exposed(scene, 4, 2);
  const Shot shot = make_shot(frame);
};

TEST_F(SameShot, ACropOfTheFrameIsTheSameShot) {
  cv::Mat1b leak;
  cv::resize(frame(cv::Rect(200, 100, 500, 420)), leak, {}, 0.8, 0.8, cv::INTER_AREA);
  const ShotComparison found = compare_shots(make_leak_shot(leak), shot);
  EXPECT_EQ(found.relation, ShotRelation::same_shot);
  EXPECT_GT(found.measures.agreement, 0.9);
  EXPECT_LT(found.measures.parallax, 0.6);
  EXPECT_FALSE(found.measures.mirrored);
}

TEST_F(SameShot, AMirroredAndDarkenedFrameIsTheSameShot) {
  cv::Mat1b leak;
  cv::flip(frame * 0.6, leak, 1);
  const ShotComparison found = compare_shots(make_leak_shot(leak), shot);
  EXPECT_EQ(found.relation, ShotRelation::same_shot);
  EXPECT_TRUE(found.measures.mirrored);
}

TEST_F(SameShot, AStepAsideIsOfTheSameBurst) {
  const cv::Mat1b leak = exposed(seen_from_aside(scene, 4, 5), 4, 6);
  const ShotComparison found = compare_shots(make_leak_shot(leak), shot);
  EXPECT_EQ(found.relation, ShotRelation::same_burst);
  EXPECT_GT(found.measures.parallax, 0.6);
}

TEST_F(SameShot, AnotherSceneIsNothingEvenUnderTheSameSign) {
  cv::Mat1f other = synthetic_luma(size, 1, 77);
  const cv::Rect sign(300, 200, 260, 180);
  scene(sign).copyTo(other(sign));
  const ShotComparison found = compare_shots(make_leak_shot(exposed(other, 4, 8)), shot);
  EXPECT_GT(found.measures.inliers, 16) << "the sign itself is found";
  EXPECT_EQ(found.relation, ShotRelation::none);
  EXPECT_EQ(found.score, 0);
}

TEST_F(SameShot, NothingInItIsNoShot) {
  const ShotComparison found = compare_shots(make_leak_shot(cv::Mat1b(40, 40, std::uint8_t{128})), shot);
  EXPECT_EQ(found.relation, ShotRelation::none);
  EXPECT_EQ(compare_shots(make_leak_shot(frame), make_shot(cv::Mat1b(700, 900, std::uint8_t{7}))).relation,
            ShotRelation::none);
}

TEST_F(SameShot, StrongerRelationsScoreHigher) {
  const auto score = [&](const cv::Mat1b& leak) { return compare_shots(make_leak_shot(leak), shot).score; };
  EXPECT_GT(score(frame), score(exposed(seen_from_aside(scene, 4, 5), 4, 6)));
  EXPECT_LE(score(frame), 1);
}

}  // namespace
}  // namespace probity::trace
