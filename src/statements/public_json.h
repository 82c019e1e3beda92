// What the public sees of statements: JSON of docs/api/openapi.yaml, Atom (RFC 4287) and JSON Feed 1.1.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "statements/publication.h"

namespace probity::statements {

nlohmann::json public_link(const Statement& statement, const House& house);
nlohmann::json public_json(const PublicView& view);
nlohmann::json organisation_json(const House& house);
nlohmann::json hash_json(const HashAnswer& answer);
nlohmann::json seal_record_json(const SealRecord& record);

// Newest first. A removed statement stands in them as what it is, so that readers take it down too.
std::string atom_feed(const std::vector<Statement>& statements, const House& house, TimeMs now_ms);
nlohmann::json json_feed(const std::vector<Statement>& statements, const House& house);

}  // namespace probity::statements
