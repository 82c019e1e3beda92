// The module's one mapping to JSON: what the command line prints and the store keeps as text.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "copies/asset.h"
#include "copies/copy.h"
#include "copies/register.h"

namespace probity::copies {

nlohmann::json plan_to_json(const mark::CellPlan& plan);
// Errors: corrupt when a field is missing or is no positive whole number.
Result<mark::CellPlan> plan_from_json(std::string_view text);

// For people and programs outside; no salts, no keys.
nlohmann::json asset_to_json(const Asset& asset);
nlohmann::json copy_to_json(const CopyWithRecipient& issued);
nlohmann::json making_to_json(const Making& making);

}  // namespace probity::copies
