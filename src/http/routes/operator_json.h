// What the operator's and the public's pages are told of members and epochs, as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "http/routes/operator.h"

namespace probity::http::routes {

nlohmann::json quota_json(const alliance::QuotaLimits& limits);
nlohmann::json member_json(const HubOffice& office, const alliance::MemberFacts& member);
nlohmann::json member_step_json(const alliance::MemberStep& step);
nlohmann::json proposal_json(const HubOffice& office, const alliance::QuotaProposal& proposal);
// Open alarms of a member, or of all.
std::uint64_t open_alarms(const HubOffice& office, const std::optional<Id>& member);
nlohmann::json tag_set_json(const alliance::PublishedHead& head);
nlohmann::json operator_epoch_json(const HubOffice& office, const alliance::KeyDirectory& directory);
nlohmann::json public_epoch_json(const HubOffice& office, const alliance::KeyDirectory& directory);

// The key of a year may be used until the end of March of the next one.
TimeMs end_of_use(oprf::Epoch epoch);

}  // namespace probity::http::routes
