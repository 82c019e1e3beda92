// Keys of programs: making, listing, revoking them, and whose a key is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accounts/ports.h"

namespace probity::accounts {

struct NewApiKey {
  ApiKey key;
  std::string secret;  // the whole text of the key, shown once
};

// Thread-safe.
class ApiKeys {
 public:
  explicit ApiKeys(const Ports& ports) : ports_(ports) {}
  // Errors: invalid_argument; forbidden for a scope that the caller's own roles do not include.
  Result<NewApiKey> create(const std::string& name, const std::set<Scope>& scopes, TimeMs expires_ms,
                           const Caller& caller);
  Result<std::vector<ApiKey>> list();
  Result<void> revoke(const Id& id, const Caller& caller);  // errors: not_found
  // What the key may do today: its scopes, as far as its maker may. Errors: unauthenticated.
  Result<Caller> authenticate(std::string_view text, const std::string& address);

 private:
  const Ports& ports_;
};

}  // namespace probity::accounts
