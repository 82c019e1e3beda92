// The mark: a faint signed pattern that variant A adds to the luma plane and variant B subtracts from it.
#pragma once

#include <opencv2/core.hpp>

#include "base/hash.h"
#include "mark/cell_plan.h"

namespace probity::mark {

struct MarkOptions {
  double strength = 1.0;  // multiplies the perceptual mask; 1 is the measured default
};

// The signed pattern in grey levels, same size as `luma` (height_px x width_px, 0..255). Zero on every cell's edge and
// outside the cells. Deterministic in its arguments on one machine type; it is stored, never recomputed, for tracing.
cv::Mat1f mark_delta(const cv::Mat1f& luma, const CellPlan& plan, const Hash& pattern_key, const MarkOptions& options);

}  // namespace probity::mark
