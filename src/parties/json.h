// Parties as JSON: `Party`, `PartyDetail`, `PartyImport` and `Training` of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "parties/service.h"

namespace probity::parties {

nlohmann::json to_json(const PartyRow& row);
nlohmann::json to_json(const PartyDetail& detail);
nlohmann::json to_json(const Training& training);
nlohmann::json to_json(const ImportReport& report);

}  // namespace probity::parties
