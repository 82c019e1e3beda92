// For every descriptor of one picture, its nearest and second nearest in another, and the other way around (SIMD).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace probity::trace {

// The nearest descriptor in the other picture. Distances are squared Euclidean ones of the 128 bytes: exact integers.
struct Nearest {
  static constexpr std::uint32_t kNone = 0xffffffff;
  std::uint32_t index = kNone;  // the lowest index when several are equally near
  float distance = 0;
  float second_distance = 0;  // of the next nearest; infinite when there is none
};

struct NearestBothWays {
  std::vector<Nearest> of_left;   // for each descriptor of `left`, its nearest in `right`
  std::vector<Nearest> of_right;  // the other way around; second_distance is not filled in
};

// `left`, `right`: descriptors of 128 bytes one after another. The work is a matrix product in float, which is exact
// here: sums of products of bytes stay under 2^24. The result is the same on every processor.
NearestBothWays search_nearest(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right);

}  // namespace probity::trace
