#include "app/list_trust.h"

namespace probity::app {

void ListTrust::found(const std::shared_ptr<const alliance::ListView>& view) {
  standings_[view->directory.keys.epoch] = {view, std::nullopt, 0};
}

void ListTrust::missed(oprf::Epoch epoch, const Error& error, TimeMs now_ms) {
  Standing& standing = standings_[epoch];
  if (!standing.trouble) standing.since_ms = now_ms;
  standing.trouble = error;
}

Result<ListViews> ListTrust::usable(const ListViews& held, TimeMs now_ms) const {
  ListViews views;
  for (const auto& [epoch, view] : held) {
    const auto found = standings_.find(epoch);
    const Standing standing = found == standings_.end() ? Standing{} : found->second;
    if (standing.trouble && standing.trouble->code == ErrorCode::forbidden)
      return tl::unexpected<Error>(*standing.trouble);
    const bool is_late = standing.trouble && now_ms - standing.since_ms > kMostUnprovedMs;
    if (!standing.proved || is_late)
      return standing.trouble ? tl::unexpected<Error>(*standing.trouble)
                              : fail(ErrorCode::unavailable, "this list was not looked for in the hub's log yet",
                                     "ask again in a moment");
    views[epoch] = standing.proved;
  }
  return views;
}

std::optional<Error> ListTrust::alarm(TimeMs now_ms) const {
  std::optional<Error> alarm;
  for (const auto& [epoch, standing] : standings_) {
    if (!standing.trouble) continue;
    if (standing.trouble->code == ErrorCode::forbidden) return standing.trouble;
    if (now_ms - standing.since_ms > kProofPatienceMs) alarm = standing.trouble;
  }
  return alarm;
}

}  // namespace probity::app
