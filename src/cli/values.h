// Values as people type them on the command line: times, zones, states.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace probity::cli {

struct ZonedTime {
  TimeMs time_ms = 0;
  std::string zone;
};

// RFC 3339: "2027-03-01T18:00:00+01:00". Errors: invalid_argument naming the option.
Result<TimeMs> parse_time(const char* option, const std::string& text);
// The same, or "none" for no time at all.
Result<std::optional<TimeMs>> parse_time_or_none(const char* option, const std::string& text);
// "2027-03-01T18:00:00+01:00@Europe/Berlin"; without a zone it is UTC. Errors: invalid_argument naming the option.
Result<ZonedTime> parse_zoned_time(const char* option, const std::string& text);

// Nothing for no text. Errors: invalid_argument listing what there is.
template <class State, class Parse>
Result<std::optional<State>> parse_state_option(const std::optional<std::string>& text, Parse parse,
                                                const char* states) {
  if (!text) return std::optional<State>();
  const std::optional<State> state = parse(*text);
  if (!state) return fail(ErrorCode::invalid_argument, "--state: there is no state " + *text, std::string(states));
  return state;
}

// "-" for a time that is not there.
std::string time_or_dash(const std::optional<TimeMs>& time_ms);
std::string text_or_dash(const std::string& text);

}  // namespace probity::cli
