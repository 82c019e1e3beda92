// One leak traced against one prepared photo, as the product does it, with what a bench wants to know about it.
#pragma once

#include <opencv2/core.hpp>
#include <span>
#include <string>

#include "code/accuse.h"
#include "harness/prepared.h"
#include "trace/demodulate.h"

namespace probity::bench {

struct Traced {
  bool aligned = false;
  std::string reason;  // when it did not align
  std::string method;
  int inliers = 0;
  trace::Observation seen;
  code::Verdict verdict;
  double read_seconds = 0;  // aligning, refining, demodulating
  double accuse_seconds = 0;

  double seconds() const { return read_seconds + accuse_seconds; }
  // First-pass score of a candidate in standard deviations; 0 when the leak did not align.
  double standard_score(std::size_t candidate) const;
};

// `leak`: RGB CV_8UC3. Geometry is not told; the master is. `threads`: of the scoring.
// Errors: those of code::accuse; a leak that does not align is a result.
Result<Traced> trace_leak(const cv::Mat& leak, const PreparedPhoto& photo, std::span<const Id> copies,
                          unsigned threads);

// How the guilty and the innocent fared.
struct Outcome {
  bool identified = false;  // at least one guilty copy accused, and no innocent one
  std::size_t guilty_accused = 0;
  std::size_t innocents_accused = 0;
  double guilty_z = 0;     // the highest of the guilty
  double innocent_z = 0;   // the highest of all others
  double log10_total = 0;  // of the best guilty finding; 0 when none
  std::size_t innocents = 0;
};
Outcome judge(const Traced& traced, std::span<const std::size_t> guilty);

// Share of seen cells whose sign disagrees with the codeword, weighted by |soft|.
double weighted_bit_error(const trace::Observation& seen, std::span<const std::uint8_t> codeword);

}  // namespace probity::bench
