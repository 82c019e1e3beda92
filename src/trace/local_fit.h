// Least squares of one plane on a few others in overlapping windows of cells: tone, blur and small shifts at once.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <span>
#include <vector>

namespace probity::trace {

// The code cells of a window of the reference at some working scale. Blocks are whole or partial cells; a block's
// pixels are contiguous. A value.
class BlockGrid {
 public:
  // `region`: window in working pixels; cells start at working coordinate 0 with a pitch of cell_*_px (not whole
  // numbers).
  BlockGrid(const cv::Rect& region, double cell_width_px, double cell_height_px);

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  int first_column() const { return first_column_; }  // of the plan
  int first_row() const { return first_row_; }
  const cv::Rect& region() const { return region_; }
  // Pixel ranges of the blocks, relative to the region: block column c covers [column_starts()[c],
  // column_starts()[c+1]).
  std::span<const int> column_starts() const { return column_starts_; }
  std::span<const int> row_starts() const { return row_starts_; }
  // Position of a region pixel among block centres (fractional block index), for bilinear interpolation of block
  // values.
  float column_position(int x) const;
  float row_position(int y) const;

 private:
  cv::Rect region_;
  double cell_width_px_;
  double cell_height_px_;
  int first_column_, first_row_, columns_, rows_;
  std::vector<int> column_starts_, row_starts_;
};

inline constexpr int kMaxRegressors = 8;

struct FitOptions {
  int window_radius_blocks = 2;  // windows of 5 x 5 cells: wide against the mark, narrow against vignettes and moire
  double ridge = 0.02;           // pull towards the fit of the whole region, as a share of a window of average weight
};

// Coefficients of `target ~ sum_k coefficient_k * regressor_k`, one set a block. `determinacy`: how well each block's
// window pins its coefficients down: the inverse of the variance, in units of the target's noise, for each coefficient.
struct FitField {
  int regressors = 0;
  std::vector<std::array<float, kMaxRegressors>> coefficients;  // block-major, rows x columns
  std::vector<std::array<float, kMaxRegressors>> determinacy;
};

// All planes have the region's size; weight is 0 where the target is unknown.
FitField fit_blocks(const BlockGrid& grid, std::span<const cv::Mat1f> regressors, const cv::Mat1f& target,
                    const cv::Mat1f& weight, const FitOptions& options = {});

// A plane of the region's size from one value a block, bilinear between block centres.
cv::Mat1f interpolate(const BlockGrid& grid, const std::vector<float>& block_values);

// sum_k coefficient_k * regressor_k with interpolated coefficients.
cv::Mat1f evaluate(const BlockGrid& grid, const FitField& fit, std::span<const cv::Mat1f> regressors);

}  // namespace probity::trace
