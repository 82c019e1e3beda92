// How much members may ask of the hub: buckets by the roll's quotas, and calls of every kind by limits that only a
// machine gone wild reaches.
#pragma once

#include "alliance/quota.h"

namespace probity::alliance {

// Thread-safe. Errors: too_many_requests.
class HubQuota {
 public:
  // One call; `reads`: it changes nothing. A node reads every second.
  Result<void> take_call(const Id& member, const Id& account, bool reads, TimeMs now_ms);
  Result<void> take_fetch(const Id& member, const Id& account, const QuotaLimits& limits, TimeMs now_ms);
  std::uint32_t fetched_today(const Id& member, TimeMs now_ms) { return fetches_.asked_today(member, now_ms); }
  // What was fetched before a restart.
  void restore_fetches(const QuotaDay& day) { fetches_.restore(day); }

 private:
  QuotaBook reads_, changes_, fetches_;
};

// An account of a member as the quotas know it.
oprf::UserPseudonym quota_user(const Id& account);

}  // namespace probity::alliance
