#include "trace/descriptor_search.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace probity::trace {
namespace {

float squared_distance(const std::uint8_t* a, const std::uint8_t* b) {
  int sum = 0;
  for (int k = 0; k < 128; ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  return static_cast<float>(sum);
}

// The plain twin of search_nearest.
NearestBothWays search_plainly(const std::vector<std::uint8_t>& left, const std::vector<std::uint8_t>& right) {
  NearestBothWays out;
  const float infinity = std::numeric_limits<float>::infinity();
  out.of_left.resize(left.size() / 128, {Nearest::kNone, infinity, infinity});
  out.of_right.resize(right.size() / 128, {Nearest::kNone, infinity, 0});
  for (std::uint32_t i = 0; i < out.of_left.size(); ++i)
    for (std::uint32_t j = 0; j < out.of_right.size(); ++j) {
      const float distance = squared_distance(&left[i * 128], &right[j * 128]);
      Nearest& best = out.of_left[i];
      if (distance < best.distance)
        best = {j, distance, best.distance};
      else
        best.second_distance = std::min(best.second_distance, distance);
      if (distance < out.of_right[j].distance) out.of_right[j] = {i, distance, 0};
    }
  return out;
}

std::vector<std::uint8_t> descriptors(std::size_t count, int highest) {
  return *rc::gen::container<std::vector<std::uint8_t>>(count * 128,
                                                        rc::gen::cast<std::uint8_t>(rc::gen::inRange(0, highest + 1)));
}

RC_GTEST_PROP(DescriptorSearch, agrees_with_the_plain_twin, ()) {
  const int highest = *rc::gen::element(1, 3, 255);  // small values make ties
  const auto left = descriptors(*rc::gen::inRange<std::size_t>(1, 24), highest);
  const auto right = descriptors(*rc::gen::inRange<std::size_t>(1, 70), highest);
  const NearestBothWays expected = search_plainly(left, right);
  const NearestBothWays found = search_nearest(left, right);
  for (std::size_t i = 0; i < expected.of_left.size(); ++i) {
    RC_ASSERT(found.of_left[i].index == expected.of_left[i].index);
    RC_ASSERT(found.of_left[i].distance == expected.of_left[i].distance);
    RC_ASSERT(found.of_left[i].second_distance == expected.of_left[i].second_distance);
  }
  for (std::size_t j = 0; j < expected.of_right.size(); ++j) {
    RC_ASSERT(found.of_right[j].index == expected.of_right[j].index);
    RC_ASSERT(found.of_right[j].distance == expected.of_right[j].distance);
  }
}

TEST(descriptor_search, finds_nothing_in_nothing) {
  const std::vector<std::uint8_t> one(128);
  EXPECT_EQ(search_nearest(one, {}).of_left[0].index, Nearest::kNone);
  EXPECT_TRUE(search_nearest({}, one).of_left.empty());
}

}  // namespace
}  // namespace probity::trace
