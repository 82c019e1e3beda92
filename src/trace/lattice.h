// Where a leak's code cells lie, found by the mark alone: for skies, paint and motion blur, which show nothing else to
// hold on to.
//
// A cell's projection on its pattern is plus or minus the gain, whichever bit it carries, so its square is large where
// the cells of the leak and of the plan coincide. Squares know no bit: no codeword is looked at, and what is found has
// the same right to be scored as an alignment of the pictures.
#pragma once

#include <vector>

#include "trace/refine.h"

namespace probity::trace {

// A grid of cells on a leak, and how far it stands out of all grids that were tried, in standard deviations.
struct Lattice {
  double cell_width_px = 0;  // leak pixels
  double cell_height_px = 0;
  cv::Point2d corner_px;  // of some cell, as a coordinate of pixel corners (0 is the leak's left or top edge)
  double significance = 0;
};

// Sizes of cells to try: the square root of their area, leak pixels.
struct CellSizes {
  double smallest_px;
  double largest_px;
};
// All that a crop may show: cells of 9 px at least, six across the shorter side, 110 across the longer.
CellSizes sizes_of_crops(const cv::Size& leak);

// The grids that stand out most, upright and of the plan's shape; at most `keep` of different sizes, the best first.
// `cell_shape`: width of a cell by its height.
std::vector<Lattice> find_lattices(const LeakPicture& leak, double cell_shape, const CellSizes& sizes,
                                   std::size_t keep);

// A grid laid on the plan's cells, and the log likelihood ratio of its projections against a picture without the mark,
// whatever the bits.
struct LatticePlace {
  Alignment alignment;
  double evidence = 0;
};

// The cells of the reference whose keyed shapes and strengths agree best with those of each lattice, and whose
// brightness does, settled to a fraction of a pixel; a few for each lattice, in the order of the lattices.
std::vector<LatticePlace> place_lattices(const LeakPicture& leak, const std::vector<Lattice>& lattices,
                                         const Reference& reference);

}  // namespace probity::trace
