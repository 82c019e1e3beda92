// PDQ, a 256-bit perceptual hash: the same for a whole picture however it was recompressed or resized.
#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <string>

namespace probity::trace {

// Bit k is bit k % 64 of word k / 64; k = 16 * row + column of the 16 x 16 lowest frequencies.
struct PdqHash {
  std::array<std::uint64_t, 4> words{};
  bool operator==(const PdqHash&) const = default;
};

// Within this distance two whole pictures are the same; unrelated ones are near 128, never seen under 90.
inline constexpr int kPdqSame = 31;
// Below this quality a picture has too little in it for its hash to mean anything.
inline constexpr int kPdqMinQuality = 50;

// The hash of a picture and of its seven turned and mirrored forms, in the order: as it is, turned a quarter left,
// half, three quarters, mirrored upside down, mirrored left-right, mirrored about the main diagonal, about the other
// one.
struct Pdq {
  std::array<PdqHash, 8> forms{};
  int quality = 0;  // 0..100, from the gradients of the picture
  const PdqHash& hash() const { return forms[0]; }
};

// Source: the PDQ paper ("The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm", Meta, 2019), luma
// filtered twice by boxes, sampled at 64 x 64, cosine transform, bits above the median. Any size of picture.
Pdq pdq(const cv::Mat1b& luma);

// Number of bits that differ, 0..256.
int hamming_distance(const PdqHash& a, const PdqHash& b);

// 64 lower-case hex digits, highest bit first, as PDQ hashes are customarily written.
std::string to_hex(const PdqHash& hash);

}  // namespace probity::trace
