// Reading RFC 3339 times as people and programs write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace probity::http::routes {

// "2026-11-21T20:29:45Z", with any offset and up to nine digits of a second (cut to milliseconds, not rounded), years
// 1970 to 9999. Nothing for any other text; leap seconds are refused, because our clocks have none.
std::optional<TimeMs> parse_rfc3339(std::string_view text);

}  // namespace probity::http::routes
