// From a rough alignment to one good to a fraction of a pixel: a smooth displacement of every cell, found on the
// unmarked master alone.
#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "trace/leak_picture.h"
#include "trace/local_fit.h"
#include "trace/reference.h"

namespace probity::trace {

// A leak laid over a reference by a plane projective map. A value.
struct Alignment {
  cv::Matx33d reference_to_leak = cv::Matx33d::eye();  // pixel coordinates; a mirrored leak has a negative determinant
  cv::Size leak_size;
  int inliers = 0;
  std::string method;  // "features", "correlation", "lattice"; for the report
};

// Pixels of the leak a pixel of the reference at a reference point; 0 behind the horizon.
double magnification(const Alignment& alignment, const cv::Point2d& reference_px);

// How far each code cell of the plan has moved against the alignment, in reference pixels; row-major, with one more
// column and row for the left-over margin.
struct DisplacementField {
  int columns = 0;
  int rows = 0;
  std::vector<cv::Point2f> moved_px;
};

// The leak as seen from the reference, at a working scale that neither has to be enlarged for.
struct View {
  double scale = 1;  // working pixels a reference pixel, at most 1
  cv::Size whole;    // of the reference at this scale
  BlockGrid grid;
  cv::Mat1f master;  // of the region, 0..255
  cv::Mat1f leak;    // warped onto it
  cv::Mat1f weight;  // 1 where the leak shows something that is not clipped, else 0
};

// `scale_divisor`: coarser views for coarse steps; 1 is the finest that is of use.
// Errors: not_found when the alignment shows less than four cells of the reference.
Result<View> make_view(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                       const DisplacementField& displacement, double scale_divisor);

struct RefineOptions {
  int steps_per_level = 2;
  double largest_px = 12;  // no cell moves further than this, reference pixels
};

// Coarse to fine. Cells without texture follow their neighbours. Never looks at codewords: only `reference.luma` is
// used.
Result<DisplacementField> refine(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                                 const RefineOptions& options = {});

// Improves a rough alignment by an affine change found on coarse to fine views; for alignments good to about a fiftieth
// of the picture. `coarsest`, `finest`: divisors of the first and the last view (8 to 1 for a correlation peak, 2 to 1
// for few features).
Result<Alignment> settle(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                         double coarsest, double finest);

// Correlation of the fine detail (under about 10 px) of leak and master over the view, in [-1, 1].
double detail_correlation(const View& view);

// The same for everything finer than three cells, each part of the view brought to the same contrast: the sanity check
// of an alignment, which holds for clouds and paintwork too.
double structure_correlation(const View& view);

}  // namespace probity::trace
