// A key-holder's own look at the roll of members that its hub signs, so that an admission or a suspension takes effect
// without anybody carrying a file.
//
// What comes is believed only when the hub that was named at the beginning signed it, a moment ago, and when it does
// not go back: whoever stands in between can hold a roll up, and is found out, but cannot bring an old one back. That
// two key-holders are shown two rolls under one version is seen by comparing their public pages, where each shows the
// digest of its own.
#pragma once

#include <optional>
#include <string>

#include "alliance/hub_link.h"
#include "alliance/signed_roll.h"

namespace probity::alliance {

inline constexpr TimeMs kMostRollAgeMs = 10 * 60'000;  // since the hub signed it; clocks may differ by as much

// Errors: forbidden when it was signed long ago, or is still to come.
Result<void> check_fresh(const SignedRoll& roll, TimeMs now_ms);

// Used by one thread at a time. Borrows sender and clock.
class RollFollower {
 public:
  // `url`: the hub's address. `hub`: its public identity, told by a person.
  RollFollower(std::string url, const oprf::PublicIdentity& hub, HttpSender& sender, Clock& clock)
      : url_(std::move(url)), hub_(hub), sender_(sender), clock_(clock) {}

  // One look: the roll to take into use, nothing when it is the one held. Errors: unavailable; corrupt; forbidden (not
  // signed by this hub, stale, older than the one held, another under the same version).
  Result<std::optional<SignedRoll>> look(const std::optional<SignedRoll>& held);

 private:
  const std::string url_;
  const oprf::PublicIdentity hub_;
  HttpSender& sender_;
  Clock& clock_;
};

}  // namespace probity::alliance
