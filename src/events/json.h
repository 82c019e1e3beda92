// Events as JSON: the `Activity` of docs/api/openapi.yaml, with its sentence.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "events/event.h"

namespace probity::events {

nlohmann::json to_json(const Event& event);

}  // namespace probity::events
