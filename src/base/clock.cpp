#include "base/clock.h"

#include <fmt/format.h>

#include <ctime>

namespace probity {

std::string to_rfc3339(TimeMs time_ms) {
  TimeMs seconds = time_ms / 1000;
  TimeMs milliseconds = time_ms % 1000;
  if (milliseconds < 0) {
    milliseconds += 1000;
    --seconds;
  }
  const auto time = static_cast<std::time_t>(seconds);
  std::tm utc{};
  gmtime_r(&time, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec, milliseconds);
}

}  // namespace probity
