// Evidence, custody steps and checks as JSON: the shapes of docs/api/openapi.yaml.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "evidence/check.h"
#include "evidence/store.h"

namespace probity::evidence {

// Without what only the matter knows: `picture` is false and `problem` null unless the caller sets them.
nlohmann::json to_json(const Item& item);
nlohmann::json to_json(const Step& step);
nlohmann::json to_json(const Check& check);

}  // namespace probity::evidence
