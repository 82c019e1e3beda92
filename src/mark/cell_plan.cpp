#include "mark/cell_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace probity::mark {
namespace {

constexpr double kCellsPerLongSide = 84.0;
constexpr double kSmallestCellPx = 16.0;
constexpr int kSmallestSidePx = 64;

// How far a cell is from the ideal: its area, its squareness, and the segments it is cut into (each costs bytes).
double cell_cost(double width_px, double height_px, double ideal_px, int segments_per_cell_row) {
  return std::abs(std::log2(width_px * height_px / (ideal_px * ideal_px))) +
         0.7 * std::abs(std::log2(width_px / height_px)) + 0.25 * (segments_per_cell_row - 1);
}

}  // namespace

int CellPlan::cell_at(int x_px, int y_px) const {
  const int column = x_px / cell_width_px;
  const int row = y_px / cell_height_px;
  return column < columns && row < rows ? row * columns + column : kNoCell;
}

bool CellPlan::operator==(const CellPlan& other) const {
  return width_px == other.width_px && height_px == other.height_px && unit.width_px == other.unit.width_px &&
         unit.height_px == other.unit.height_px && units_per_segment == other.units_per_segment &&
         cell_width_px == other.cell_width_px && cell_height_px == other.cell_height_px && columns == other.columns &&
         rows == other.rows;
}

Result<CellPlan> plan_cells(int width_px, int height_px, CodingUnit unit) {
  if (std::min(width_px, height_px) < kSmallestSidePx)
    return fail(ErrorCode::invalid_argument, "the picture is smaller than 64 pixels on a side and cannot carry a mark",
                "use a larger version of the picture");
  const double ideal_px = std::max(kSmallestCellPx, std::max(width_px, height_px) / kCellsPerLongSide);
  const int units_per_row = (width_px + unit.width_px - 1) / unit.width_px;
  const int widest_units = static_cast<int>(2 * ideal_px) / unit.width_px + 1;
  const int tallest_units = static_cast<int>(2 * ideal_px) / unit.height_px + 1;

  CellPlan best;
  double best_cost = std::numeric_limits<double>::infinity();
  for (int segment = 1; segment <= std::min(widest_units, units_per_row); ++segment) {
    if (units_per_row % segment != 0) continue;
    for (int width_units = segment; width_units <= widest_units; width_units += segment) {
      for (int height_units = 1; height_units <= tallest_units; ++height_units) {
        const int cell_width_px = width_units * unit.width_px;
        const int cell_height_px = height_units * unit.height_px;
        const double cost = cell_cost(cell_width_px, cell_height_px, ideal_px, width_units / segment);
        if (cost >= best_cost) continue;
        best_cost = cost;
        best = {width_px,
                height_px,
                unit,
                segment,
                cell_width_px,
                cell_height_px,
                width_px / cell_width_px,
                height_px / cell_height_px};
      }
    }
  }
  return best;
}

}  // namespace probity::mark
