// The mark: a faint signed pattern that variant A adds to the luma plane and variant B subtracts from it.
#pragma once

#include <opencv2/core.hpp>

#include "base/hash.h"
#include "mark/cell_plan.h"
#include "mark/mask.h"

namespace probity::mark {

struct MarkOptions {
  double strength = 1.0;  // multiplies the perceptual mask; 1 is the measured default
  MaskOptions mask;
};

// The pattern before the mask, within about [-2, 2]; height_px x width_px, exactly zero on every cell's edge pixels and
// outside the cells. `pattern_key` decides each cell's shape.
cv::Mat1f unit_pattern(const CellPlan& plan, const Hash& pattern_key);

// The signed pattern in grey levels, same size as `luma` (height_px x width_px, 0..255): unit_pattern times the mask.
// It is stored with the asset, never recomputed, so that tracing does not depend on rounding.
cv::Mat1f mark_delta(const cv::Mat1f& luma, const CellPlan& plan, const Hash& pattern_key, const MarkOptions& options);

}  // namespace probity::mark
