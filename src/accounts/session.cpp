#include "accounts/session.h"

#include <algorithm>

namespace probity::accounts {
namespace {

constexpr TimeMs kClockSlackMs = 5 * kMinuteMs;
constexpr TimeMs kRotationGraceMs = 10'000;

bool within(TimeMs since_ms, TimeMs length_ms, TimeMs now_ms) {
  return now_ms >= since_ms - kClockSlackMs && now_ms < since_ms + length_ms;
}

}  // namespace

bool is_alive(const Session& session, TimeMs now_ms) {
  return within(session.created_ms, kLongestSessionMs, now_ms) && within(session.last_seen_ms, kIdleMs, now_ms);
}

TimeMs ends_at_ms(const Session& session) {
  return std::min(session.created_ms + kLongestSessionMs, session.last_seen_ms + kIdleMs);
}

std::optional<TimeMs> stepped_up_until_ms(const Session& session, TimeMs now_ms) {
  if (session.stepped_up_ms == 0 || !within(session.stepped_up_ms, kStepUpMs, now_ms)) return std::nullopt;
  return session.stepped_up_ms + kStepUpMs;
}

bool previous_counts(const Session& session, TimeMs now_ms) {
  return session.rotated_ms != 0 && now_ms >= session.rotated_ms && now_ms < session.rotated_ms + kRotationGraceMs;
}

}  // namespace probity::accounts
