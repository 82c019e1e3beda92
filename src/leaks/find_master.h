// Which master a leaked file shows, and what its code cells say. Internal to investigate().
#pragma once

#include <memory>

#include "leaks/investigate.h"
#include "trace/reading.h"

namespace probity::leaks {

// One leaked file laid over one master and read.
struct Reading : trace::Reading {
  Id asset;
  std::shared_ptr<const trace::Reference> reference;
  double structure_agreement = 0;
};

struct Search {
  std::optional<Reading> reading;
  Miss miss = Miss::none;
  std::uint64_t masters_tried = 0;
  std::uint64_t masters_passed = 0;
};

// Tries candidates in order of matching features, then of `masters`. The first sure alignment, or one that shows a
// mark, ends the search; among unsure ones the best agreement of the pictures wins, and all of them are counted as
// passed. Errors: those of `masters`; a leak that shows no master is not one.
Result<Search> find_master(const LeakFile& file, Masters& masters);

}  // namespace probity::leaks
