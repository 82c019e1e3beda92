// The end of a woven PNG's image data: Adler-32 of the chosen cells and the CRC of the chunk that holds it.
#pragma once

#include <array>

#include "tally/tally.h"

namespace probity::tally {

inline constexpr std::size_t kZlibTailBytes = 8;

// Big-endian Adler-32 (RFC 1950) of the copy with these bits, then the CRC-32 of an "IDAT" chunk that holds just it.
std::array<std::uint8_t, kZlibTailBytes> zlib_tail_bytes(const ZlibTail& tail, std::span<const std::uint8_t> bits);

}  // namespace probity::tally
