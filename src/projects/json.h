// Projects as JSON: the `Project` and `Embargo` of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "projects/project.h"

namespace probity::projects {

// `now_ms` tells which embargoes have lifted.
nlohmann::json to_json(const ProjectRow& row, TimeMs now_ms);
nlohmann::json to_json(const Embargo& embargo, TimeMs now_ms);

}  // namespace probity::projects
