#include "attacks/chain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "attacks/picture_file.h"
#include "attacks/suite.h"

namespace probity::bench {
namespace {

// Smooth random texture with some colour, so that every attack has something to work on.
cv::Mat sample_picture(int width_px, int height_px) {
  cv::Mat noise(height_px, width_px, CV_8UC3);
  cv::RNG(7).fill(noise, cv::RNG::UNIFORM, 0, 256);
  cv::GaussianBlur(noise, noise, {}, 3);
  return noise * 1.5 - cv::Scalar(40, 60, 80);
}

cv::Mat attacked(const cv::Mat& rgb, std::string_view text, std::uint64_t seed = 1) {
  const auto chain = Chain::parse(text);
  if (!chain) throw std::runtime_error(chain.error().message);
  return chain->apply(rgb, seed)->rgb;
}

std::string parse_error(std::string_view text) {
  const auto chain = Chain::parse(text);
  return chain ? "accepted" : chain.error().message;
}

TEST(chain, same_seed_same_pixels_and_another_seed_others) {
  const cv::Mat picture = sample_picture(400, 300);
  for (const SuiteRow& row : attack_suite()) {
    if (row.group == "Screen") continue;  // slow: screen_photo_test
    EXPECT_EQ(cv::norm(attacked(picture, row.chain), attacked(picture, row.chain), cv::NORM_INF), 0) << row.chain;
  }
  EXPECT_GT(cv::norm(attacked(picture, "crop:0.25", 1).row(0).colRange(0, 150),
                     attacked(picture, "crop:0.25", 2).row(0).colRange(0, 150), cv::NORM_INF),
            0);
}

TEST(chain, every_row_of_the_suite_parses_once) {
  std::vector<std::string_view> seen;
  for (const SuiteRow& row : attack_suite()) {
    EXPECT_TRUE(Chain::parse(row.chain)) << row.chain;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), row.chain), 0) << row.chain;
    seen.push_back(row.chain);
  }
}

TEST(chain, sizes_are_what_the_words_say) {
  const cv::Mat picture = sample_picture(2400, 1800);
  EXPECT_EQ(attacked(picture, "chat").size(), cv::Size(1920, 1440));
  EXPECT_EQ(attacked(picture, "chat,chat").size(), cv::Size(1920, 1440));
  EXPECT_EQ(attacked(picture, "thumbnail").size(), cv::Size(320, 240));
  EXPECT_EQ(attacked(picture, "long:1080").size(), cv::Size(1080, 810));
  EXPECT_EQ(attacked(picture, "long:5000").size(), picture.size()) << "never enlarged";
  EXPECT_EQ(attacked(picture, "rotate:90").size(), cv::Size(1800, 2400));
  EXPECT_EQ(attacked(picture, "stretch:1.15").size(), cv::Size(2760, 1800));
  const cv::Size screen = attacked(picture, "screenshot").size();
  EXPECT_TRUE(screen == cv::Size(1080, 2340) || screen == cv::Size(1170, 2532));
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const cv::Mat crop = attacked(picture, "crop:0.1", seed);
    EXPECT_NEAR(static_cast<double>(crop.total()) / static_cast<double>(picture.total()), 0.1, 0.002);
    EXPECT_NEAR(static_cast<double>(crop.cols) / crop.rows, 4.0 / 3.0, 0.22);
  }
}

TEST(chain, a_chain_that_ends_in_a_file_gives_that_file) {
  const cv::Mat picture = sample_picture(320, 200);
  const auto frame = Chain::parse("crop:0.5,jpeg:80")->apply(picture, 3);
  ASSERT_FALSE(frame->encoded.empty());
  EXPECT_EQ(cv::norm(*decode_rgb(frame->encoded), frame->rgb, cv::NORM_INF), 0);
  EXPECT_TRUE(Chain::parse("jpeg:80,mirror")->apply(picture, 3)->encoded.empty());
}

