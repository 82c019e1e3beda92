#include "cli/values.h"

#include "http/routes/json_time.h"
#include "projects/zone.h"

namespace probity::cli {

Result<TimeMs> parse_time(const char* option, const std::string& text) {
  const auto time_ms = http::routes::parse_rfc3339(text);
  if (!time_ms)
    return fail(ErrorCode::invalid_argument, std::string(option) + ": " + text + " is no time",
                "write it like 2027-03-01T18:00:00+01:00");
  return *time_ms;
}

Result<std::optional<TimeMs>> parse_time_or_none(const char* option, const std::string& text) {
  if (text == "none") return std::optional<TimeMs>();
  return parse_time(option, text).map([](TimeMs time_ms) { return std::optional(time_ms); });
}

Result<ZonedTime> parse_zoned_time(const char* option, const std::string& text) {
  const std::size_t at = text.find('@');
  ZonedTime zoned;
  TRY_ASSIGN(zoned.time_ms, parse_time(option, text.substr(0, at)));
  zoned.zone = at == std::string::npos ? "UTC" : text.substr(at + 1);
  if (!projects::is_iana_zone(zoned.zone))
    return fail(ErrorCode::invalid_argument, std::string(option) + ": there is no time zone " + zoned.zone,
                "write it like 2027-03-01T18:00:00+01:00@Europe/Berlin");
  return zoned;
}

std::string time_or_dash(const std::optional<TimeMs>& time_ms) { return time_ms ? to_rfc3339(*time_ms) : "-"; }

std::string text_or_dash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace probity::cli
