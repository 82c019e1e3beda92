// Listings as JSON: whole, for the store, and as members and the public may see them.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "alliance/listing.h"

namespace probity::alliance {

// Everything, without loss.
std::string listing_record(const Listing& listing);
// Errors: corrupt.
Result<Listing> parse_listing_record(std::string_view text);

// For the filer and the ombudsman: all but the label, which is sealed anyway.
nlohmann::json listing_to_json(const Listing& listing);
// What goes into the transparency log for one step; canonical (keys sorted, no spaces).
std::string step_content(const Listing& listing, const ListingStep& step);

}  // namespace probity::alliance
