// Routes of jobs.
#pragma once

#include "http/routes/guard.h"
#include "jobs/service.h"

namespace probity::http::routes {

// Borrows the service.
void add_job_routes(Router& router, Guard& guard, jobs::JobService& jobs);

}  // namespace probity::http::routes
