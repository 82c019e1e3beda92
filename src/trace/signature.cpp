#include "trace/signature.h"

#include <array>

namespace probity::trace {
namespace {

// What a RootSIFT descriptor is on the average, in our 512-scaled bytes: a point's own direction is its strongest and
// the middle weighs more than the rim. Without taking it off, most bits would be the same for all descriptors. Rounded,
// symmetric under mirroring, and part of the file format.
constexpr std::array<std::uint8_t, 8> kCorner = {48, 29, 18, 22, 32, 22, 18, 29};
constexpr std::array<std::uint8_t, 8> kTopOrBottom = {72, 39, 19, 21, 28, 21, 19, 39};
constexpr std::array<std::uint8_t, 8> kSide = {57, 30, 18, 26, 38, 26, 18, 30};
constexpr std::array<std::uint8_t, 8> kMiddle = {88, 45, 21, 24, 33, 24, 21, 45};

constexpr std::uint64_t kSeed = 0x70726f6269747931;  // "probity1"; another seed is another file format
constexpr int kRounds = 3;

std::uint8_t usual_value(std::size_t k) {
  const std::size_t row = k / 32, column = k / 8 % 4;
  const bool inner_row = row == 1 || row == 2, inner_column = column == 1 || column == 2;
  const auto& cell = inner_row ? (inner_column ? kMiddle : kSide) : (inner_column ? kTopOrBottom : kCorner);
  return cell[k % 8];
}

// Signs of each round from SplitMix64.
using Signs = std::array<std::array<std::int8_t, 128>, kRounds>;
const Signs& signs() {
  static const Signs table = [] {
    Signs out;
    std::uint64_t state = kSeed;
    for (auto& round : out)
      for (std::int8_t& sign : round) {
        std::uint64_t z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        sign = ((z ^ (z >> 31)) & 1) != 0 ? 1 : -1;
      }
    return out;
  }();
  return table;
}

// Walsh-Hadamard transform in place. Three rounds grow 255 to at most 255 * 128^3 < 2^31.
void hadamard(Projections& values) {
  for (std::size_t half = 1; half < values.size(); half *= 2)
    for (std::size_t block = 0; block < values.size(); block += 2 * half)
      for (std::size_t i = block; i < block + half; ++i) {
        const std::int32_t a = values[i], b = values[i + half];
        values[i] = a + b;
        values[i + half] = a - b;
      }
}

}  // namespace

Projections project(std::span<const std::uint8_t> descriptor) {
  Projections values;
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = descriptor[k] - usual_value(k);
  for (const auto& round : signs()) {
    for (std::size_t k = 0; k < values.size(); ++k) values[k] *= round[k];
    hadamard(values);
  }
  return values;
}

Signature signature_of(const Projections& projections) {
  Signature out;
  for (std::size_t k = 0; k < 64; ++k) {
    if (projections[k] > 0) out.low |= std::uint64_t{1} << k;
    if (projections[k + 64] > 0) out.high |= std::uint64_t{1} << k;
  }
  return out;
}

}  // namespace probity::trace
