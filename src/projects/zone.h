// IANA time zones, through ICU: whether a name is one, and an instant told in it.
#pragma once

#include <string>

#include "base/clock.h"

namespace probity::projects {

// "Europe/Berlin" and "UTC" are; offsets such as "GMT+8" and names ICU makes up are not.
bool is_iana_zone(const std::string& zone);

// "2026-11-21 18:00 (Asia/Shanghai)", a 24-hour clock, the same in every language. An unknown zone is told as UTC.
std::string local_minute_text(TimeMs time_ms, const std::string& zone);

}  // namespace probity::projects
