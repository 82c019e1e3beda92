// Making a run of JPEG blocks take an exact number of bits, by the least changes to its coefficients.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "media/jpeg_entropy.h"

namespace probity::media {

// One change of one AC coefficient to a neighbouring value, and what it does to the length of the code.
struct Move {
  std::uint16_t block = 0;
  std::uint8_t position = 0;
  std::int8_t bits = 0;        // longer (or shorter, if negative) by so many
  std::int16_t new_value = 0;  // differs by one from the old
};

// Changes of magnitude that keep zeros zero, and putting or taking a last coefficient of 1. Moves of one block exclude
// each other. Codes must exist for every symbol. The moves are put into `room`, which grows when it has to.
std::span<const Move> possible_moves(std::span<const ZigzagBlock> blocks, const EntropyTables& tables,
                                     std::vector<Move>& room);

// Moves of different blocks whose bits add up to `bits`; few and low-frequency ones first. Greedy, so it may miss a
// combination; other `attempt` numbers (0, 1, …) begin with other moves.
std::optional<std::vector<Move>> choose_moves(std::span<const Move> moves, std::size_t block_count, int bits,
                                              unsigned attempt);

void make_moves(std::span<const Move> moves, std::span<ZigzagBlock> blocks);

}  // namespace probity::media
