// From a leaked picture and a master to soft values: every way to lay one over the other, and the one that shows a
// mark.
#pragma once

#include "trace/demodulate.h"
#include "trace/matching.h"
#include "trace/prepared_leak.h"
#include "trace/refine.h"

namespace probity::trace {

// One leak laid over one master and read. A value.
struct Reading {
  Alignment alignment;
  DisplacementField displacement;
  Observation observation;
};

// Above this evidence a mark of the master's own shapes has been found: no accident comes near, and any copy of it
// would be named.
inline constexpr double kPlentyEvidence = 60;

// Finds how the leak lies (mirrored, turned, stretched, cropped and framed leaks are found), by features first, then by
// the grid of its cells, then by correlation, and reads it. Several ways are tried where none is sure, and judged by
// the evidence of a mark, which knows no bit, so that the choice costs nothing in the bound; where none shows a mark,
// by the pictures. `known`: match_to_master() of leak.usual_features(), when the caller has it. Leaks are at least 32
// px on a side. Errors: not_found when the leak does not lie over the master, unsupported when it does but shows too
// few cells.
Result<Reading> read_leak(PreparedLeak& leak, const Reference& reference, const MatchResult* known = nullptr);

}  // namespace probity::trace
