// Shoots, frames, releases and leads as JSON: the shapes of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "shoots/frames.h"
#include "shoots/own_footage.h"
#include "shoots/release_search.h"

namespace probity::shoots {

nlohmann::json to_json(const ShootRow& row);
nlohmann::json to_json(const FrameRow& row);
nlohmann::json to_json(const Release& release);
nlohmann::json to_json(const ReleaseAnswer& answer);
nlohmann::json to_json(const FootageReport& report);
// For the attendee: nothing of others.
nlohmann::json attended_to_json(const AttendedShoot& attended);
nlohmann::json own_frame_to_json(const FrameRow& row);

// Leads and searched shoots as they are kept in a row of the store, and back. Errors: corrupt.
std::string leads_text(const std::vector<FootageLead>& leads);
Result<std::vector<FootageLead>> parse_leads(const std::string& text);
std::string searched_text(const std::vector<SearchedShoot>& shoots);
Result<std::vector<SearchedShoot>> parse_searched(const std::string& text);

}  // namespace probity::shoots
