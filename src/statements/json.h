// Statements as JSON: for the store, for what is approved and sealed, for staff and for the public.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "statements/rules.h"

namespace probity::statements {

// The bytes that an approval is of: canonical JSON, keys sorted, no spaces.
std::string content_text(const Content& content, const std::string& number, const std::optional<Id>& follows);

nlohmann::json content_to_json(const Content& content);  // for the store
// Throws nlohmann's exceptions on what it did not write.
Content content_from_json(const nlohmann::json& json);
nlohmann::json approvals_to_json(const std::vector<Approval>& approvals);
std::vector<Approval> approvals_from_json(const nlohmann::json& json);

nlohmann::json texts_to_json(const Texts& texts);
nlohmann::json replies_to_json(const std::vector<Reply>& replies);
nlohmann::json to_json(const Statement& statement);  // a row of a list
nlohmann::json link_to_json(const Statement& statement);
nlohmann::json hindrances_to_json(const std::vector<Hindrance>& hindrances);
nlohmann::json removal_to_json(const RemovalRequest& removal);  // for the store
RemovalRequest removal_from_json(const nlohmann::json& json);
nlohmann::json tombstone_to_json(const Tombstone& tombstone);

}  // namespace probity::statements
