// Training events as calendar files (RFC 5545).
#include <unicode/gregocal.h>
#include <unicode/timezone.h>
#include <unicode/vtzone.h>

#include <fmt/format.h>

#include <memory>

#include "bulletins/training.h"

namespace probity::bulletins {
namespace {

constexpr std::size_t kMostLineBytes = 75;

// Lines of at most 75 bytes, continued with a blank, never within a character (section 3.1).
void add_line(std::string& out, const std::string& line) {
  std::size_t room = kMostLineBytes;
  for (std::size_t i = 0; i < line.size();) {
    std::size_t size = 1;
    while (i + size < line.size() && (static_cast<unsigned char>(line[i + size]) & 0xC0) == 0x80) ++size;
    if (size > room) {
      out += "\r\n ";
      room = kMostLineBytes - 1;
    }
    out.append(line, i, size);
    room -= std::min(size, room);
    i += size;
  }
  out += "\r\n";
}

// Section 3.3.11: backslash, comma, semicolon and line breaks; what is left of control characters has no place.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ',' || c == ';') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      out += c;
  }
  return out;
}

// "2027-01-15T08:00:00.000Z" as "20270115T080000Z".
std::string utc(TimeMs time_ms) {
  const std::string text = to_rfc3339(time_ms);
  return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 5) + text.substr(14, 2) + text.substr(17, 2) + "Z";
}

std::string local(TimeMs time_ms, const icu::TimeZone& zone) {
  UErrorCode status = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(zone, status);
  calendar.setTime(static_cast<UDate>(time_ms), status);
  const auto get = [&](UCalendarDateFields field) { return calendar.get(field, status); };
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}", get(UCAL_YEAR), get(UCAL_MONTH) + 1, get(UCAL_DATE),
                     get(UCAL_HOUR_OF_DAY), get(UCAL_MINUTE), get(UCAL_SECOND));
}

// The zone's rules around that time as a VTIMEZONE; empty where ICU has none.
std::string zone_rules(const std::string& zone, TimeMs time_ms) {
  const std::unique_ptr<icu::VTimeZone> rules(icu::VTimeZone::createVTimeZoneByID(icu::UnicodeString::fromUTF8(zone)));
  if (!rules) return {};
  icu::UnicodeString written;
  UErrorCode status = U_ZERO_ERROR;
  rules->writeSimple(static_cast<UDate>(time_ms), written, status);
  std::string text, out;
  written.toUTF8String(text);
  if (U_FAILURE(status)) return {};
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find("\r\n", at);
    if (end == std::string::npos) end = text.size();
    if (end > at && !text.substr(at, end - at).starts_with("X-")) add_line(out, text.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

}  // namespace

std::string calendar_of(const Training& training) {
  const TrainingPlan& plan = training.plan;
  const std::string rules = plan.zone == "UTC" ? std::string() : zone_rules(plan.zone, plan.starts_ms);
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(plan.zone)));
  const auto when = [&](const char* name, TimeMs time_ms) {
    return rules.empty() ? fmt::format("{}:{}", name, utc(time_ms))
                         : fmt::format("{};TZID={}:{}", name, plan.zone, local(time_ms, *zone));
  };
  std::string out;
  for (const char* line :
       {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Probity//Training//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"})
    add_line(out, line);
  out += rules;
  add_line(out, "BEGIN:VEVENT");
  add_line(out, "UID:" + training.id.text() + "@probity");
  add_line(out, "DTSTAMP:" + utc(training.changed_ms));
  add_line(out, fmt::format("SEQUENCE:{}", training.changes));
  add_line(out, when("DTSTART", plan.starts_ms));
  add_line(out, when("DTEND", plan.ends_ms));
  add_line(out, "SUMMARY:" + escaped(plan.title));
  if (!plan.text.empty()) add_line(out, "DESCRIPTION:" + escaped(plan.text));
  if (!plan.place.empty()) add_line(out, "LOCATION:" + escaped(plan.place));
  if (!plan.link.empty()) add_line(out, "URL:" + plan.link);
  add_line(out, training.cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  if (!training.cancelled) {
    for (const char* line : {"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P1D"}) add_line(out, line);
    add_line(out, "DESCRIPTION:" + escaped(plan.title));
    add_line(out, "END:VALARM");
  }
  add_line(out, "END:VEVENT");
  add_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace probity::bulletins
