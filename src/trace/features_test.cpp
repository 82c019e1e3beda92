#include "trace/features.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <filesystem>
#include <opencv2/imgproc.hpp>

#include "support/jpeg_luma.h"
#include "trace/descriptor_search.h"

namespace probity::trace {
namespace {

// Blobs of many sizes at random places: something for SIFT to find, without a file.
cv::Mat1b blobs(int width, int height, std::uint64_t seed) {
  cv::RNG random(seed);
  cv::Mat1b picture(height, width, std::uint8_t{128});
  for (int i = 0; i < width * height / 400; ++i)
    cv::circle(picture, {random.uniform(0, width), random.uniform(0, height)}, random.uniform(2, 14),
               cv::Scalar(random.uniform(0, 256)), cv::FILLED);
  cv::GaussianBlur(picture, picture, {}, 1);
  return picture;
}

TEST(features, keeps_to_the_limit_and_spreads) {
  const Features features = extract_features(blobs(800, 600, 1), {.max_count = 500});
  ASSERT_EQ(features.count(), 500);
  ASSERT_EQ(features.descriptors.size(), 500 * kDescriptorSize);
  int quarters[4] = {};
  for (const KeyPoint& point : features.points) ++quarters[(point.x > 400 ? 1 : 0) + (point.y > 300 ? 2 : 0)];
  for (const int count : quarters) EXPECT_GT(count, 80);
}

TEST(features, are_in_pixels_of_the_picture_asked_for) {
  cv::Mat1b picture(1200, 1600, std::uint8_t{100});
  cv::circle(picture, {1000, 300}, 40, cv::Scalar(200), cv::FILLED);
  const Features features = extract_features(picture, {.max_count = 100, .long_side_px = 400});
  ASSERT_GT(features.count(), 0U);
  double nearest = 1e9;
  for (const KeyPoint& point : features.points)
    nearest = std::min(nearest, cv::norm(point.at() - cv::Point2d(1000, 300)));
  EXPECT_LT(nearest, 2);
}

TEST(features, of_the_same_pixels_are_the_same) {
  const cv::Mat1b picture = blobs(640, 480, 2);
  EXPECT_EQ(serialise(extract_features(picture, {})), serialise(extract_features(picture, {})));
}

TEST(features, of_almost_nothing_are_none) {
  EXPECT_EQ(extract_features(cv::Mat1b(1, 1, std::uint8_t{0}), {}).count(), 0U);
  EXPECT_EQ(extract_features(cv::Mat1b(2, 60'000, std::uint8_t{0}), {}).count(), 0U);
  EXPECT_EQ(extract_features(cv::Mat1b(20, 60'000, std::uint8_t{0}), {}).count(), 0U);
  EXPECT_EQ(extract_features(cv::Mat1b(300, 300, std::uint8_t{77}), {}).count(), 0U);
}

TEST(features, mirrored_are_those_of_the_mirrored_picture) {
  // Noise, because the direction of a round blob is arbitrary.
  cv::Mat1b picture(480, 640);
  cv::RNG(3).fill(picture, cv::RNG::UNIFORM, 0, 256);
  cv::GaussianBlur(picture, picture, {}, 2);
  cv::normalize(picture, picture, 0, 255, cv::NORM_MINMAX);
  cv::Mat1b flipped;
  cv::flip(picture, flipped, 1);
  const Features expected = extract_features(flipped, {});
  const Features mirrored = mirror_features(extract_features(picture, {}));
  const NearestBothWays found = search_nearest(mirrored.descriptors, expected.descriptors);
  int close = 0;
  double shift = 0;
  for (std::size_t i = 0; i < mirrored.count(); ++i) {
    const KeyPoint& a = mirrored.points[i];
    const KeyPoint& b = expected.points[found.of_left[i].index];
    const double turn = std::abs(std::remainder(a.angle - b.angle, 360.0));
    if (std::hypot(a.x - b.x, a.y - b.y) < 1 && turn < 3 && found.of_left[i].distance < 8000) {
      ++close;
      shift += a.x - b.x;
    }
  }
  EXPECT_GT(close, static_cast<int>(mirrored.count()) * 8 / 10);
  EXPECT_NEAR(shift / close, 0, 0.03);
}

TEST(features, come_back_from_their_file_format) {
  const Features features = extract_features(blobs(500, 700, 4), {});
  const auto parsed = parse_features(serialise(features));
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->frame, features.frame);
  EXPECT_EQ(parsed->descriptors, features.descriptors);
  for (std::size_t i = 0; i < features.count(); ++i) {
    EXPECT_NEAR(parsed->points[i].x, features.points[i].x, 0.01);
    EXPECT_NEAR(parsed->points[i].y, features.points[i].y, 0.01);
    EXPECT_NEAR(parsed->points[i].size / features.points[i].size, 1, 0.001);
    EXPECT_NEAR(std::remainder(parsed->points[i].angle - features.points[i].angle, 360.0), 0, 0.01);
    EXPECT_EQ(parsed->points[i].octave, features.points[i].octave);
  }
  EXPECT_EQ(serialise(*parsed), serialise(*parse_features(serialise(*parsed))));
}

TEST(features, refuse_truncated_and_lengthened_files) {
  const Bytes whole = serialise(extract_features(blobs(100, 100, 5), {.max_count = 5}));
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(parse_features(BytesView(whole).first(size)).has_value());
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_FALSE(parse_features(longer).has_value());
}

RC_GTEST_PROP(Features, parse_survives_any_bytes, (const Bytes& tail)) {
  Bytes bytes = serialise(Features{{8, 8}, {}, {}});
  bytes.insert(bytes.end(), tail.begin(), tail.end());
  if (!tail.empty()) bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= tail[0];
  (void)parse_features(bytes);
}

}  // namespace
}  // namespace probity::trace
