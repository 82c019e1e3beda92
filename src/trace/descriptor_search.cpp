#include "trace/descriptor_search.h"

#include <algorithm>
#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "trace/descriptor_search.cpp"
#include <hwy/aligned_allocator.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Squared distances of all pairs: |a|^2 + |b|^2 - 2 a.b. Descriptors of `right` are packed into panels of two vectors
// of lanes, transposed, so that a panel (16 to 64 KB) stays in the first cache while all of `left` passes over it, four
// rows at a time: eight accumulators, which hides the latency of the multiply-add. 1,500 x 6,000 pairs: see
// matching_test.
HWY_BEFORE_NAMESPACE();
namespace probity::trace::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

constexpr std::size_t kDimensions = 128;
constexpr std::size_t kRows = 4;
constexpr std::size_t kVectors = 2;

// The nearest so far, one lane per panel column; indices as floats, exact below 2^24.
struct LaneBest {
  float* distance;
  float* index;
  float* second;  // may be null
};

inline void keep_nearer(D d, V distance, V index, std::size_t at, const LaneBest& best) {
  const V old = hn::Load(d, best.distance + at);
  const auto nearer = hn::Lt(distance, old);
  hn::Store(hn::Min(distance, old), d, best.distance + at);
  hn::Store(hn::IfThenElse(nearer, index, hn::Load(d, best.index + at)), d, best.index + at);
  if (best.second != nullptr)
    hn::Store(hn::Min(hn::Load(d, best.second + at), hn::Max(distance, old)), d, best.second + at);
}

// One group of four rows of `left` against one panel.
inline void four_rows(const float* left, const float* left_norms, std::size_t first_row, const float* panel,
                      const float* panel_norms, std::size_t first_column, const LaneBest& rows,
                      const LaneBest& columns) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  V sums[kRows][kVectors];
  for (auto& row : sums)
    for (V& sum : row) sum = hn::Zero(d);
  const float* row_data = left + first_row * kDimensions;
  for (std::size_t k = 0; k < kDimensions; ++k) {
    const V column0 = hn::Load(d, panel + (k * kVectors) * lanes);
    const V column1 = hn::Load(d, panel + (k * kVectors + 1) * lanes);
    HWY_UNROLL(4)
    for (std::size_t row = 0; row < kRows; ++row) {
      const V value = hn::Set(d, row_data[row * kDimensions + k]);
      sums[row][0] = hn::MulAdd(value, column0, sums[row][0]);
      sums[row][1] = hn::MulAdd(value, column1, sums[row][1]);
    }
  }
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t vector = 0; vector < kVectors; ++vector) {
      const V norms = hn::Add(hn::Set(d, left_norms[first_row + row]), hn::Load(d, panel_norms + vector * lanes));
      const V distance = hn::NegMulAdd(hn::Set(d, 2.0F), sums[row][vector], norms);
      const auto column = static_cast<float>(first_column + vector * lanes);
      keep_nearer(d, distance, hn::Iota(d, column), (first_row + row) * lanes, rows);
      keep_nearer(d, distance, hn::Set(d, static_cast<float>(first_row + row)), vector * lanes, columns);
    }
  }
}

inline float squared_norm(const std::uint8_t* descriptor) {
  std::uint32_t sum = 0;
  for (std::size_t k = 0; k < kDimensions; ++k) sum += static_cast<std::uint32_t>(descriptor[k]) * descriptor[k];
  return static_cast<float>(sum);
}

// Norm of padding: farther than any descriptor, and small enough that float sums with it stay ordered.
constexpr float kFar = 1e12F;

struct Buffer {
  explicit Buffer(std::size_t size, float value) : data(hwy::AllocateAligned<float>(size)) {
    std::fill_n(data.get(), size, value);
  }
  hwy::AlignedFreeUniquePtr<float[]> data;
  float* get() const { return data.get(); }
};

void pack_panel(std::span<const std::uint8_t> right, std::size_t first, std::size_t width, const Buffer& panel,
                const Buffer& norms) {
  const std::size_t count = right.size() / kDimensions;
  for (std::size_t column = 0; column < width; ++column) {
    const bool present = first + column < count;
    const std::uint8_t* descriptor = present ? right.data() + (first + column) * kDimensions : nullptr;
    norms.get()[column] = present ? squared_norm(descriptor) : kFar;
    for (std::size_t k = 0; k < kDimensions; ++k)
      panel.get()[k * width + column] = present ? static_cast<float>(descriptor[k]) : 0.0F;
  }
}

// Across the lanes of one row: the nearest with the lowest index, and the second nearest.
Nearest reduce_row(const float* distance, const float* index, const float* second, std::size_t lanes) {
  std::size_t best = 0;
  for (std::size_t lane = 1; lane < lanes; ++lane)
    if (distance[lane] < distance[best] || (distance[lane] == distance[best] && index[lane] < index[best])) best = lane;
  Nearest out;
  if (distance[best] >= kFar / 2) return out;
  out.index = static_cast<std::uint32_t>(index[best]);
  out.distance = distance[best];
  float next = second[best];
  for (std::size_t lane = 0; lane < lanes; ++lane)
    if (lane != best) next = std::min(next, distance[lane]);
  out.second_distance = next >= kFar / 2 ? std::numeric_limits<float>::infinity() : next;
  return out;
}

void search(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right, NearestBothWays& out) {
  const D d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t width = kVectors * lanes;
  const std::size_t left_count = left.size() / kDimensions;
  const std::size_t right_count = right.size() / kDimensions;
  const std::size_t padded_rows = (left_count + kRows - 1) / kRows * kRows;
  const Buffer rows(padded_rows * kDimensions, 0.0F);
  std::copy(left.begin(), left.end(), rows.get());
  const Buffer row_norms(padded_rows, kFar);
  for (std::size_t i = 0; i < left_count; ++i) row_norms.get()[i] = squared_norm(left.data() + i * kDimensions);
  const Buffer distance(padded_rows * lanes, kFar * 4), index(padded_rows * lanes, 0),
      second(padded_rows * lanes, kFar * 4);
  const Buffer panel(width * kDimensions, 0), panel_norms(width, 0);
  const Buffer column_distance(width, 0), column_index(width, 0);
  for (std::size_t first = 0; first < right_count; first += width) {
    pack_panel(right, first, width, panel, panel_norms);
    std::fill_n(column_distance.get(), width, kFar * 4);
    for (std::size_t row = 0; row < padded_rows; row += kRows)
      four_rows(rows.get(), row_norms.get(), row, panel.get(), panel_norms.get(), first,
                {distance.get(), index.get(), second.get()}, {column_distance.get(), column_index.get(), nullptr});
    for (std::size_t column = 0; column < std::min(width, right_count - first); ++column)
      if (column_distance.get()[column] < kFar / 2)
        out.of_right[first + column] = {static_cast<std::uint32_t>(column_index.get()[column]),
                                        column_distance.get()[column], 0};
  }
  for (std::size_t i = 0; i < left_count; ++i)
    out.of_left[i] = reduce_row(distance.get() + i * lanes, index.get() + i * lanes, second.get() + i * lanes, lanes);
}

}  // namespace probity::trace::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace probity::trace {

HWY_EXPORT(search);

NearestBothWays search_nearest(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right) {
  constexpr std::size_t kSize = 128;
  NearestBothWays out;
  out.of_left.resize(left.size() / kSize);
  out.of_right.resize(right.size() / kSize);
  if (!out.of_left.empty() && !out.of_right.empty()) HWY_DYNAMIC_DISPATCH(search)(left, right, out);
  return out;
}

}  // namespace probity::trace
#endif  // HWY_ONCE
