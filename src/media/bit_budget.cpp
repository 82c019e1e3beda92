#include "media/bit_budget.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace probity::media {
namespace {

constexpr int kMostMoves = 12;
constexpr int kMostMagnitude = 1023;
constexpr int kNewPlaces = 10;  // a new last coefficient comes at most so far behind the old one

constexpr std::uint64_t kTaken = 1ULL << 63;

// At most two for each coefficient, the taking of the last one, and the new places.
constexpr std::size_t kMostBlockMoves = 2 * 63 + 1 + kNewPlaces;

// Writes moves behind each other at `to`, where there is room for kMostBlockMoves a block.
class MoveFinder {
 public:
  MoveFinder(const EntropyTables& tables, Move* to) : tables_(tables), to_(to) {}
  const Move* end() const { return to_; }

  void find(std::uint16_t block, const ZigzagBlock& coefficients) {
    block_ = block;
    const std::uint64_t mask = nonzero_mask(coefficients);
    const int last = mask == 0 ? 0 : 63 - std::countl_zero(mask);
    int before = 0;
    for (std::uint64_t left = mask; left != 0; left &= left - 1) {
      const int position = std::countr_zero(left);
      change_magnitude(position, (position - before - 1) % 16, coefficients[static_cast<std::size_t>(position)]);
      before = position;
    }
    if (last > 0 && std::abs(coefficients[static_cast<std::size_t>(last)]) == 1 && last < 63) take_last(mask, last);
    for (int place = last + 1; place < std::min(last + 1 + kNewPlaces, 63); ++place)
      add(place, code_length(place - last - 1, 1), 1);
  }

 private:
  int code_length(int run, int bits) const {
    return tables_.ac.length[static_cast<std::size_t>(run << 4 | bits)] + bits;
  }

  void add(int position, int bits, int value) {
    if (bits == 0 || std::abs(bits) > 100) return;
    *to_++ = {block_, static_cast<std::uint8_t>(position), static_cast<std::int8_t>(bits),
              static_cast<std::int16_t>(value)};
  }

  void change_magnitude(int position, int run, int value) {
    const int magnitude = std::abs(value);
    const int sign = value < 0 ? -1 : 1;
    const int bits = magnitude_bits(value);
    if (magnitude < kMostMagnitude && magnitude_bits(magnitude + 1) != bits)
      add(position, code_length(run, bits + 1) - code_length(run, bits), sign * (magnitude + 1));
    if (magnitude > 1 && magnitude_bits(magnitude - 1) != bits)
      add(position, code_length(run, bits - 1) - code_length(run, bits), sign * (magnitude - 1));
  }

  void take_last(std::uint64_t mask, int last) {
    const std::uint64_t rest = mask & ~(1ULL << last);
    const int before = rest == 0 ? 0 : 63 - std::countl_zero(rest);
    const int run = last - before - 1;
    const int zeros = run / 16 * tables_.ac.length[kSixteenZeros];
    add(last, -(code_length(run % 16, 1) + zeros), 0);
  }

  const EntropyTables& tables_;
  Move* to_;
  std::uint16_t block_ = 0;
};

// The move that is least bad, of the blocks that are free; null when there is none. How far it is from what is wanted
// counts first, then how visible it may be, then which comes first: one number, compared without a branch.
const Move* least_bad(std::span<const Move> moves, const std::vector<std::uint64_t>& taken, int missing) {
  std::uint64_t least = kTaken;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const Move& move = moves[i];
    const auto badness = static_cast<std::uint64_t>(64 * std::abs(missing - move.bits) + move.position);
    least = std::min(least, badness << 32 | i | taken[move.block]);
  }
  return least >= kTaken ? nullptr : &moves[least & 0xFFFFFFFF];
}

}  // namespace

std::span<const Move> possible_moves(std::span<const ZigzagBlock> blocks, const EntropyTables& tables,
                                     std::vector<Move>& room) {
  if (room.size() < kMostBlockMoves * blocks.size()) room.resize(kMostBlockMoves * blocks.size());
  MoveFinder finder(tables, room.data());
  for (std::size_t block = 0; block < blocks.size(); ++block)
    finder.find(static_cast<std::uint16_t>(block), blocks[block]);
  return {std::as_const(room).data(), finder.end()};
}

std::optional<std::vector<Move>> choose_moves(std::span<const Move> moves, std::size_t block_count, int bits,
                                              unsigned attempt) {
  std::vector<Move> chosen;
  std::vector<std::uint64_t> taken(block_count, 0);
  const auto take = [&](const Move& move) {
    chosen.push_back(move);
    taken[move.block] = kTaken;
    bits -= move.bits;
  };
  if (attempt > 0 && !moves.empty()) take(moves[attempt * 2654435761U % moves.size()]);
  while (bits != 0) {
    if (chosen.size() == kMostMoves) return std::nullopt;
    const Move* best = least_bad(moves, taken, bits);
    if (best == nullptr) return std::nullopt;
    take(*best);
  }
  return chosen;
}

void make_moves(std::span<const Move> moves, std::span<ZigzagBlock> blocks) {
  for (const Move& move : moves) blocks[move.block][move.position] = move.new_value;
}

}  // namespace probity::media
