#include "http/routes/accounts.h"

#include <nlohmann/json.hpp>

#include "accounts/json.h"
#include "http/routes/accounts_parts.h"
#include "http/routes/same_origin.h"
#include "http/routes/staff_guard.h"

namespace probity::http::routes {

void add_accounts_routes(Router& router, Guard& guard, accounts::AccountService& service, Clock& clock,
                         std::function<NodeFacts()> facts) {
  const AccountParts parts{guard, service, clock, std::move(facts)};
  add_session_routes(router, parts);
  add_own_account_routes(router, parts);
  add_directory_routes(router, parts);
  add_settings_routes(router, parts);
}

accounts::Visitor visitor_of(const Request& request) {
  return {request.remote_address, std::string(request.header("user-agent").value_or(""))};
}

Response opened_response(const AccountParts& parts, const Request& request, int status,
                         const accounts::Opened& opened) {
  const auto settings = parts.service.settings.get();
  if (!settings) return problem(settings.error(), request.id);
  if (const auto before = request.cookie(kSessionCookie); before && !before->empty() && *before != opened.reference)
    if (const auto dropped = parts.service.sessions.drop_other(*before, opened.session.id); !dropped)
      return problem(dropped.error(), request.id);
  Response response =
      json_response(status, accounts::session_to_json(opened.account, opened.session, *settings, parts.clock.now_ms()));
  response.set("Cache-Control", "no-store").add("Set-Cookie", session_cookie(opened.reference));
  return response;
}

Result<void> check_own_page(const AccountParts& parts, const Request& request) {
  TRY_ASSIGN(const auto settings, parts.service.settings.get());
  return check_same_origin(request, settings.public_url);
}

static constexpr std::size_t kMostRoles = 8;  // all of them

std::set<accounts::Role> roles_of(JsonFields& fields, const char* name) {
  std::set<accounts::Role> roles;
  for (const std::string& text : fields.texts(name, kMostRoles, {1, 40})) {
    if (const auto role = accounts::parse_role(text))
      roles.insert(*role);
    else
      fields.complain(name, "holds an unknown role");
  }
  if (roles.empty()) fields.complain(name, "must name at least one role");
  return roles;
}

std::set<accounts::Scope> scopes_of(JsonFields& fields, const char* name) {
  std::set<accounts::Scope> scopes;
  for (const std::string& text : fields.texts(name, 20, {1, 40})) {
    if (const auto scope = accounts::parse_scope(text))
      scopes.insert(*scope);
    else
      fields.complain(name, "holds an unknown scope");
  }
  if (scopes.empty()) fields.complain(name, "must name at least one scope");
  return scopes;
}

}  // namespace probity::http::routes
