// Wall-clock time as a port, and its RFC 3339 text form.
#pragma once

#include <cstdint>
#include <string>

namespace probity {

// Milliseconds since 1970-01-01T00:00:00Z.
using TimeMs = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimeMs now_ms() = 0;
};

class SystemClock final : public Clock {
 public:
  TimeMs now_ms() override;
};

// "2026-11-21T20:29:45.123Z"
std::string to_rfc3339(TimeMs time_ms);

}  // namespace probity
