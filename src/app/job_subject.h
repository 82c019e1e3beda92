// What a job is about.
#pragma once

#include "jobs/runner.h"

namespace probity::app {

inline Result<Id> subject_of(const jobs::JobContext& context) {
  if (!context.job().request.subject) return fail(ErrorCode::corrupt, "a job does not say what it is about");
  return *context.job().request.subject;
}

}  // namespace probity::app
