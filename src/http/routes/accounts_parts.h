// What the files of the accounts' routes share.
#pragma once

#include <optional>
#include <set>

#include "accounts/service.h"
#include "http/router.h"
#include "http/routes/accounts.h"
#include "http/routes/guard.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {

// One object for all handlers: they are copied into the router and must not outlive what these refer to.
struct AccountParts {
  Guard& guard;
  accounts::AccountService& service;
  Clock& clock;
  std::function<NodeFacts()> facts;
};

void add_session_routes(Router& router, const AccountParts& parts);
void add_own_account_routes(Router& router, const AccountParts& parts);
void add_directory_routes(Router& router, const AccountParts& parts);
void add_settings_routes(Router& router, const AccountParts& parts);

// Where a request comes from, for sessions and the log.
accounts::Visitor visitor_of(const Request& request);
// Answers with the session, and sets its cookie; a session the browser had before is ended.
Response opened_response(const AccountParts& parts, const Request& request, int status, const accounts::Opened& opened);
// Refuses pages of other sites where nobody is signed in yet. Errors: forbidden.
Result<void> check_own_page(const AccountParts& parts, const Request& request);

// A list of known names as a set; complaints go to `fields`.
std::set<accounts::Role> roles_of(JsonFields& fields, const char* name);
std::set<accounts::Scope> scopes_of(JsonFields& fields, const char* name);

inline constexpr TextLimits kLine{1, 200};
inline constexpr TextLimits kEmail{3, 254};
inline constexpr TextLimits kAnyPassword{1, 256};
inline constexpr TextLimits kToken{1, 200};
inline constexpr TextLimits kCode{0, 40};

}  // namespace probity::http::routes
