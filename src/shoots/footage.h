// The record of comparing a leak with the frames that were handed in: leads, never a name that is called identified.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "trace/same_shot.h"

namespace probity::shoots {

enum class FootageMatch { same_standpoint, same_burst, same_shot, same_file };
std::string_view footage_match_name(FootageMatch match);
std::optional<FootageMatch> parse_footage_match(std::string_view name);

// One attendee, by the frame of theirs that is nearest to the leak.
struct FootageLead {
  FootageMatch match = FootageMatch::same_standpoint;
  double score = 0;  // 0..1, for ordering only
  int picture = 0;   // which of the leak's
  Id shoot, party, frame;
  std::uint64_t frames = 1;     // of theirs that are related to the leak
  std::uint64_t attendees = 1;  // who handed in the very same exposure, this one among them
  trace::ShotMeasures measures;
  std::optional<std::int64_t> time_difference_ms;  // between the cameras' clocks, when both files tell
};

struct SearchedShoot {
  Id shoot;
  std::uint64_t frames = 0, compared = 0;
};

enum class FootageState { running, done, failed };
std::string_view footage_state_name(FootageState state);
std::optional<FootageState> parse_footage_state(std::string_view name);

struct FootageSearch {
  Id id;
  Id leak;
  Id job;
  std::vector<Id> wanted;  // shoots asked for; empty: all of the leak's project
  FootageState state = FootageState::running;
  std::string by;
  TimeMs begun_ms = 0;
  std::optional<TimeMs> finished_ms;
  int pictures = 0;
  std::vector<SearchedShoot> shoots;
  std::vector<FootageLead> leads;  // the strongest first
};

}  // namespace probity::shoots
