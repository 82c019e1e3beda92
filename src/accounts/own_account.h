// What people change about themselves: name, language, password, second factor.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/sessions.h"
#include "accounts/settings.h"

namespace probity::accounts {

struct TotpEnrolment {
  std::string secret;  // base32, for typing in
  std::string uri;     // otpauth://
  std::string qr_svg;
};

// Thread-safe. Callers are signed-in accounts; anybody else is unauthenticated.
class OwnAccount {
 public:
  OwnAccount(const Ports& ports, SettingsService& settings) : ports_(ports), settings_(settings) {}

  Result<Account> get(const Caller& caller);
  Result<Account> update(const Caller& caller, const std::optional<std::string>& name,
                         const std::optional<std::string>& locale);
  // Ends all other sessions. Errors: invalid_argument for a new one that is refused; unauthenticated when the current
  // one is wrong; too_many_requests.
  Result<void> change_password(const Caller& caller, const std::string& current, const std::string& wanted);

  // A new seed, which counts once a code of it was given. A second factor in use stays until then.
  Result<TotpEnrolment> begin_totp(const Caller& caller);
  // New recovery codes, shown once; earlier ones end. Ends all other sessions. Errors: conflict when nothing was begun;
  // invalid_argument for a wrong code; too_many_requests.
  Result<std::vector<std::string>> confirm_totp(const Caller& caller, const std::string& code);
  // Errors: conflict when the organisation asks it of this account, or there is none.
  Result<void> remove_totp(const Caller& caller);

 private:
  const Ports& ports_;
  SettingsService& settings_;
};

}  // namespace probity::accounts
