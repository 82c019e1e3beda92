// Optimal prefix codes of limited length, for the JPEG and PNG writers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace probity::media {

// The code length of each symbol (0 for frequency 0) that makes the sum of frequency * length least while no code is
// longer than `longest_bits`: package-merge (Larmore and Hirschberg 1990). A lone symbol gets one bit.
// Needs 2^longest_bits at least as large as the number of symbols in use.
std::vector<std::uint8_t> code_lengths(std::span<const std::uint64_t> frequencies, int longest_bits);

}  // namespace probity::media
