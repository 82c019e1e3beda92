#include "alliance/hub_quota.h"

#include <algorithm>

namespace probity::alliance {
namespace {

constexpr QuotaLimits kReads{900, 300'000, 600'000};
constexpr QuotaLimits kChanges{300, 20'000, 60'000};

}  // namespace

oprf::UserPseudonym quota_user(const Id& account) {
  oprf::UserPseudonym user{};
  std::copy_n(account.bytes.begin(), user.size(), user.begin());
  return user;
}

Result<void> HubQuota::take_call(const Id& member, const Id& account, bool reads, TimeMs now_ms) {
  return reads ? reads_.take(member, quota_user(account), 1, kReads, now_ms)
               : changes_.take(member, quota_user(account), 1, kChanges, now_ms);
}

Result<void> HubQuota::take_fetch(const Id& member, const Id& account, const QuotaLimits& limits, TimeMs now_ms) {
  return fetches_.take(member, quota_user(account), 1, limits, now_ms);
}

}  // namespace probity::alliance
