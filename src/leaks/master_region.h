// What of a master a leak needs to be laid over it again: the part it shows, and a little around it.
#pragma once

#include "leaks/report.h"
#include "trace/reference.h"

namespace probity::leaks {

// The reference with everything outside the outlines of `asset` in the report flattened, their surroundings kept (a
// twelfth of the long side); the whole of it when a leak shows most of the master. Features outside go.
trace::Reference region_of(const trace::Reference& reference, const Report& report, const Id& asset);

}  // namespace probity::leaks
