// 128-bit signatures of descriptors: alike descriptors differ in few bits. The same everywhere, made from no data.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "trace/features.h"

namespace probity::trace {

struct Signature {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const Signature&) const = default;

  // Bits `first`, `first` + 1, … (wrapping around) as the lowest ones of the result.
  std::uint64_t from_bit(unsigned first) const {
    const std::uint64_t a = first < 64 ? low : high, b = first < 64 ? high : low;
    const unsigned shift = first % 64;
    return shift == 0 ? a : (a >> shift) | (b << (64 - shift));
  }
};

inline int hamming_distance(const Signature& a, const Signature& b) {
  return std::popcount(a.low ^ b.low) + std::popcount(a.high ^ b.high);
}

// The projections whose signs are the bits: bit k is set when projection k is positive, and is the less certain the
// nearer to zero it is. A descriptor minus the usual one, turned by a fixed pseudo-random rotation of 128 dimensions,
// in whole numbers and so the same on every machine.
using Projections = std::array<std::int32_t, 128>;
Projections project(std::span<const std::uint8_t> descriptor);
Signature signature_of(const Projections& projections);

}  // namespace probity::trace
