#include "attacks/screen_photo.h"

#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

namespace probity::bench {
namespace {

TEST(screen_photo, same_seed_same_photo_and_the_screen_fills_the_frame) {
  const cv::Mat white(600, 900, CV_8UC3, cv::Scalar::all(230));
  Dice first(5);
  Dice second(5);
  const cv::Mat photo = screen_photo(white, {}, first);
  EXPECT_EQ(photo.size(), cv::Size(4000, 3000));
  EXPECT_EQ(cv::norm(photo, screen_photo(white, {}, second), cv::NORM_INF), 0);
  cv::Mat grey;
  cv::cvtColor(photo, grey, cv::COLOR_RGB2GRAY);
  const double lit = cv::countNonZero(grey > 110) / static_cast<double>(grey.total());
  EXPECT_GT(lit, 0.6);
  EXPECT_LT(lit, 0.92);
}

TEST(screen_photo, portrait_pictures_are_taken_upright) {
  Dice dice(2);
  EXPECT_EQ(screen_photo(cv::Mat(900, 600, CV_8UC3, cv::Scalar::all(99)), hard_screen_photo(), dice).size(),
            cv::Size(3000, 4000));
}

}  // namespace
}  // namespace probity::bench
