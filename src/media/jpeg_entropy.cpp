#include "media/jpeg_entropy.h"

#include <algorithm>

#include "media/huffman.h"

namespace probity::media {
namespace {

constexpr int kLongestJpegCode = 16;
constexpr int kMostDcBits = 11;
constexpr int kMostAcBits = 10;

std::uint64_t optimal_bits(std::span<const std::uint64_t, 256> counts) {
  const auto lengths = code_lengths(counts, kLongestJpegCode);
  std::uint64_t bits = 0;
  for (std::size_t symbol = 0; symbol < 256; ++symbol) bits += counts[symbol] * (lengths[symbol] + (symbol & 15U));
  return bits;
}

}  // namespace

HuffmanTable HuffmanTable::optimal(std::span<const std::uint64_t, 256> frequencies) {
  // One more symbol, rarer than all, takes the code of all ones, which JPEG does not allow.
  std::array<std::uint64_t, 257> counts{};
  for (std::size_t symbol = 0; symbol < 256; ++symbol) counts[symbol] = 2 * frequencies[symbol];
  counts[256] = 1;
  const auto lengths = code_lengths(counts, kLongestJpegCode);
  HuffmanTable table;
  unsigned code = 0;
  for (int length = 1; length <= kLongestJpegCode; ++length, code <<= 1)
    for (std::size_t symbol = 0; symbol < 256; ++symbol) {
      if (lengths[symbol] != length) continue;
      table.length[symbol] = static_cast<std::uint8_t>(length);
      table.code[symbol] = static_cast<std::uint16_t>(code++);
      table.symbols.push_back(static_cast<std::uint8_t>(symbol));
      ++table.count_of_length[static_cast<std::size_t>(length)];
    }
  return table;
}

EntropyTables EntropyTables::optimal(SymbolCounts counts) {
  for (std::size_t bits = 0; bits <= kMostDcBits; ++bits) ++counts.dc[bits];
  ++counts.ac[kEndOfBlock];
  ++counts.ac[kSixteenZeros];
  for (std::size_t run = 0; run < 16; ++run)
    for (std::size_t bits = 1; bits <= kMostAcBits; ++bits) ++counts.ac[run << 4 | bits];
  return {HuffmanTable::optimal(counts.dc), HuffmanTable::optimal(counts.ac)};
}

std::uint64_t optimal_bits(const SymbolCounts& counts) { return optimal_bits(counts.dc) + optimal_bits(counts.ac); }

}  // namespace probity::media
