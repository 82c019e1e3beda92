// A delivery as JSON: the `Delivery` of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "copies/delivery.h"

namespace probity::copies {

// `now_ms` decides the state.
nlohmann::json delivery_to_json(const DeliveryRow& row, TimeMs now_ms);

}  // namespace probity::copies
