// The guard of staff routes: session cookies and API keys, permissions, CSRF tokens, proof of presence.
#pragma once

#include <string>

#include "accounts/service.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

// "__Host-probity": browsers take it from this host only, over TLS or from this machine, for all paths.
inline constexpr const char* kSessionCookie = "__Host-probity";
std::string session_cookie(const std::string& reference);  // the value of a Set-Cookie header
std::string ended_session_cookie();

// Borrows the service. Handlers see a Caller only when everything fits; what is refused for want of a permission stands
// in the security log.
class StaffGuard final : public Guard {
 public:
  explicit StaffGuard(accounts::AccountService& service) : service_(service) {}
  Handler staff(accounts::Permission permission, StaffHandler handler, GuardOptions options = {}) override;

 private:
  struct Known {
    accounts::Caller caller;
    std::string csrf_token;  // empty for an API key
  };
  Result<Known> identify(const Request& request);
  Result<void> check(const Request& request, const Known& known, accounts::Permission permission,
                     const GuardOptions& options);
  accounts::AccountService& service_;
};

}  // namespace probity::http::routes
