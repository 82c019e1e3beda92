// Jobs as JSON: the `Job` of docs/api/openapi.yaml. The payload stays inside.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "jobs/job.h"

namespace probity::jobs {

nlohmann::json to_json(const Job& job);

}  // namespace probity::jobs
