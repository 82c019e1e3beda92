// Routes of the organisation's accounts and API keys.
#include <nlohmann/json.hpp>

#include "accounts/json.h"
#include "http/routes/accounts_parts.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;

Response invited_response(int status, const accounts::Invited& invited) {
  return json_response(status, {{"account", accounts::account_to_json(invited.account)}, {"link", invited.link}});
}

Response list_accounts(const AccountParts& parts, const Request& request, const Caller&) {
  const auto query = list_query(request);
  if (!query) return problem(query.error(), request.id);
  const auto listed = parts.service.directory.list(*query);
  if (!listed) return problem(listed.error(), request.id);
  json items = json::array();
  for (const auto& account : listed->items) items.push_back(accounts::account_to_json(account));
  return json_response(200, {{"items", items}, {"total", listed->total}});
}

Response invite(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  accounts::NewAccount account;
  account.email = fields->text("email", kEmail);
  account.name = fields->text("name", kLine);
  account.roles = roles_of(*fields, "roles");
  account.locale = fields->optional_text("locale", {0, 10}).value_or("");
  if (!fields->done()) return fields->problem(request.id);
  if (account.roles.contains(accounts::Role::administrator) && !caller.stepped_up)
    return problem({ErrorCode::step_up_required, "making an administrator needs a fresh proof that it is you",
                    "give your password again"},
                   request.id);
  const auto invited = parts.service.directory.invite(account, caller);
  if (!invited) return problem(invited.error(), request.id);
  return invited_response(201, *invited);
}

Response update_account(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "account");
  if (!id) return problem(id.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  accounts::AccountUpdate update;
  update.name = fields->optional_text("name", kLine);
  if (fields->has("roles")) update.roles = roles_of(*fields, "roles");
  if (const auto state = fields->optional_text("state", {1, 40})) {
    update.state = accounts::parse_account_state(*state);
    if (!update.state) fields->complain("state", "must be active or disabled");
  }
  if (!fields->done()) return fields->problem(request.id);
  const auto account = parts.service.directory.update(*id, update, caller);
  if (!account) return problem(account.error(), request.id);
  return json_response(200, accounts::account_to_json(*account));
}

Response reset_account(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "account");
  if (!id) return problem(id.error(), request.id);
  const auto invited = parts.service.directory.reset(*id, caller);
  if (!invited) return problem(invited.error(), request.id);
  return invited_response(200, *invited);
}

Response end_sessions(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "account");
  if (!id) return problem(id.error(), request.id);
  if (const auto ended = parts.service.directory.end_sessions(*id, caller); !ended)
    return problem(ended.error(), request.id);
  return Response::no_content();
}

Response list_keys(const AccountParts& parts, const Request& request, const Caller&) {
  const auto keys = parts.service.keys.list();
  if (!keys) return problem(keys.error(), request.id);
  json items = json::array();
  for (const auto& key : *keys) items.push_back(accounts::api_key_to_json(key));
  return json_response(200, {{"items", items}, {"total", items.size()}});
}

Response create_key(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string name = fields->text("name", kLine);
  const auto scopes = scopes_of(*fields, "scopes");
  const TimeMs expires_ms = fields->time("expires_at");
  if (!fields->done()) return fields->problem(request.id);
  const auto made = parts.service.keys.create(name, scopes, expires_ms, caller);
  if (!made) return problem(made.error(), request.id);
  return json_response(201, {{"key", accounts::api_key_to_json(made->key)}, {"secret", made->secret}});
}

Response revoke_key(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "key");
  if (!id) return problem(id.error(), request.id);
  if (const auto revoked = parts.service.keys.revoke(*id, caller); !revoked)
    return problem(revoked.error(), request.id);
  return Response::no_content();
}

}  // namespace

void add_directory_routes(Router& router, const AccountParts& parts) {
  const auto staff = [&](Permission permission, Method method, const char* pattern, auto verb,
                         GuardOptions options = {}) {
    router.add(method, pattern,
               parts.guard.staff(
                   permission,
                   [parts, verb](const Request& request, const Caller& caller) { return verb(parts, request, caller); },
                   options));
  };
  const GuardOptions fresh{true};
  staff(Permission::read_accounts, Method::get, "/api/v1/accounts", list_accounts);
  staff(Permission::manage_accounts, Method::post, "/api/v1/accounts", invite);
  staff(Permission::manage_accounts, Method::patch, "/api/v1/accounts/{account}", update_account, fresh);
  staff(Permission::manage_accounts, Method::post, "/api/v1/accounts/{account}/reset", reset_account, fresh);
  staff(Permission::manage_accounts, Method::del, "/api/v1/accounts/{account}/sessions", end_sessions);
  staff(Permission::manage_accounts, Method::get, "/api/v1/api-keys", list_keys);
  staff(Permission::manage_accounts, Method::post, "/api/v1/api-keys", create_key, fresh);
  staff(Permission::manage_accounts, Method::del, "/api/v1/api-keys/{key}", revoke_key);
}

}  // namespace probity::http::routes
