#include "projects/zone.h"

#include <fmt/format.h>
#include <unicode/calendar.h>
#include <unicode/timezone.h>

#include <memory>

namespace probity::projects {

bool is_iana_zone(const std::string& zone) {
  if (zone.empty() || zone.size() > 64) return false;
  UErrorCode status = U_ZERO_ERROR;
  UBool is_system = false;
  icu::UnicodeString canonical;
  const auto name = icu::UnicodeString::fromUTF8(zone);
  icu::TimeZone::getCanonicalID(name, canonical, is_system, status);
  return U_SUCCESS(status) && is_system && name != icu::UnicodeString("Etc/Unknown");
}

std::string local_minute_text(TimeMs time_ms, const std::string& zone) {
  const std::string known = is_iana_zone(zone) ? zone : "UTC";
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Calendar> calendar(icu::Calendar::createInstance(
      icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(known)), icu::Locale::getEnglish(), status));
  if (U_FAILURE(status)) return to_rfc3339(time_ms);
  calendar->setTime(static_cast<UDate>(time_ms), status);
  const auto field = [&](UCalendarDateFields which) { return calendar->get(which, status); };
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} ({})", field(UCAL_YEAR), field(UCAL_MONTH) + 1, field(UCAL_DATE),
                     field(UCAL_HOUR_OF_DAY), field(UCAL_MINUTE), known);
}

}  // namespace probity::projects
