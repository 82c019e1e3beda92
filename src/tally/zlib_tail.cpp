#include "tally/zlib_tail.h"

#include <zlib.h>

namespace probity::tally {
namespace {

void put_big_endian(std::uint8_t* out, std::uint32_t value) {
  for (int i = 0; i < 4; ++i) out[i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

}  // namespace

std::array<std::uint8_t, kZlibTailBytes> zlib_tail_bytes(const ZlibTail& tail, std::span<const std::uint8_t> bits) {
  constexpr std::uint64_t kAdlerModulus = 65521;
  std::uint64_t low = tail.base.low;
  std::uint64_t high = tail.base.high;
  for (std::size_t cell = 0; cell < tail.cells.size(); ++cell) {
    const std::uint64_t chosen = bits[cell] & 1;
    low += chosen * tail.cells[cell].low;
    high += chosen * tail.cells[cell].high;
  }
  std::array<std::uint8_t, 4 + kZlibTailBytes> chunk = {'I', 'D', 'A', 'T'};
  put_big_endian(&chunk[4], static_cast<std::uint32_t>((high % kAdlerModulus) << 16 | low % kAdlerModulus));
  put_big_endian(&chunk[8], static_cast<std::uint32_t>(crc32(0, chunk.data(), 8)));
  std::array<std::uint8_t, kZlibTailBytes> out{};
  std::copy(chunk.begin() + 4, chunk.end(), out.begin());
  return out;
}

}  // namespace probity::tally
