// The link by which somebody sets a password: for a new account, and after a reset.
#pragma once

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"

namespace probity::accounts {

inline constexpr TimeMs kInvitationMs = TimeMs{7} * 24 * 60 * 60'000;

// One at most for an account; used once.
struct Invitation {
  Id account;
  Hash token_hash{};
  TimeMs created_ms = 0;
  TimeMs expires_ms = 0;
  bool operator==(const Invitation&) const = default;
};

}  // namespace probity::accounts
