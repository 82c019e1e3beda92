// What the accused's own page gets: their part of the case and nothing else.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "cases/accused.h"

namespace probity::cases {

nlohmann::json accused_json(const AccusedView& view, const std::string& csrf_token);
nlohmann::json accused_document_json(const AccusedDocument& document);

}  // namespace probity::cases
