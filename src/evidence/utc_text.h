// A moment as checks print it: "2026-11-21 20:29:45 UTC".
#pragma once

#include <string>

#include "base/clock.h"

namespace probity::evidence {

inline std::string utc_text(TimeMs time_ms) {
  std::string text = to_rfc3339(time_ms).substr(0, 19) + " UTC";
  text[10] = ' ';
  return text;
}

}  // namespace probity::evidence
