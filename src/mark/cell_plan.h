// How a picture is divided into code cells, and how many of them a decoder can take apart (the cell plan).
#pragma once

#include <cstdint>

#include "base/result.h"

namespace probity::mark {

// The smallest piece of an encoded picture that can be replaced on its own. JPEG: one MCU (16x16 px at 4:2:0, 8x8 at
// 4:4:4 and grey). PNG: 8x8 px.
struct CodingUnit {
  int width_px = 16;
  int height_px = 16;
};

// Cells tile the picture from its top left corner, `columns` by `rows`, in raster order. What is left over at the right
// and at the bottom carries no mark. A value; cheap to copy.
struct CellPlan {
  int width_px = 0;
  int height_px = 0;
  CodingUnit unit;
  int units_per_segment = 1;  // units in a row that are replaced together; divides the units of a row
  int cell_width_px = 0;      // a multiple of unit.width_px * units_per_segment
  int cell_height_px = 0;     // a multiple of unit.height_px
  int columns = 0;
  int rows = 0;

  static constexpr int kNoCell = -1;

  int cell_count() const { return columns * rows; }
  // Cell that holds a pixel, or kNoCell in the left-over margin.
  int cell_at(int x_px, int y_px) const;
  bool operator==(const CellPlan&) const;
};

// Chooses cells of about 1/84 of the long side (13 px at 1080) and never under 16 px, as square as the coding units
// allow, with the longest segments that fit.
// Errors: invalid_argument for pictures under 64 px on a side, which hold too few cells to trace.
Result<CellPlan> plan_cells(int width_px, int height_px, CodingUnit unit);

}  // namespace probity::mark
