#include "media/deflate_code.h"

#include <algorithm>
#include <bit>

#include "media/huffman.h"

namespace probity::media {
namespace {

constexpr int kLongestDeflateCode = 15;
constexpr std::size_t kLongestRun = 258;
constexpr std::size_t kShortestRun = 3;

// The symbol of a run length (RFC 1951, 3.2.5), its extra bits and their value.
struct RunSymbol {
  int symbol = 0;
  int extra_bits = 0;
  unsigned extra = 0;
};

RunSymbol run_symbol(std::size_t length) {
  if (length == kLongestRun) return {285, 0, 0};
  const unsigned value = static_cast<unsigned>(length - kShortestRun);
  if (value < 8) return {257 + static_cast<int>(value), 0, 0};
  const int extra_bits = std::bit_width(value) - 3;
  return {257 + 4 * extra_bits + static_cast<int>(value >> extra_bits), extra_bits, value & ((1U << extra_bits) - 1)};
}

// Calls literal(byte) and run(length) for a simple coding: a byte that repeats at least three more times is a literal
// and runs at distance one. The first `extra_literals` bytes that runs could stand for are literals all the same.
template <class Literal, class Run>
void for_tokens(std::span<const std::uint8_t> bytes, std::size_t extra_literals, Literal&& literal, Run&& run) {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::uint8_t byte = bytes[i++];
    literal(byte);
    std::size_t end = i;
    while (end < bytes.size() && bytes[end] == byte) ++end;
    if (end - i < kShortestRun) continue;
    for (; extra_literals > 0 && i < end; --extra_literals, ++i) literal(byte);
    while (end - i >= kShortestRun) {
      const std::size_t length = std::min(end - i, kLongestRun);
      run(length);
      i += length;
    }
    for (; i < end; ++i) literal(byte);
  }
}

unsigned reversed(unsigned code, int length) {
  unsigned out = 0;
  for (int i = 0; i < length; ++i) out |= (code >> i & 1U) << (length - 1 - i);
  return out;
}

// Canonical codes (RFC 1951, 3.2.2), bits reversed.
template <std::size_t Count>
void assign_codes(const std::array<std::uint8_t, Count>& lengths, std::array<std::uint16_t, Count>& codes) {
  unsigned code = 0;
  for (int length = 1; length <= kLongestDeflateCode; ++length, code <<= 1)
    for (std::size_t symbol = 0; symbol < Count; ++symbol)
      if (lengths[symbol] == length) codes[symbol] = static_cast<std::uint16_t>(reversed(code++, length));
}

}  // namespace

void count_tokens(std::span<const std::uint8_t> bytes, DeflateCounts& counts) {
  for_tokens(
      bytes, 0, [&](std::uint8_t byte) { ++counts[byte]; },
      [&](std::size_t length) { ++counts[static_cast<std::size_t>(run_symbol(length).symbol)]; });
}

DeflateCode::DeflateCode(DeflateCounts counts) {
  for (auto& count : counts) ++count;
  std::ranges::copy(code_lengths(counts, kLongestDeflateCode), length_.begin());
  assign_codes(length_, code_);
}

void DeflateCode::put_header(DeflateBits& out, bool last_block) const {
  // All 286 literal and length symbols, one distance symbol of one bit; code lengths one by one, without repeats.
  std::array<std::uint64_t, 19> counts{};
  for (const std::uint8_t length : length_) ++counts[length];
  ++counts[1];
  std::array<std::uint8_t, 19> lengths{};
  std::array<std::uint16_t, 19> codes{};
  std::ranges::copy(code_lengths(counts, 7), lengths.begin());
  assign_codes(lengths, codes);
  constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
  out.put(last_block ? 1 : 0, 1);
  out.put(2, 2);
  out.put(286 - 257, 5);
  out.put(0, 5);
  out.put(19 - 4, 4);
  for (const std::uint8_t symbol : kOrder) out.put(lengths[symbol], 3);
  for (const std::uint8_t length : length_) out.put(codes[length], lengths[length]);
  out.put(codes[1], lengths[1]);
}

void DeflateCode::put_tokens(std::span<const std::uint8_t> bytes, std::size_t extra_literals, DeflateBits& out) const {
  for_tokens(
      bytes, extra_literals, [&](std::uint8_t byte) { out.put(code_[byte], length_[byte]); },
      [&](std::size_t length) {
        const RunSymbol run = run_symbol(length);
        const auto symbol = static_cast<std::size_t>(run.symbol);
        out.put(code_[symbol], length_[symbol]);
        out.put(run.extra, run.extra_bits + 1);  // and the distance symbol, one zero bit
      });
}

void DeflateCode::put_end(DeflateBits& out) const { out.put(code_[kDeflateEndOfBlock], length_[kDeflateEndOfBlock]); }

int DeflateCode::token_bits(std::span<const std::uint8_t> bytes, std::size_t extra_literals) const {
  int bits = 0;
  for_tokens(
      bytes, extra_literals, [&](std::uint8_t byte) { bits += length_[byte]; },
      [&](std::size_t length) {
        const RunSymbol run = run_symbol(length);
        bits += length_[static_cast<std::size_t>(run.symbol)] + run.extra_bits + 1;
      });
  return bits;
}

std::optional<std::size_t> DeflateCode::extra_literals_for(std::span<const std::uint8_t> bytes, int bits) const {
  constexpr std::size_t kMostExtra = 160;
  const int least = token_bits(bytes);
  if (least == bits) return 0;
  if (least > bits + 16) return std::nullopt;
  for (std::size_t extra = 1; extra <= std::min(kMostExtra, bytes.size()); ++extra) {
    const int now = token_bits(bytes, extra);
    if (now == bits) return extra;
    if (extra == 1 && now == least) return std::nullopt;  // there is no run
    if (now > bits + 16) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace probity::media
