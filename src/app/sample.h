// The sample project: fictional people and organisations, photographs from the system, a commitment to send.
#pragma once

#include "app/records.h"
#include "jobs/runner.h"

namespace probity::app {

// Makes what is missing of it; running it again finds what is there. Errors: not_found when the machine has none of the
// photographs; those of the verbs.
Result<void> load_sample(Records& records, jobs::JobContext& context);

}  // namespace probity::app
