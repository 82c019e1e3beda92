// Filings as JSON for the store, without loss.
#pragma once

#include <string>
#include <string_view>

#include "filings/filing.h"

namespace probity::filings {

std::string filing_record(const Filing& filing);
// Errors: corrupt.
Result<Filing> parse_filing_record(std::string_view text);

// A listing as the hub shows it to its filer: without tag and label, which are zeros then. Errors: corrupt.
Result<alliance::Listing> parse_shown_listing(std::string_view text);

}  // namespace probity::filings
