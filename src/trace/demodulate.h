// From an aligned leak to one soft value a code cell: which variant it shows, and how surely.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "trace/reference.h"
#include "trace/refine.h"

namespace probity::trace {

// What a leak says about the code, from the leak, the unmarked master and the pattern alone; never from codewords.
struct Observation {
  std::vector<float> soft;     // one a cell of the plan: P(bit 1) - P(bit 0), in [-1, 1]; 0 = erased or not shown
  int cells_seen = 0;          // with soft != 0
  double gain = 0;             // of the mark in the leak, 1 = as delivered
  double signal_to_noise = 0;  // mean over seen cells of gain^2 / variance
  double detail_correlation = 0;
  // Log likelihood ratio of the projections against a picture without the mark, whatever the bits: under about 20 for
  // strangers and wrong alignments, hundreds for a copy. It knows no bit, so alignments may be chosen by it.
  double evidence = 0;
  // For tests, tuning and the report: the projection of each cell (about +-gain) and its variance.
  std::vector<float> projection;
  std::vector<float> variance;
};

// Errors: not_found when the alignment shows too little of the reference.
Result<Observation> demodulate(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                               const DisplacementField& displacement);

}  // namespace probity::trace
