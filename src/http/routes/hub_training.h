// Training events at the hub over HTTP, for members' nodes.
#pragma once

#include "http/routes/hub_bulletins.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {

void add_hub_training_routes(Router& router, bulletins::Trainings& trainings, const BoardDoor& door);

// Complaints stay in `fields`. Shared with nodes.
bulletins::TrainingPlan plan_of(JsonFields& fields);
nlohmann::json plan_to_json(const bulletins::TrainingPlan& plan);

}  // namespace probity::http::routes
