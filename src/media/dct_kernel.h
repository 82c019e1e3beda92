// The transform's vector kernel, and its plain twin, which must give the same coefficients.
#pragma once

#include "media/forward_dct.h"

namespace probity::media {

// transform_blocks() without vector instructions of later processors: the twin in tests, and what runs where registers
// hold fewer than eight floats.
void transform_blocks_plain(const std::array<const float*, kBlockSide>& rows, const QuantScale& scale,
                            std::span<ZigzagBlock> blocks);

// cos(k pi / 16) / 2: the orthonormal DCT-II of length 8.
inline constexpr float kC1 = 0.49039264F;
inline constexpr float kC2 = 0.46193977F;
inline constexpr float kC3 = 0.41573481F;
inline constexpr float kC4 = 0.35355339F;
inline constexpr float kC5 = 0.27778512F;
inline constexpr float kC6 = 0.19134172F;
inline constexpr float kC7 = 0.09754516F;

// Coefficients of 8-bit samples need 11 bits; quantised by 1 they may round over baseline's 10 bits of AC magnitude.
inline constexpr float kMostQuantised = 1023.0F;

// Place in zigzag order of each coefficient in the transposed order in which both transforms end.
extern const std::array<std::uint8_t, 64> kZigzagOfTransposed;

}  // namespace probity::media
