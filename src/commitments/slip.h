// "I slipped": a recipient's own report of a mistake.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"

namespace probity::commitments {

struct Slip {
  Id id;
  Id commitment, project, party;
  std::string party_name;
  std::string what, where;
  std::string note;  // added later
  TimeMs happened_ms = 0, reported_ms = 0;
  std::optional<TimeMs> taken_down_ms, acknowledged_ms;
  bool operator==(const Slip&) const = default;
};

}  // namespace probity::commitments
