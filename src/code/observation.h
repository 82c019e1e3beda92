// Soft observations of a leak's code cells, and how several leaked files of one master become one.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"

namespace probity::code {

// The most that one cell may say: a demodulator that is surer than 99 to 1 is not believed.
inline constexpr float kSoftLimit = 0.98F;

// One soft value a cell, s = P(bit is 1 | leak) - P(bit is 0 | leak), in [-1, 1]; 0 is an erased cell, which says
// nothing. The sum of the files' log-odds per cell, clipped to kSoftLimit: right when their noise is independent, and
// safe anyway, since the weight of a cell never changes what an innocent copy's chance is. Errors: invalid_argument for
// files of differing cell counts or values outside [-1, 1].
Result<std::vector<float>> combine(std::span<const std::vector<float>> files);

// Errors: invalid_argument when a value is not a number in [-1, 1].
Result<void> check_soft(std::span<const float> soft);

}  // namespace probity::code
