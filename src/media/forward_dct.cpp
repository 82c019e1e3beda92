#include "media/forward_dct.h"

#include "media/dct_kernel.h"

namespace probity::media {
namespace {

constexpr std::array<std::uint8_t, 64> zigzag_order() {
  std::array<std::uint8_t, 64> order{};
  std::size_t next = 0;
  for (int diagonal = 0; diagonal < 15; ++diagonal)
    for (int step = 0; step <= diagonal; ++step) {
      const int row = diagonal % 2 == 0 ? diagonal - step : step;  // even diagonals run upwards
      const int column = diagonal - row;
      if (row < 8 && column < 8) order[next++] = static_cast<std::uint8_t>(8 * row + column);
    }
  return order;
}

constexpr std::array<std::uint8_t, 64> zigzag_of_transposed() {
  const std::array<std::uint8_t, 64> order = zigzag_order();
  std::array<std::uint8_t, 64> places{};
  for (std::size_t i = 0; i < 64; ++i)
    places[static_cast<std::size_t>(8 * (order[i] % 8) + order[i] / 8)] = static_cast<std::uint8_t>(i);
  return places;
}

// Eight values side by side, one of each column (or row) of a block; plain loops over it become vector instructions.
struct alignas(32) Lanes {
  float value[8];
};
using BlockLanes = std::array<Lanes, 8>;

template <class Operation>
inline Lanes lanewise(Operation&& operation) {
  Lanes out;
  for (int i = 0; i < 8; ++i) out.value[i] = operation(i);
  return out;
}
inline Lanes operator+(const Lanes& a, const Lanes& b) {
  return lanewise([&](int i) { return a.value[i] + b.value[i]; });
}
inline Lanes operator-(const Lanes& a, const Lanes& b) {
  return lanewise([&](int i) { return a.value[i] - b.value[i]; });
}
inline Lanes operator*(float a, const Lanes& b) {
  return lanewise([&](int i) { return a * b.value[i]; });
}

// Transforms over the first index: sums and differences of mirrored inputs split the matrix into two 4x4 ones.
void transform(BlockLanes& v) {
  const Lanes s0 = v[0] + v[7], s1 = v[1] + v[6], s2 = v[2] + v[5], s3 = v[3] + v[4];
  const Lanes d0 = v[0] - v[7], d1 = v[1] - v[6], d2 = v[2] - v[5], d3 = v[3] - v[4];
  const Lanes even = s0 + s3, odd = s1 + s2, outer = s0 - s3, inner = s1 - s2;
  v[0] = kC4 * (even + odd);
  v[4] = kC4 * (even - odd);
  v[2] = kC2 * outer + kC6 * inner;
  v[6] = kC6 * outer - kC2 * inner;
  v[1] = kC1 * d0 + kC3 * d1 + kC5 * d2 + kC7 * d3;
  v[3] = kC3 * d0 - kC7 * d1 - kC1 * d2 - kC5 * d3;
  v[5] = kC5 * d0 - kC1 * d1 + kC7 * d2 + kC3 * d3;
  v[7] = kC7 * d0 - kC5 * d1 + kC3 * d2 - kC1 * d3;
}

void transpose(BlockLanes& v) {
  for (int row = 0; row < 8; ++row)
    for (int column = row + 1; column < 8; ++column) std::swap(v[row].value[column], v[column].value[row]);
}

// Rounds to nearest: adding 1.5 * 2^23 leaves no bits for a fraction.
inline float rounded(float value) {
  constexpr float kNoFraction = 12582912.0F;
  return (value + kNoFraction) - kNoFraction;
}

void quantise(const BlockLanes& v, const QuantScale& scale, ZigzagBlock& out) {
  for (std::size_t row = 0; row < 8; ++row)
    for (std::size_t i = 0; i < 8; ++i) {
      float value = v[row].value[i] * scale.transposed[8 * row + i];
      value = value > kMostQuantised ? kMostQuantised : value;
      value = value < -kMostQuantised ? -kMostQuantised : value;
      out[kZigzagOfTransposed[8 * row + i]] = static_cast<std::int16_t>(rounded(value));
    }
}

}  // namespace

constexpr std::array<std::uint8_t, 64> kZigzagToRaster = zigzag_order();
constexpr std::array<std::uint8_t, 64> kZigzagOfTransposed = zigzag_of_transposed();

QuantScale::QuantScale(const QuantTable& table) : transposed{} {
  for (int row = 0; row < 8; ++row)
    for (int column = 0; column < 8; ++column)
      transposed[static_cast<std::size_t>(8 * column + row)] = 1.0F / table[static_cast<std::size_t>(8 * row + column)];
}

void transform_blocks_plain(const std::array<const float*, kBlockSide>& rows, const QuantScale& scale,
                            std::span<ZigzagBlock> blocks) {
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    BlockLanes v;
    for (std::size_t row = 0; row < 8; ++row) {
      const float* from = rows[row] + 8 * block;
      v[row] = lanewise([&](int i) { return from[i] - 128.0F; });
    }
    transform(v);  // vertical frequencies
    transpose(v);
    transform(v);  // horizontal frequencies; v[u].value[v] is transposed
    quantise(v, scale, blocks[block]);
  }
}

}  // namespace probity::media
