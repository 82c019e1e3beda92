// A session of the staff: the record, and how long it lives.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"

namespace probity::accounts {

inline constexpr TimeMs kMinuteMs = 60'000;
inline constexpr TimeMs kIdleMs = 30 * kMinuteMs;
inline constexpr TimeMs kLongestSessionMs = 12 * 60 * kMinuteMs;
inline constexpr TimeMs kStepUpMs = 10 * kMinuteMs;

struct Session {
  Id id;  // for lists; says nothing about the reference
  Id account;
  Hash reference_hash{};  // of the random reference in the cookie
  // Before the last proof of presence the cookie held another reference; for a few seconds it is still taken, so that
  // what a page had under way then does not fail.
  Hash previous_hash{};
  TimeMs rotated_ms = 0;
  std::string csrf_token;
  TimeMs created_ms = 0;
  TimeMs last_seen_ms = 0;
  TimeMs stepped_up_ms = 0;  // when presence was last proved
  std::string address, agent;

  bool operator==(const Session&) const = default;
};

// Clocks are set right, by little and by much. Up to five minutes backwards nothing changes; further back a session's
// age cannot be known any more and it counts as over; a jump forwards ends what it passes.
bool is_alive(const Session& session, TimeMs now_ms);
TimeMs ends_at_ms(const Session& session);  // if nothing more comes
// Nothing when presence has to be proved again.
std::optional<TimeMs> stepped_up_until_ms(const Session& session, TimeMs now_ms);
// The previous reference still counts.
bool previous_counts(const Session& session, TimeMs now_ms);

}  // namespace probity::accounts
