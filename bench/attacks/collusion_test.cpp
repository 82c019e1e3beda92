#include "attacks/collusion.h"

#include <gtest/gtest.h>

#include <set>

namespace probity::bench {
namespace {

std::vector<cv::Mat> flat_copies(std::initializer_list<int> values) {
  std::vector<cv::Mat> copies;
  for (const int value : values) copies.emplace_back(120, 200, CV_8UC3, cv::Scalar::all(value));
  return copies;
}

int first_value(const std::vector<cv::Mat>& copies, Collusion collusion) {
  Dice dice(1);
  return collude(copies, collusion, dice)->at<cv::Vec3b>(5, 5)[0];
}

TEST(collusion, pointwise_strategies_follow_their_names) {
  const auto three = flat_copies({10, 20, 90});
  EXPECT_EQ(first_value(three, Collusion::average), 40);
  EXPECT_EQ(first_value(three, Collusion::minimum), 10);
  EXPECT_EQ(first_value(three, Collusion::maximum), 90);
  EXPECT_EQ(first_value(three, Collusion::median), 20);
  EXPECT_EQ(first_value(flat_copies({10, 20}), Collusion::median), 15);
  EXPECT_EQ(first_value(flat_copies({1, 10, 20, 90}), Collusion::median), 15);
}

TEST(collusion, block_strategies_use_every_copy_and_nothing_else) {
  const auto copies = flat_copies({10, 20, 30, 40, 50});
  for (const Collusion collusion : {Collusion::mosaic, Collusion::interleave}) {
    Dice dice(3);
    const cv::Mat mixed = *collude(copies, collusion, dice);
    std::set<int> values(mixed.datastart, mixed.dataend);
    for (const int value : values) EXPECT_TRUE(value % 10 == 0 && value >= 10 && value <= 50) << value;
    EXPECT_GE(values.size(), 3U);
    Dice again(3);
    EXPECT_EQ(cv::norm(mixed, *collude(copies, collusion, again), cv::NORM_INF), 0);
  }
}

TEST(collusion, refuses_one_copy_and_copies_of_two_sizes) {
  Dice dice(1);
  EXPECT_EQ(collude(flat_copies({1}), Collusion::average, dice).error().code, ErrorCode::invalid_argument);
  auto copies = flat_copies({1, 2});
  copies[1] = copies[1].rowRange(0, 60);
  EXPECT_EQ(collude(copies, Collusion::average, dice).error().message, "the copies are not of one size");
  EXPECT_EQ(parse_collusion("vote").error().message, "unknown collusion 'vote'");
  EXPECT_EQ(collusion_name(*parse_collusion("median")), "median");
}

}  // namespace
}  // namespace probity::bench
