// Companies, what the list says of them, and who asked, as JSON: for records and for the API.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "events/event.h"
#include "screening/company.h"

namespace probity::screening {

// For records. The readers throw nlohmann::json::exception on what does not fit.
nlohmann::json subject_record(const CompanySubject& subject);
CompanySubject subject_of_record(const nlohmann::json& in);
nlohmann::json actor_record(const events::Actor& actor);
Result<events::Actor> actor_of_record(const nlohmann::json& in);

// For the API. Numbers that are not known are null; an organisation code stands in place of a credit code.
void put_numbers(nlohmann::json& out, const CompanySubject& subject);
nlohmann::json words_json(const Words& words);
nlohmann::json entry_json(const alliance::EnterpriseEntry& entry);
nlohmann::json list_state_json(const alliance::SignedEnterpriseHead& head);
nlohmann::json match_json(const CompanyMatch& match, const std::optional<Id>& hit);

}  // namespace probity::screening
