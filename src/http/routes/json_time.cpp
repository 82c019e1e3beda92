#include "http/routes/json_time.h"

#include <chrono>

namespace probity::http::routes {
namespace {

// Takes what stands at the front of a text; the first misfit makes the whole reading fail.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!at_digit()) {
        ok_ = false;
        return 0;
      }
      value = value * 10 + (take() - '0');
    }
    return value;
  }
  // One character, either of the two.
  char one_of(char a, char b) {
    const char c = text_.empty() ? '\0' : take();
    if (c != a && c != b) ok_ = false;
    return c;
  }
  bool at_digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
  bool at(char c) const { return !text_.empty() && text_.front() == c; }
  char take() {
    const char c = text_.front();
    text_.remove_prefix(1);
    return c;
  }
  void refuse_unless(bool fits) { ok_ = ok_ && fits; }
  bool finished() const { return ok_ && text_.empty(); }

 private:
  std::string_view text_;
  bool ok_ = true;
};

int milliseconds(Scanner& scan) {
  if (!scan.at('.')) return 0;
  scan.take();
  int value = 0, count = 0;
  for (; scan.at_digit(); ++count) {
    const int digit = scan.take() - '0';
    if (count < 3) value = value * 10 + digit;
  }
  scan.refuse_unless(count >= 1 && count <= 9);
  for (; count < 3; ++count) value *= 10;
  return value;
}

int offset_minutes(Scanner& scan) {
  if (scan.at('Z') || scan.at('z')) {
    scan.take();
    return 0;
  }
  const int sign = scan.one_of('+', '-') == '-' ? -1 : 1;
  const int hours = scan.digits(2);
  scan.one_of(':', ':');
  const int minutes = scan.digits(2);
  scan.refuse_unless(hours <= 23 && minutes <= 59);
  return sign * (hours * 60 + minutes);
}

}  // namespace

std::optional<TimeMs> parse_rfc3339(std::string_view text) {
  using namespace std::chrono;
  Scanner scan(text);
  const int year_number = scan.digits(4);
  scan.one_of('-', '-');
  const int month_number = scan.digits(2);
  scan.one_of('-', '-');
  const int day_number = scan.digits(2);
  scan.one_of('T', 't');
  const int hour = scan.digits(2);
  scan.one_of(':', ':');
  const int minute = scan.digits(2);
  scan.one_of(':', ':');
  const int second = scan.digits(2);
  const int fraction_ms = milliseconds(scan);
  const int offset = offset_minutes(scan);
  const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                            day{static_cast<unsigned>(day_number)}};
  scan.refuse_unless(year_number >= 1970 && date.ok() && hour <= 23 && minute <= 59 && second <= 59);
  if (!scan.finished()) return std::nullopt;
  const auto instant = sys_days(date) + hours(hour) + minutes(minute - offset) + seconds(second);
  const TimeMs time_ms = duration_cast<std::chrono::milliseconds>(instant.time_since_epoch()).count() + fraction_ms;
  if (time_ms < 0) return std::nullopt;
  return time_ms;
}

}  // namespace probity::http::routes
