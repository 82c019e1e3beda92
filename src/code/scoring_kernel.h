// The inner loop of scoring: which cells of a key stream agree with the leak, and what those cells weigh.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "code/bank.h"

namespace probity::code {

// ChaCha20 makes its stream in blocks of this size, and no vector register is longer.
inline constexpr std::size_t kBlockBytes = 64;

// A bank as the kernel reads it: only the runs of stream blocks that hold a voting cell, one after another; all vectors
// are padded with zero weights to whole blocks.
struct PackedBank {
  struct Run {
    std::uint32_t first_block;
    std::uint32_t block_count;
  };
  std::vector<Run> runs;
  std::vector<std::uint8_t> thresholds;
  std::vector<std::uint8_t> flip;                  // 0xFF where the cell leans to 0: agreeing is then having no 1
  std::vector<std::vector<std::uint8_t>> weights;  // one vector a decoder

  std::size_t byte_count() const { return thresholds.size(); }
};
PackedBank pack(const Bank& bank);

// Adds to sums[d] the weights of decoder d over the cells in which the copy with this stream agrees. `stream`:
// byte_count() bytes, the runs' key stream; overwritten. `sums`: one a decoder. Uses the widest vectors the machine
// has.
void add_agreement(const PackedBank& bank, std::uint8_t* stream, std::span<std::int32_t> sums);

}  // namespace probity::code
