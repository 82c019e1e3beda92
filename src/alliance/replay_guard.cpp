#include "alliance/replay_guard.h"

#include "oprf/messages.h"

namespace probity::alliance {
namespace {

constexpr std::size_t kMostRemembered = 1'000'000;

}  // namespace

Result<void> ReplayGuard::take(const Id& member, const Id& request, TimeMs request_ms, TimeMs now_ms) {
  if (request_ms < now_ms - oprf::kMostClockSkewMs || request_ms < started_ms_)
    return fail(ErrorCode::gone, "this request is too old", "compare the clocks of both machines");
  if (request_ms > now_ms + oprf::kMostClockSkewMs)
    return fail(ErrorCode::invalid_argument, "this request comes from the future",
                "compare the clocks of both machines");
  const std::lock_guard lock(mutex_);
  while (!by_expiry_.empty() && by_expiry_.front().first < now_ms) {
    seen_.erase(by_expiry_.front().second);
    by_expiry_.pop_front();
  }
  if (seen_.size() >= kMostRemembered) return fail(ErrorCode::unavailable, "too many requests at this moment");
  if (!seen_.insert({member, request}).second)
    return fail(ErrorCode::conflict, "this request was answered before", "draw a new request id");
  // Whatever its own time says, it is refused as too old by then. One date for all keeps the queue in order.
  by_expiry_.emplace_back(now_ms + 2 * oprf::kMostClockSkewMs + 1, Key{member, request});
  return {};
}

}  // namespace probity::alliance
