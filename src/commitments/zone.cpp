#include "commitments/zone.h"

#include <fmt/format.h>
#include <unicode/ucal.h>

#include <array>

#include "projects/zone.h"

namespace probity::commitments {
namespace {

// IANA names are ASCII; anything else is no zone.
std::u16string utf16(const std::string& zone) { return {zone.begin(), zone.end()}; }

struct LocalTime {
  int year = 0, month = 0, day = 0, weekday = 0, hour = 0, minute = 0, second = 0;  // weekday: 0 is Sunday
  int offset_minutes = 0;                                                           // east of Greenwich
};

// ICU's proleptic fields are right from 1582 on, which is all that tidy terms allow.
LocalTime local_time(TimeMs time_ms, const std::string& zone) {
  const std::u16string name = utf16(zone);
  UErrorCode status = U_ZERO_ERROR;
  UCalendar* calendar =
      ucal_open(name.data(), static_cast<std::int32_t>(name.size()), "en_US", UCAL_GREGORIAN, &status);
  LocalTime local;
  if (U_FAILURE(status)) return local;
  ucal_setMillis(calendar, static_cast<UDate>(time_ms), &status);
  const auto field = [&](UCalendarDateFields which) { return static_cast<int>(ucal_get(calendar, which, &status)); };
  local = {field(UCAL_YEAR),        field(UCAL_MONTH) + 1,
           field(UCAL_DATE),        field(UCAL_DAY_OF_WEEK) - 1,
           field(UCAL_HOUR_OF_DAY), field(UCAL_MINUTE),
           field(UCAL_SECOND),      (field(UCAL_ZONE_OFFSET) + field(UCAL_DST_OFFSET)) / 60'000};
  ucal_close(calendar);
  return local;
}

std::string clock_text(const LocalTime& local) {
  if (local.second != 0) return fmt::format("{:02}:{:02}:{:02}", local.hour, local.minute, local.second);
  return fmt::format("{:02}:{:02}", local.hour, local.minute);
}

std::string offset_text(int minutes) {
  const int size = minutes < 0 ? -minutes : minutes;
  return fmt::format("UTC{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

constexpr std::array<const char*, 12> kMonths{"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<const char*, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};
constexpr std::array<const char*, 7> kDaysZh{"日", "一", "二", "三", "四", "五", "六"};

}  // namespace

std::string local_time_text(TimeMs time_ms, const std::string& zone, Locale locale) {
  const std::string known = projects::is_iana_zone(zone) ? zone : "UTC";
  const LocalTime local = local_time(time_ms, known);
  const std::string offset =
      known == "UTC" ? "UTC" : known + (locale == Locale::zh ? "，" : ", ") + offset_text(local.offset_minutes);
  const auto weekday = static_cast<std::size_t>(local.weekday) % 7;
  if (locale == Locale::zh)
    return fmt::format("{}年{}月{}日（星期{}）{}（{}）", local.year, local.month, local.day, kDaysZh.at(weekday),
                       clock_text(local), offset);
  return fmt::format("{}, {} {} {}, {} ({})", kDays.at(weekday), local.day,
                     kMonths.at(static_cast<std::size_t>(local.month + 11) % 12), local.year, clock_text(local),
                     offset);
}

std::string utc_time_text(TimeMs time_ms) {
  const LocalTime utc = local_time(time_ms, "UTC");
  return fmt::format("{:04}-{:02}-{:02} {} UTC", utc.year, utc.month, utc.day, clock_text(utc));
}

std::string instant_text(TimeMs time_ms, const std::string& zone, Locale locale) {
  const std::string local = local_time_text(time_ms, zone, locale);
  if (zone == "UTC" || !projects::is_iana_zone(zone)) return local;
  return local + (locale == Locale::zh ? "，即 " : ", that is ") + utc_time_text(time_ms);
}

int utc_year(TimeMs time_ms) { return local_time(time_ms, "UTC").year; }

}  // namespace probity::commitments
