// How strong the mark may be at each pixel before an eye sees it (the perceptual mask).
#pragma once

#include <opencv2/core.hpp>

#include "mark/cell_plan.h"

namespace probity::mark {

// Amplitude at the peak of a cell's pattern = at_unit_activity * activity^exponent, between the two limits, and more in
// the dark. Grey levels throughout. The defaults were measured: see docs/decisions/0001-mark.md.
struct MaskOptions {
  float at_unit_activity = 1.14F;
  float exponent = 0.28F;
  float smallest = 0.68F;  // skies, skin, smooth paintwork
  float largest = 2.45F;
  float dark_gain = 0.4F;  // black areas get 1 + dark_gain times as much, fading out at luma 64
};

// Amplitude in grey levels for each pixel of `luma` (0..255), varying slowly within a cell.
cv::Mat1f perceptual_mask(const cv::Mat1f& luma, const CellPlan& plan, const MaskOptions& options);

// Local activity in grey levels, same size as `luma`: what perceptual_mask is a function of.
cv::Mat1f local_activity(const cv::Mat1f& luma, double cell_px);

}  // namespace probity::mark
