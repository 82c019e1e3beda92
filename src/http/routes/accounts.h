// Routes of the first run, signing in, own account, accounts, API keys, the security log and settings.
#pragma once

#include <functional>
#include <string>

#include "accounts/service.h"
#include "http/router.h"
#include "http/routes/guard.h"

namespace probity::http::routes {

// What the settings page shows and somebody else knows.
struct NodeFacts {
  bool smtp_configured = false;
  std::string seal_subject, seal_fingerprint;
};

// Borrows the service and the guard. `facts` is asked for each answer, on worker threads.
void add_accounts_routes(Router& router, Guard& guard, accounts::AccountService& service, Clock& clock,
                         std::function<NodeFacts()> facts);

}  // namespace probity::http::routes
