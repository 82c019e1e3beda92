// Background work on leaks: taking uploaded files in as evidence, and tracing.
#pragma once

#include "app/records.h"
#include "jobs/runner.h"

namespace probity::app {

// An upload that is complete becomes evidence of its leak. Runs again after a crash at any point.
Result<void> take_evidence(Records& records, jobs::JobContext& context);

struct TraceWatch {
  std::function<void(const std::string& what, double fraction)> progress;
  std::function<Result<void>()> go_on;  // its error ends the trace
};
// Traces all pictures of a leak together and records what was found. Nothing is recorded until all of it is.
Result<leaks::Trace> trace_matter(Records& records, const Id& leak, const events::Actor& asked_by,
                                  const TraceWatch& watch);
Result<void> trace_leak(Records& records, jobs::JobContext& context);

}  // namespace probity::app
