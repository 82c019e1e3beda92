// Scoring every copy against a leak: seeds, key streams and sums, on all cores; and the plain twin it is tested
// against.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/secret.h"
#include "code/bank.h"

namespace probity::code {

// Stands in a list of copies for a candidate who has none of that asset.
inline constexpr Id kNoCopy{};

// One asset's cells and its copies. Candidate j of every channel is the same recipient; copies[j] is kNoCopy where that
// recipient never had the asset. Pointers and spans must outlive the call.
struct ScoringChannel {
  const Bank* bank = nullptr;
  const HkdfExpander* asset_key = nullptr;
  std::span<const Id> copies;
};

// Called on the calling thread only, with the copies scored so far and in all.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

struct ScoringOptions {
  unsigned threads = 0;  // 0: one a core
  Progress progress;
};

// Score of every candidate by every decoder, [decoder][candidate], summed over the channels in which the candidate has
// a copy. Channels must agree in the number of copies and of decoders. Streams are made and used up in cache; stream
// blocks in which no cell votes are skipped.
std::vector<std::vector<std::int32_t>> score_copies(std::span<const ScoringChannel> channels,
                                                    const ScoringOptions& options);

// The plain twin: score of one codeword by one decoder.
std::int32_t score_codeword(const Bank& bank, std::size_t decoder, std::span<const std::uint8_t> bits);

}  // namespace probity::code
