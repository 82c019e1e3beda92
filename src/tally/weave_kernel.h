// The inner loop of the weave: many short pieces, each from one of two variants, copied one behind the other.
#pragma once

#include <cstdint>
#include <span>

#include "tally/tally.h"

namespace probity::tally {

struct WeaveJob {
  std::span<const Piece> pieces;
  std::size_t first_piece = 0;                          // holds byte `offset`
  const std::uint8_t* variant[2] = {nullptr, nullptr};  // indexed by bit: B, A
  const std::uint8_t* bits = nullptr;                   // one a cell
  std::uint64_t offset = 0;                             // of the copy, where `out` starts
  std::span<std::uint8_t> out;
  std::size_t usual_piece_bytes = 0;  // what most pieces do not exceed: only speed depends on it
};

// Copies the bytes; flips and checksums are not its business. Ranges have been checked.
void weave_pieces(const WeaveJob& job);

}  // namespace probity::tally
