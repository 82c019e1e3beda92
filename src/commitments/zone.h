// Instants as people read them in a commitment: in full, in their language, always on a 24-hour clock.
#pragma once

#include <string>

#include "base/clock.h"
#include "commitments/terms.h"

namespace probity::commitments {

// "Saturday, 21 November 2026, 18:00 (Asia/Shanghai, UTC+08:00)", in Chinese
// "2026年11月21日（星期六）18:00（Asia/Shanghai，UTC+08:00）". Seconds are shown when there are any.
// An unknown zone is told as UTC.
std::string local_time_text(TimeMs time_ms, const std::string& zone, Locale locale);

// "2026-11-21 10:00 UTC"
std::string utc_time_text(TimeMs time_ms);

// The instant both ways: local time, then UTC; once when the zone is UTC.
std::string instant_text(TimeMs time_ms, const std::string& zone, Locale locale);

// The year of an instant in UTC.
int utc_year(TimeMs time_ms);

}  // namespace probity::commitments
