// What a recipient's page is told, as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "commitments/recipient.h"

namespace probity::commitments {

nlohmann::json link_state_to_json(const LinkState& state);
nlohmann::json home_to_json(const RecipientHome& home, const std::string& csrf_token, std::uint64_t copies);
nlohmann::json view_to_json(const RecipientView& view);
nlohmann::json answers_to_json(const AnswersResult& result);

}  // namespace probity::commitments
