// The decoder bank: what each cell of a leak is worth as evidence, in whole numbers.
//
// A cell *leans* to 1 when its soft value is positive, to 0 when negative. A copy *agrees* with the leak in a cell when
// its bit is the one the cell leans to. A decoder gives each cell a weight from 0 to 255, and a copy's score is the sum
// of the weights of the cells in which it agrees. (Any score that adds a value per cell and bit is of this form up to a
// constant, which does not change who is how far out.) Weights are whole numbers so that sums are exact in any order
// and on any machine, and the bound is of exactly the score that was added up. Weights depend on the leak, the public
// thresholds and the codewords of copies accused before: never on the copy that is scored.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace probity::code {

struct Decoder {
  std::string_view name;             // of static storage
  std::vector<std::uint8_t> weight;  // one a cell; 0 where erased
};

// The decoders of one channel (one master's cells). All vectors are as long as the channel has cells.
struct Bank {
  std::vector<std::uint8_t> thresholds;
  std::vector<std::uint8_t> leaning;  // the bit the cell leans to
  std::vector<Decoder> decoders;
};

// Codewords (0/1 a cell) of copies already accused, which explain part of the leak: the joint step.
using SideInformation = std::vector<std::vector<std::uint8_t>>;

// What a bank is made from. All spans have one entry a cell.
struct ChannelView {
  std::span<const float> soft;
  std::span<const std::uint8_t> thresholds;
  const SideInformation* accused = nullptr;
};

// One bank a channel; a decoder's weights have one common scale over all of them, so that scores may be added.
std::vector<Bank> decoder_banks(std::span<const ChannelView> channels);
Bank decoder_bank(std::span<const float> soft, std::span<const std::uint8_t> thresholds);

// Size of every bank: part of the union that a bound is multiplied by.
std::size_t decoder_count();

}  // namespace probity::code
