#include "commitments/calendar.h"

#include <fmt/format.h>

#include "commitments/zone.h"

namespace probity::commitments {
namespace {

// RFC 5545 section 3.3.11.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      if (c == '\\' || c == ';' || c == ',') out += '\\';
      out += c;
    }
  }
  return out;
}

// RFC 5545 section 3.1: lines of at most 75 octets, continued by a space; never within a character.
void add_line(std::string& calendar, const std::string& line) {
  std::size_t start = 0, room = 75;
  while (line.size() - start > room) {
    std::size_t end = start + room;
    while ((static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    calendar += line.substr(start, end - start) + "\r\n ";
    start = end;
    room = 74;
  }
  calendar += line.substr(start) + "\r\n";
}

// "20261121T100000Z"
std::string stamp(TimeMs time_ms) {
  std::string text = to_rfc3339(time_ms).substr(0, 19);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + "Z";
}

}  // namespace

std::string calendar_text(const std::vector<CalendarEntry>& entries, const std::string& sender, Locale locale,
                          TimeMs now_ms) {
  const bool chinese = locale == Locale::zh;
  std::string calendar;
  for (const char* line :
       {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Probity//Embargo//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"})
    add_line(calendar, line);
  for (const CalendarEntry& entry : entries) {
    const EmbargoInstant& embargo = entry.embargo;
    const std::string summary = chinese ? fmt::format("可以发布：{}（{}）", entry.project, embargo.label)
                                        : fmt::format("Embargo lifts: {} ({})", entry.project, embargo.label);
    const std::string instant = instant_text(embargo.at_ms, embargo.zone, locale);
    add_line(calendar, "BEGIN:VEVENT");
    add_line(calendar, fmt::format("UID:{}@probity", embargo.id.text()));
    add_line(calendar, "DTSTAMP:" + stamp(now_ms));
    // A higher sequence takes the place of an older download of the same event.
    add_line(calendar, fmt::format("SEQUENCE:{}", now_ms / 1000 % 2'000'000'000));
    add_line(calendar, "DTSTART:" + stamp(embargo.at_ms));
    add_line(calendar, "DTEND:" + stamp(embargo.at_ms + 15 * 60'000));
    add_line(calendar, "SUMMARY:" + escaped(summary));
    add_line(
        calendar,
        "DESCRIPTION:" + escaped(chinese ? fmt::format("{}：在 {} 之前不得发布。时间采用 24 小时制。", sender, instant)
                                         : fmt::format("{}: nothing before {} on a 24-hour clock.", sender, instant)));
    for (const char* before : {"-PT24H", "-PT1H"}) {
      add_line(calendar, "BEGIN:VALARM");
      add_line(calendar, "ACTION:DISPLAY");
      add_line(calendar, fmt::format("TRIGGER:{}", before));
      add_line(calendar, "DESCRIPTION:" + escaped(summary));
      add_line(calendar, "END:VALARM");
    }
    add_line(calendar, "END:VEVENT");
  }
  add_line(calendar, "END:VCALENDAR");
  return calendar;
}

}  // namespace probity::commitments