TEST(chain, rotation_goes_counter_clockwise_and_cropping_leaves_no_corner) {
  cv::Mat picture(300, 400, CV_8UC3, cv::Scalar::all(200));
  picture.colRange(300, 400).setTo(cv::Scalar(255, 0, 0));  // red on the right
  const cv::Mat turned = attacked(picture, "rotate:90");
  EXPECT_EQ(turned.at<cv::Vec3b>(10, 150), cv::Vec3b(255, 0, 0)) << "on top after a quarter turn";
  for (const double degrees : {3.0, 17.0, 45.0, 77.0, 123.0, 200.0, 290.0}) {
    const cv::Mat cut =
        attacked(cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(200)), "rotate:" + std::to_string(degrees) + ":crop");
    double lowest = 0;
    cv::minMaxLoc(cut.reshape(1), &lowest);
    EXPECT_GE(lowest, 199) << degrees;
    EXPECT_GT(cut.total(), 400U * 300U / 4) << degrees;
  }
}

TEST(chain, tones_follow_their_formulas) {
  const cv::Mat flat(8, 8, CV_8UC3, cv::Scalar(100, 100, 200));
  EXPECT_EQ(attacked(flat, "brightness:0.5").at<cv::Vec3b>(0, 0), cv::Vec3b(50, 50, 100));
  EXPECT_EQ(attacked(flat, "contrast:1.5").at<cv::Vec3b>(0, 0), cv::Vec3b(86, 86, 236));
  EXPECT_EQ(attacked(flat, "gamma:2").at<cv::Vec3b>(0, 0), cv::Vec3b(39, 39, 157));
  EXPECT_EQ(attacked(flat, "grey").at<cv::Vec3b>(0, 0), cv::Vec3b(111, 111, 111));
}

TEST(chain, stickers_cover_what_was_asked_and_little_more) {
  const cv::Mat flat(600, 800, CV_8UC3, cv::Scalar::all(7));
  cv::Mat changed;
  cv::inRange(attacked(flat, "stickers:0.2"), cv::Scalar::all(7), cv::Scalar::all(7), changed);
  const double share = 1.0 - cv::countNonZero(changed) / (600.0 * 800.0);
  EXPECT_GE(share, 0.19);
  EXPECT_LE(share, 0.30);
}

TEST(chain, errors_name_the_step_and_what_it_expects) {
  EXPECT_EQ(parse_error(""), "the chain of attacks is empty");
  EXPECT_EQ(parse_error("chat,,chat"), "an attack's name is missing between two commas");
  EXPECT_EQ(parse_error("chatt"), "there is no attack called 'chatt'");
  EXPECT_EQ(parse_error("chat:3"), "'chat:3' takes 0 argument(s)");
  EXPECT_EQ(parse_error("crop"), "'crop' needs a share of the area from 0.001 to 1");
  EXPECT_EQ(parse_error("crop:2"), "'crop:2': a share of the area must be from 0.001 to 1, not 2");
  EXPECT_EQ(parse_error("crop:nan"), "'crop:nan': a share of the area must be from 0.001 to 1, not nan");
  EXPECT_EQ(parse_error("jpeg:fine"), "'jpeg:fine': 'fine' is not a number (a quality from 1 to 100)");
  EXPECT_EQ(parse_error("jpeg:50:411"), "'jpeg:50:411': subsampling must be 444, 422, 420 or grey, not '411'");
  EXPECT_EQ(parse_error("rotate:10:pink"), "'rotate:10:pink': corners must be black, white or crop, not 'pink'");
  EXPECT_EQ(parse_error("screen:odd"), "'screen:odd': must be easy or hard, not 'odd'");
  EXPECT_EQ(parse_error(" chat , crop:0.5 "), "accepted");
}

TEST(picture_file, refuses_what_is_no_picture_and_survives_truncation) {
  EXPECT_EQ(decode_rgb(as_bytes("not a picture")).error().code, ErrorCode::not_a_picture);
  Bytes encoded = encode_jpeg(sample_picture(64, 64), {});
  encoded.resize(20);
  EXPECT_EQ(decode_rgb(encoded).error().code, ErrorCode::not_a_picture);
  EXPECT_EQ(read_rgb("/nonexistent").error().code, ErrorCode::storage);
}

}  // namespace
}  // namespace probity::bench
