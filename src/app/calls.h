// Mails that say "sign in, something waits for you", and nothing of what it is about.
#pragma once

#include "app/records.h"
#include "jobs/runner.h"

namespace probity::app {

// What the job jobs::kCallJob does. Who is told is found out now: what was decided meanwhile calls nobody. Each person
// is told once a job, also when it runs again after a crash.
Result<void> call(Records& records, jobs::JobContext& context);

}  // namespace probity::app
