// The calendar of days that are no working days besides weekends, as a text that people keep: one date a line.
#pragma once

#include <string>
#include <string_view>

#include "alliance/listing_rules.h"

namespace probity::alliance {

// "2027-01-01" as days since 1970-01-01. Errors: invalid_argument.
Result<std::int64_t> parse_date(std::string_view text);
std::string date_text(std::int64_t day);

// Empty lines and what follows a '#' do not count. Ascending, each once. Errors: invalid_argument naming the line.
Result<Holidays> parse_holidays(std::string_view text);
std::string holidays_text(const Holidays& holidays);

}  // namespace probity::alliance
