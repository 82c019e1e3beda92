// An account of the staff: the record, and what its fields must be like.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "accounts/caller.h"
#include "base/clock.h"

namespace probity::accounts {

enum class AccountState {
  invited,  // has a link, no password
  active,
  disabled,  // keeps its record for the history, may do nothing
};
std::string_view account_state_name(AccountState state);
std::optional<AccountState> parse_account_state(std::string_view name);

struct Account {
  Id id;
  std::string email;  // lower case, unique
  std::string name;
  std::set<Role> roles;  // never empty
  AccountState state = AccountState::invited;
  std::string locale = "en";
  std::string password_hash;        // in Argon2's own text form; empty while invited
  std::string totp_seed;            // sealed, hex; empty without a second factor
  std::string totp_new_seed;        // sealed; begun and not confirmed
  std::int64_t totp_used_step = 0;  // the newest step whose code was taken: no code works twice
  TimeMs created_ms = 0;
  TimeMs last_seen_ms = 0;  // 0: never

  bool has_totp() const { return !totp_seed.empty(); }
  bool operator==(const Account&) const = default;
};

// "Maya.Chen@Example.COM " -> "maya.chen@example.com". Errors: invalid_argument.
Result<std::string> tidy_email(std::string_view email);
// One line of 1 to 200 characters without outer space, control characters or characters that turn the reading
// direction: names stand in logs and reports, where they must look like what they are. Errors: invalid_argument.
Result<std::string> tidy_name(std::string_view what, std::string_view name);
// "en" or "zh". Errors: invalid_argument.
Result<std::string> checked_locale(std::string_view locale);

}  // namespace probity::accounts
