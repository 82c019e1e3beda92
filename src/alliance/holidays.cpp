#include "alliance/holidays.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

namespace probity::alliance {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

std::string_view trimmed(std::string_view line) {
  line = line.substr(0, line.find('#'));
  const auto first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

Result<std::int64_t> parse_date(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && read_number(text.substr(0, 4), year) &&
                      read_number(text.substr(5, 2), month) && read_number(text.substr(8, 2), day);
  const year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!shaped || !date.ok()) return fail(ErrorCode::invalid_argument, "this is no date", "write it as 2027-01-31");
  return sys_days(date).time_since_epoch().count();
}

std::string date_text(std::int64_t day) {
  const year_month_day date{sys_days(std::chrono::days(day))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

Result<Holidays> parse_holidays(std::string_view text) {
  Holidays holidays;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const auto day = parse_date(line);
    if (!day) return fail(ErrorCode::invalid_argument, fmt::format("line {} is no date", number), day.error().hint);
    holidays.push_back(*day);
  }
  std::ranges::sort(holidays);
  holidays.erase(std::unique(holidays.begin(), holidays.end()), holidays.end());
  return holidays;
}

std::string holidays_text(const Holidays& holidays) {
  std::string text;
  for (const std::int64_t day : holidays) text += date_text(day) + "\n";
  return text;
}

}  // namespace probity::alliance
