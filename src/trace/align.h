// Finds how a leak lies over a master: by features first, by correlation where there is nothing to hold on to.
#pragma once

#include "trace/refine.h"

namespace probity::trace {

// `leak`: at least 32 px on a side. Mirrored, turned, stretched, cropped and framed leaks are found.
// Errors: not_found when no alignment passes its sanity checks ("does not align").
Result<Alignment> align(const LeakPicture& leak, const Reference& reference);

}  // namespace probity::trace
