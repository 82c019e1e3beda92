// Bulletins and joint cases as JSON: as they are kept, and as readers are shown them (docs/api/openapi.yaml).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "bulletins/groups.h"
#include "bulletins/text_check.h"
#include "bulletins/view.h"

namespace probity::bulletins {

// Canonical (keys sorted, no spaces): what the store keeps and the log commits to. Errors of the readers: corrupt.
std::string content_record(const Content& content);
std::string proposal_record(const Proposal& proposal);
Result<Proposal> parse_proposal_record(std::string_view text);
std::string bulletin_record(const Bulletin& bulletin);
Result<Bulletin> parse_bulletin_record(std::string_view text);
std::string group_members_record(const std::vector<MemberName>& members);
Result<std::vector<MemberName>> parse_group_members_record(std::string_view text);
std::string joint_case_record(const JointCase& joint);
Result<JointCase> parse_joint_case_record(std::string_view text);

// Reads what to_rfc3339() writes: "2027-01-15T08:00:00.000Z". Nothing for other texts.
std::optional<TimeMs> time_of_text(const std::string& text);

// Of the API.
nlohmann::json said_to_json(const Said& said);
nlohmann::json content_to_json(const Content& content);  // without pictures
nlohmann::json pictures_to_json(const std::vector<Picture>& pictures);
// What a node sends to the hub to publish, and keeps as a draft; pictures by hash.
nlohmann::json proposal_to_json(const Proposal& proposal);
nlohmann::json findings_to_json(const std::vector<Finding>& findings);
nlohmann::json to_json(const Row& row);
nlohmann::json to_json(const View& view);
nlohmann::json to_json(const Related& related);
nlohmann::json to_json(const JointView& view);
nlohmann::json to_json(const GroupView& view);
nlohmann::json labels_to_json();

}  // namespace probity::bulletins
