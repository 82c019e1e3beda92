// Routes of what people change about themselves.
#include <nlohmann/json.hpp>

#include "accounts/json.h"
#include "http/routes/accounts_parts.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

Response update_own(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const auto name = fields->optional_text("name", kLine);
  const auto locale = fields->optional_text("locale", {1, 10});
  if (!fields->done()) return fields->problem(request.id);
  const auto account = parts.service.own.update(caller, name, locale);
  if (!account) return problem(account.error(), request.id);
  return json_response(200, accounts::account_to_json(*account));
}

Response change_password(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string current = fields->text("current", kAnyPassword);
  const std::string wanted = fields->text("new", kAnyPassword);
  if (!fields->done()) return fields->problem(request.id);
  if (const auto changed = parts.service.own.change_password(caller, current, wanted); !changed)
    return problem(changed.error(), request.id);
  return Response::no_content();
}

Response begin_totp(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto begun = parts.service.own.begin_totp(caller);
  if (!begun) return problem(begun.error(), request.id);
  return json_response(200, {{"secret", begun->secret}, {"uri", begun->uri}, {"qr_svg", begun->qr_svg}});
}

Response confirm_totp(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string code = fields->text("code", {1, 10});
  if (!fields->done()) return fields->problem(request.id);
  const auto codes = parts.service.own.confirm_totp(caller, code);
  if (!codes) return problem(codes.error(), request.id);
  return json_response(200, {{"codes", *codes}});
}

Response remove_totp(const AccountParts& parts, const Request& request, const Caller& caller) {
  if (const auto removed = parts.service.own.remove_totp(caller); !removed) return problem(removed.error(), request.id);
  return Response::no_content();
}

}  // namespace

void add_own_account_routes(Router& router, const AccountParts& parts) {
  const auto own = [&](Method method, const char* pattern, auto verb, GuardOptions options = {}) {
    router.add(method, pattern,
               parts.guard.staff(
                   Permission::own_account,
                   [parts, verb](const Request& request, const Caller& caller) { return verb(parts, request, caller); },
                   options));
  };
  // What proves who one is changes only after proving it; the password's own change asks for the password itself.
  const GuardOptions fresh{true};
  own(Method::patch, "/api/v1/account", update_own);
  own(Method::put, "/api/v1/account/password", change_password);
  own(Method::post, "/api/v1/account/totp", begin_totp, fresh);
  own(Method::put, "/api/v1/account/totp", confirm_totp, fresh);
  own(Method::del, "/api/v1/account/totp", remove_totp, fresh);
}

}  // namespace probity::http::routes
