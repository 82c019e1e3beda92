// A calendar file of embargo instants (RFC 5545), with alarms 24 hours and 1 hour before.
#pragma once

#include <string>
#include <vector>

#include "commitments/ports.h"

namespace probity::commitments {

struct CalendarEntry {
  EmbargoInstant embargo;
  std::string project;
};

// One event an entry; the same embargo keeps its UID, so that a moved instant replaces the old one. Times are in UTC,
// which calendars show in the reader's zone; the description tells the agreed local time.
std::string calendar_text(const std::vector<CalendarEntry>& entries, const std::string& sender, Locale locale,
                          TimeMs now_ms);

}  // namespace probity::commitments
