// The Huffman coding of baseline JPEG (ITU-T T.81, annex F): symbols of a block, tables, and bits.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>

#include "base/bytes.h"

namespace probity::media {

// Quantised coefficients in zigzag order; [0] is the DC coefficient itself, not its difference.
using ZigzagBlock = std::array<std::int16_t, 64>;

inline constexpr int kEndOfBlock = 0x00;
inline constexpr int kSixteenZeros = 0xF0;

// Bits of a value's magnitude: JPEG's SSSS.
inline int magnitude_bits(int value) { return std::bit_width(static_cast<unsigned>(std::abs(value))); }

// Bit i is set when coefficient i (1..63) is not zero.
inline std::uint64_t nonzero_mask(const ZigzagBlock& block) {
  std::array<std::uint8_t, 64> flags;
  for (std::size_t i = 0; i < 64; ++i) flags[i] = block[i] != 0;
  std::uint64_t mask = 0;
  for (std::size_t byte = 0; byte < 8; ++byte) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, &flags[8 * byte], 8);
    mask |= (eight * 0x0102040810204080ULL >> 56) << (8 * byte);  // gathers eight flags, first in the lowest bit
  }
  return mask & ~1ULL;
}

// Calls sink.dc(bits, difference) once and sink.ac(symbol, bits, value) for each AC symbol.
template <class Sink>
void code_block(const ZigzagBlock& block, int predicted_dc, Sink&& sink) {
  const int difference = block[0] - predicted_dc;
  sink.dc(magnitude_bits(difference), difference);
  int position = 0;
  for (std::uint64_t left = nonzero_mask(block); left != 0; left &= left - 1) {
    const int next = std::countr_zero(left);
    int run = next - position - 1;
    for (; run >= 16; run -= 16) sink.ac(kSixteenZeros, 0, 0);
    const int value = block[static_cast<std::size_t>(next)];
    const int bits = magnitude_bits(value);
    sink.ac(run << 4 | bits, bits, value);
    position = next;
  }
  if (position < 63) sink.ac(kEndOfBlock, 0, 0);
}

struct SymbolCounts {
  std::array<std::uint64_t, 256> dc{};
  std::array<std::uint64_t, 256> ac{};
};

// Counts symbols.
struct CountSink {
  SymbolCounts& counts;
  void dc(int bits, int) { ++counts.dc[static_cast<std::size_t>(bits)]; }
  void ac(int symbol, int, int) { ++counts.ac[static_cast<std::size_t>(symbol)]; }
};

// One Huffman table: canonical codes of 1 to 16 bits, none of them all ones.
struct HuffmanTable {
  std::array<std::uint8_t, 256> length{};
  std::array<std::uint16_t, 256> code{};
  std::array<std::uint8_t, 17> count_of_length{};
  Bytes symbols;  // in order of codes, as a DHT segment lists them

  static HuffmanTable optimal(std::span<const std::uint64_t, 256> frequencies);
};

// Tables for DC and AC symbols of the luma or chroma components. Every symbol that baseline can ask for has a code.
struct EntropyTables {
  HuffmanTable dc;
  HuffmanTable ac;
  static EntropyTables optimal(SymbolCounts counts);
};

// Bits that coding with the best tables for exactly these counts would take.
std::uint64_t optimal_bits(const SymbolCounts& counts);

// Counts the bits of blocks.
struct LengthSink {
  const EntropyTables& tables;
  int bits = 0;
  void dc(int size, int) { bits += tables.dc.length[static_cast<std::size_t>(size)] + size; }
  void ac(int symbol, int size, int) { bits += tables.ac.length[static_cast<std::size_t>(symbol)] + size; }
};

// Bits in their order, most significant first, without the zero bytes that a JPEG stuffs after 0xFF. They leave the
// register four bytes at a time; finish() lets the rest out.
class BitString {
 public:
  // Room for so many blocks of the longest codes, of which puts do not ask again.
  void start(std::size_t blocks) {
    constexpr std::size_t kMostBlockBytes = 64 * 27 / 8 + 8;
    if (bytes_.size() < blocks * kMostBlockBytes + 16) bytes_.resize(blocks * kMostBlockBytes + 16);
    size_ = 0;
    pending_ = 0;
    pending_bits_ = 0;
  }
  // At most 32 bits.
  void put(unsigned bits, int count) {
    pending_ = pending_ << count | bits;
    pending_bits_ += count;
    if (pending_bits_ < 32) return;
    pending_bits_ -= 32;
    const auto whole = static_cast<std::uint32_t>(pending_ >> pending_bits_);
    for (std::size_t i = 0; i < 4; ++i) bytes_[size_ + i] = static_cast<std::uint8_t>(whole >> (24 - 8 * i));
    size_ += 4;
  }
  void finish() {
    for (; pending_bits_ >= 8; pending_bits_ -= 8)
      bytes_[size_++] = static_cast<std::uint8_t>(pending_ >> (pending_bits_ - 8));
  }
  // After finish():
  BytesView bytes() const { return BytesView(bytes_).first(size_); }
  int pending_bits() const { return pending_bits_; }  // 0..7 after the last whole byte
  unsigned pending() const { return static_cast<unsigned>(pending_) & ((1U << pending_bits_) - 1); }

 private:
  Bytes bytes_;
  std::size_t size_ = 0;
  std::uint64_t pending_ = 0;
  int pending_bits_ = 0;
};

// Writes blocks.
struct WriteSink {
  const EntropyTables& tables;
  BitString& out;
  void dc(int bits, int difference) { put(tables.dc, bits, bits, difference); }
  void ac(int symbol, int bits, int value) { put(tables.ac, symbol, bits, value); }

 private:
  void put(const HuffmanTable& table, int symbol, int bits, int value) {
    const auto index = static_cast<std::size_t>(symbol);
    // Negative values are sent as value - 1, in `bits` bits of two's complement.
    const unsigned magnitude = static_cast<unsigned>(value < 0 ? value - 1 : value) & ((1U << bits) - 1);
    out.put(static_cast<unsigned>(table.code[index]) << bits | magnitude, table.length[index] + bits);
  }
};

}  // namespace probity::media
