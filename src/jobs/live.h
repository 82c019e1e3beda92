// Jobs for open pages: the topic "job" of the live feed.
#pragma once

#include "events/live.h"
#include "jobs/store.h"

namespace probity::jobs {

// Borrows the store.
events::LiveSource job_source(Store& store);

}  // namespace probity::jobs
