// The part of DEFLATE (RFC 1951) that the PNG writer uses: dynamic Huffman blocks of literals and of runs of one byte.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/bytes.h"

namespace probity::media {

inline constexpr int kDeflateEndOfBlock = 256;

// Bits in DEFLATE's order: least significant first within bytes, Huffman codes from their first bit.
class DeflateBits {
 public:
  void clear() {
    bytes_.clear();
    pending_ = 0;
    pending_bits_ = 0;
  }
  void put(unsigned bits, int count) {
    pending_ |= static_cast<std::uint64_t>(bits) << pending_bits_;
    pending_bits_ += count;
    while (pending_bits_ >= 8) {
      bytes_.push_back(static_cast<std::uint8_t>(pending_));
      pending_ >>= 8;
      pending_bits_ -= 8;
    }
  }
  const Bytes& bytes() const { return bytes_; }
  int pending_bits() const { return pending_bits_; }  // 0..7 after the last whole byte
  unsigned pending() const { return static_cast<unsigned>(pending_); }

 private:
  Bytes bytes_;
  std::uint64_t pending_ = 0;
  int pending_bits_ = 0;
};

// How often literals, the end of block, and run lengths occur.
using DeflateCounts = std::array<std::uint64_t, 286>;

// Adds the tokens of these bytes, which are coded without reference to any byte before them.
void count_tokens(std::span<const std::uint8_t> bytes, DeflateCounts& counts);

// The Huffman codes of one block. Every literal and run length has one.
class DeflateCode {
 public:
  explicit DeflateCode(DeflateCounts counts);
  // The block's header: type and the code's description.
  void put_header(DeflateBits& out, bool last_block) const;
  // `extra_literals`: so many bytes, from the first on that runs could stand for, are written as literals. It changes
  // only how long the code is, which is what it is for.
  void put_tokens(std::span<const std::uint8_t> bytes, std::size_t extra_literals, DeflateBits& out) const;
  void put_end(DeflateBits& out) const;
  int token_bits(std::span<const std::uint8_t> bytes, std::size_t extra_literals = 0) const;
  // The number of extra literals that makes the code take `bits` bits, if one does.
  std::optional<std::size_t> extra_literals_for(std::span<const std::uint8_t> bytes, int bits) const;

 private:
  std::array<std::uint8_t, 286> length_{};
  std::array<std::uint16_t, 286> code_{};  // bits reversed, ready for put()
};

}  // namespace probity::media
