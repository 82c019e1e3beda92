// From an alignment to what it says was done to the leaked picture: crop, scale, rotation, mirror, perspective.
#pragma once

#include "leaks/report.h"
#include "trace/demodulate.h"
#include "trace/refine.h"

namespace probity::leaks {

// Everything but method-independent names is in master pixels. `displacement`: as refined; only cells inside the leak
// count as bend.
Lay describe_lay(const trace::Alignment& alignment, const trace::Reference& reference,
                 const trace::DisplacementField& displacement, const trace::Observation& observation,
                 double structure_agreement);

}  // namespace probity::leaks
