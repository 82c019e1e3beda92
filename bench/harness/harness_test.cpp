#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>

#include "harness/calibration.h"
#include "harness/photos.h"
#include "harness/quality.h"
#include "harness/tracing.h"

namespace probity::bench {
namespace {

cv::Mat noise_picture() {
  cv::Mat picture(80, 90, CV_8UC3);
  cv::RNG(3).fill(picture, cv::RNG::UNIFORM, 40, 200);
  return picture;
}

TEST(quality, equal_pictures_are_perfect_and_a_grey_level_is_48_db) {
  const cv::Mat picture = noise_picture();
  EXPECT_EQ(psnr_db(picture, picture), 99);
  EXPECT_NEAR(ssim_luma(picture, picture), 1, 1e-6);
  EXPECT_NEAR(psnr_db(picture, picture + cv::Scalar::all(1)), 48.13, 0.01);
}

TEST(quality, ssim_of_two_flat_pictures_is_its_luminance_term) {
  const cv::Mat dark(40, 40, CV_8UC3, cv::Scalar::all(100));
  const cv::Mat light(40, 40, CV_8UC3, cv::Scalar::all(120));
  const double c1 = 2.55 * 2.55;
  EXPECT_NEAR(ssim_luma(dark, light), (2 * 100 * 120 + c1) / (100 * 100 + 120 * 120 + c1), 1e-4);
}

TEST(calibration, binomial_tail_agrees_with_the_exact_sum) {
  EXPECT_EQ(binomial_upper_tail(0, 1000, 1e-3), 1);
  // 1 - (1 - 1e-3)^1000 = 0.63230; P(at least 5) = 0.00364.
  EXPECT_NEAR(binomial_upper_tail(1, 1000, 1e-3), 0.6323, 1e-3);
  EXPECT_NEAR(binomial_upper_tail(5, 1000, 1e-3), 0.00364, 5e-5);
  EXPECT_NEAR(binomial_upper_tail(1'000'000, 100'000'000, 1e-2), 0.5, 1e-2);
  EXPECT_LT(binomial_upper_tail(1'010'000, 100'000'000, 1e-2), 1e-6);
}

TEST(judge, an_accused_innocent_spoils_an_identification) {
  Traced traced;
  traced.verdict.kind = code::VerdictKind::identified;
  traced.verdict.standard_scores = {1, 20, 3, 4};
  code::Finding finding;
  finding.candidate = 1;
  finding.log10_total = -12;
  traced.verdict.accused = {finding};
  const std::size_t guilty = 1;
  Outcome outcome = judge(traced, {&guilty, 1});
  EXPECT_TRUE(outcome.identified);
  EXPECT_EQ(outcome.guilty_z, 20);
  EXPECT_EQ(outcome.innocent_z, 4);
  EXPECT_EQ(outcome.innocents, 3U);
  finding.candidate = 2;
  traced.verdict.accused.push_back(finding);
  outcome = judge(traced, {&guilty, 1});
  EXPECT_FALSE(outcome.identified);
  EXPECT_EQ(outcome.innocents_accused, 1U);
}

TEST(photos, halves_are_words_and_nothing_else) {
  EXPECT_EQ(*parse_half("held"), Half::held);
  EXPECT_EQ(parse_half("third").error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace probity::bench
