// The 8x8 forward DCT of JPEG in floating point, with quantisation, one row of blocks at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "media/jpeg_entropy.h"

namespace probity::media {

inline constexpr int kBlockSide = 8;

using QuantTable = std::array<std::uint16_t, 64>;  // raster order

// Place in raster order of each coefficient in zigzag order.
extern const std::array<std::uint8_t, 64> kZigzagToRaster;

// One over each quantiser, transposed to the order in which the transform leaves its columns.
struct QuantScale {
  explicit QuantScale(const QuantTable& table);
  std::array<float, 64> transposed;
};

// Transforms `blocks.size()` neighbouring blocks. `rows`: eight rows of samples, 0..255 (128 is taken off inside), each
// at least 8 * blocks.size() long. Coefficients are rounded to nearest and kept within what baseline Huffman codes can
// hold.
void transform_blocks(const std::array<const float*, kBlockSide>& rows, const QuantScale& scale,
                      std::span<ZigzagBlock> blocks);

}  // namespace probity::media
