// From scores to findings: the laws of each combination of channels, and the bound of one candidate. Internal to
// accuse().
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "code/accuse.h"
#include "code/bank.h"
#include "code/bound.h"

namespace probity::code {

// Bit c is set when the candidate has a copy in channel c.
using ChannelMask = std::uint64_t;
inline constexpr std::size_t kMaxChannels = 64;

// Laws of the scores of candidates who have the channels of a mask, worked out when first asked for. Not thread-safe.
class LawBook {
 public:
  explicit LawBook(std::span<const Bank> banks) : banks_(banks) {}
  const ScoreLaw& law(ChannelMask mask, std::size_t decoder);

 private:
  std::span<const Bank> banks_;
  std::map<ChannelMask, std::vector<ScoreLaw>> laws_;
};

// The finding of the decoder with the smallest bound. `scores`: one a decoder. Leaves candidate and agreeing_cells
// alone.
Finding best_finding(LawBook& book, ChannelMask mask, std::span<const Bank> banks, std::span<const std::int32_t> scores,
                     const Trials& trials);

// In how many of the voting cells a codeword agrees with the leak.
std::size_t agreeing_cells(const Bank& bank, std::span<const std::uint8_t> bits);

}  // namespace probity::code
