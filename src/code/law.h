// Bias laws: how often a code cell is 1, and the public draw of every cell's threshold.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace probity::code {

// Numbers are written to files and reports: never renumber.
enum class LawId : std::uint8_t {
  half = 1,    // every cell a fair coin: best against a lone leaker, helpless against some rings of three
  gl8 = 2,     // the discrete Gauss-Legendre law for eight colluders (Nuida et al., DCC 52, 2009)
  tilted = 3,  // p = 69/256 or its mirror, evenly: the default, chosen by measurement (docs/decisions/0002-bias-law.md)
  gl4 = 4,     // p = 54/256 or its mirror: more cells for a lone leaker, fewer against rings that compare copies
};

// The law new assets get.
inline constexpr LawId kDefaultLaw = LawId::tilted;

// "half", "gl8", "tilted" or "gl4".
std::string_view law_name(LawId law);
// The law of a number read from a file, or nothing when no such law exists.
std::optional<LawId> law_from_number(std::uint8_t number);

// One step of a law as a table: a 16-bit draw below `until` (and not below the step before) gives `threshold`.
struct LawStep {
  std::uint32_t until;
  std::uint8_t threshold;
};
// Steps in rising order; the last one ends at 65,536.
std::span<const LawStep> law_steps(LawId law);

// Threshold t_i in 1..255 for each cell: the cell is 1 with probability p_i = t_i/256 exactly. Cell i's draw is the
// i-th little-endian 16-bit word of the ChaCha20 (RFC 8439) key stream under `bias_seed` and a zero nonce, so a longer
// draw begins with every shorter one. `bias_seed` is public in evidence: secrecy of the biases is not needed for the
// bound.
std::vector<std::uint8_t> cell_thresholds(LawId law, const Hash& bias_seed, std::size_t cell_count);
std::vector<std::uint8_t> draw_thresholds(std::span<const LawStep> steps, const Hash& bias_seed,
                                          std::size_t cell_count);

}  // namespace probity::code
