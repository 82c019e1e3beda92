// Background work on cases: taking uploaded files in as evidence.
#pragma once

#include "app/records.h"
#include "jobs/runner.h"

namespace probity::app {

// An upload that is complete becomes evidence of its case. Runs again after a crash at any point.
Result<void> take_case_file(Records& records, jobs::JobContext& context);

}  // namespace probity::app
