// Listings as JSON: whole, for the store, and as members and the public may see them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "alliance/listing_rules.h"

namespace probity::alliance {

// Everything, without loss.
std::string listing_record(const Listing& listing);
// Errors: corrupt.
Result<Listing> parse_listing_record(std::string_view text);

// For the filer and the ombudsman: all but the label, which is sealed anyway.
nlohmann::json listing_to_json(const Listing& listing);
// A filing as a member's node sends it: {"conduct","tests":{…},"standard_of_proof","intentional_for_gain",
// "subject_is_adult"} with the members of a restatement. Errors: invalid_argument.
std::string draft_json(const Draft& draft);
Result<Draft> parse_draft(std::string_view text);
// {"epoch","tag","label"}, or {"enterprise":{…}} of a company, which is open and needs neither. Errors:
// invalid_argument.
nlohmann::json restatement_to_json(const Restatement& words);
Result<Restatement> parse_restatement(const nlohmann::json& in);

// What goes into the transparency log for one step; canonical (keys sorted, no spaces).
std::string step_content(const Listing& listing, const ListingStep& step);

}  // namespace probity::alliance
