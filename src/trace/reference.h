// What tracing keeps of a master: its unmarked luma and its mark at a working resolution, and its features.
#pragma once

#include <opencv2/core.hpp>

#include "base/bytes.h"
#include "mark/cell_plan.h"
#include "trace/features.h"

namespace probity::trace {

// The mark's frequencies and the features need no more; a leak that shows more is shrunk to it.
inline constexpr int kReferenceLongSidePx = 1600;

// A value. Pixel centres are at whole numbers; reference x + 0.5 = scale * (master x + 0.5).
struct Reference {
  mark::CellPlan plan;  // in master pixels
  double scale = 1;     // reference pixels a master pixel, at most 1
  cv::Mat1f luma;       // unmarked, 0..255
  cv::Mat1f delta;      // what variant A adds, in grey levels
  // Blue and red minus luma, 128 for none, at half the size; empty for grey masters.
  cv::Mat1b blue_difference;
  cv::Mat1b red_difference;
  Features features;  // of `luma`, in reference pixels

  double cell_width_px() const { return plan.cell_width_px * scale; }
  double cell_height_px() const { return plan.cell_height_px * scale; }
};

// From the full planes of mark::mark_delta (height_px x width_px). `rgb`: the same picture, 8 or 16 bits a channel; a
// single channel or an empty one for grey masters.
Reference make_reference(const cv::Mat1f& luma, const cv::Mat1f& delta, const mark::CellPlan& plan, const cv::Mat& rgb);

// Our own form (docs/formats.md, "Reference"): luma in 1/128 and delta in 1/24 grey levels.
Bytes serialise(const Reference& reference);
// Errors: corrupt when the bytes are not exactly one well-formed reference.
Result<Reference> parse_reference(BytesView bytes);

}  // namespace probity::trace
