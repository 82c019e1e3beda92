// How a member's node speaks to the hub over HTTP: every call signed by the member, good once, and only near its time.
//
//   Probity-Member, Probity-Account (who of the member's staff, by its own ids), Probity-Request (drawn anew),
//   Probity-Time (ms), Probity-Signature: Ed25519 over "probity member call v1" ‖ 0 ‖ the hub's public key ‖ method ‖ 0
//   ‖ path ‖ 0 ‖ member ‖ account ‖ request ‖ time ‖ SHA-256(body)
//
// Nothing is in a query: paths stand in logs, bodies do not.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alliance/hub_quota.h"
#include "alliance/ports.h"
#include "alliance/replay_guard.h"

namespace probity::alliance {

struct MemberCall {
  std::string method;  // "POST"
  std::string path;
  Id member, account, request;
  TimeMs time_ms = 0;
};

using CallHeaders = std::vector<std::pair<std::string, std::string>>;
CallHeaders sign_call(const MemberCall& call, std::string_view body, const oprf::Identity& member,
                      const oprf::PublicIdentity& hub);

// Thread-safe. Borrows store and clock.
class CallGate {
 public:
  // `ombudsman`: the member whose people speak as the ombudsman.
  CallGate(HubStore& store, Clock& clock, const oprf::PublicIdentity& hub, std::optional<Id> ombudsman);
  // `header`: the value of a header by its lower-case name. Errors: unauthenticated; forbidden (suspended); conflict
  // (replayed); gone (too old); too_many_requests.
  Result<Party> admit(std::string_view method, std::string_view path, std::string_view body,
                      const std::function<std::optional<std::string_view>(std::string_view)>& header);
  // Takes effect with the next call.
  void name_ombudsman(std::optional<Id> ombudsman);
  std::optional<Id> ombudsman() const;

 private:
  HubStore& store_;
  Clock& clock_;
  const oprf::PublicIdentity hub_;
  mutable std::mutex mutex_;  // the next
  std::optional<Id> ombudsman_;
  ReplayGuard replays_;
  HubQuota quota_;
};

}  // namespace probity::alliance
