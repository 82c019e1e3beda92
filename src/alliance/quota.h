// How much one member, and one of its people, may ask a key-holder: the brake on trying the whole space of identifiers.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "oprf/messages.h"

namespace probity::alliance {

// Questions, not requests: a batch of 100 counts as 100.
struct QuotaLimits {
  std::uint32_t user_per_minute = 20;
  std::uint32_t user_per_day = 200;
  std::uint32_t member_per_day = 500;
  bool operator==(const QuotaLimits&) const = default;
};

// What survives a restart: the day's counts.
struct QuotaCount {
  Id member;
  oprf::UserPseudonym user{};
  std::uint32_t asked_today = 0;
  bool operator==(const QuotaCount&) const = default;
};
struct QuotaDay {
  std::int64_t day = 0;  // since 1970-01-01 UTC
  std::vector<QuotaCount> counts;
  bool operator==(const QuotaDay&) const = default;
};

// Thread-safe. A minute slides; a day is one of UTC. A clock that goes back gives nothing back.
class QuotaBook {
 public:
  // Takes `count` questions or none. Errors: too_many_requests, saying which limit and when it ends.
  Result<void> take(const Id& member, const oprf::UserPseudonym& user, std::uint32_t count, const QuotaLimits& limits,
                    TimeMs now_ms);
  std::uint32_t asked_today(const Id& member, TimeMs now_ms);

  QuotaDay day() const;
  void restore(const QuotaDay& day);

 private:
  struct User {
    std::uint32_t today = 0;
    std::deque<std::pair<TimeMs, std::uint32_t>> minute;  // when, how many
  };
  struct Member {
    std::uint32_t today = 0;
    std::map<oprf::UserPseudonym, User> users;
  };
  void turn_day(TimeMs now_ms);

  mutable std::mutex mutex_;
  std::int64_t day_ = 0;
  std::map<Id, Member> members_;
};

}  // namespace probity::alliance
