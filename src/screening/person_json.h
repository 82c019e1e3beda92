// Questions, hits and audits as the API shows them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "screening/consent_audit.h"
#include "screening/hit.h"
#include "screening/query.h"

namespace probity::screening {

nlohmann::json to_json(const PersonQuery& query);
// With what may be done at `now_ms`.
nlohmann::json to_json(const Hit& hit, TimeMs now_ms);
nlohmann::json to_json(const ConsentAudit& audit);

}  // namespace probity::screening
