// Takes every request once: remembers the ids of those whose time still counts.
#pragma once

#include <deque>
#include <mutex>
#include <set>
#include <utility>

#include "base/clock.h"
#include "base/id.h"

namespace probity::alliance {

// Thread-safe. A request counts within two minutes of its time; one dated before the guard was made is refused too,
// because what came before that is forgotten.
class ReplayGuard {
 public:
  explicit ReplayGuard(TimeMs started_ms) : started_ms_(started_ms) {}
  // Errors: gone (too old, or before the start), invalid_argument (from the future), conflict (seen), unavailable (more
  // at once than can be remembered).
  Result<void> take(const Id& member, const Id& request, TimeMs request_ms, TimeMs now_ms);

 private:
  using Key = std::pair<Id, Id>;
  const TimeMs started_ms_;
  std::mutex mutex_;
  std::set<Key> seen_;
  std::deque<std::pair<TimeMs, Key>> by_expiry_;  // when it may be forgotten, ascending
};

}  // namespace probity::alliance
