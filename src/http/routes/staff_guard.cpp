#include "http/routes/staff_guard.h"

#include "accounts/token.h"
#include "http/routes/same_origin.h"

namespace probity::http::routes {
namespace {

constexpr const char* kCookieRules = "; Path=/; Secure; HttpOnly; SameSite=Strict";
constexpr std::string_view kBearer = "Bearer ";

std::string what(const Request& request) {
  return std::string(method_name(request.method)).append(" ").append(request.path.substr(0, 200));
}

}  // namespace

std::string session_cookie(const std::string& reference) {
  return std::string(kSessionCookie) + "=" + reference + kCookieRules;
}

std::string ended_session_cookie() { return std::string(kSessionCookie) + "=" + kCookieRules + "; Max-Age=0"; }

Result<StaffGuard::Known> StaffGuard::identify(const Request& request) {
  // A key that is sent counts, whatever cookie comes along: a wrong key must not fall back to somebody's session.
  if (const auto authorization = request.header("authorization")) {
    if (!authorization->starts_with(kBearer))
      return fail(ErrorCode::unauthenticated, "the Authorization header is not understood",
                  "send Authorization: Bearer pbk_…");
    TRY_ASSIGN(auto caller, service_.keys.authenticate(authorization->substr(kBearer.size()), request.remote_address));
    return Known{std::move(caller), ""};
  }
  const auto reference = request.cookie(kSessionCookie);
  if (!reference || reference->empty()) return fail(ErrorCode::unauthenticated, "nobody is signed in", "sign in");
  const accounts::Visitor visitor{request.remote_address, std::string(request.header("user-agent").value_or(""))};
  TRY_ASSIGN(auto signed_in, service_.sessions.authenticate(*reference, visitor));
  return Known{std::move(signed_in.caller), std::move(signed_in.session.csrf_token)};
}

Result<void> StaffGuard::check(const Request& request, const Known& known, accounts::Permission permission,
                               const GuardOptions& options) {
  const accounts::Caller& caller = known.caller;
  if (caller.session && is_change(request.method)) {
    TRY_ASSIGN(const auto settings, service_.settings.get());
    if (const auto own = check_same_origin(request, settings.public_url); !own) {
      TRY(service_.audit.refused_access(caller, what(request) + ": other site"));
      return own;
    }
    if (!accounts::equal_in_constant_time(request.header("x-csrf-token").value_or(""), known.csrf_token)) {
      TRY(service_.audit.refused_access(caller, what(request) + ": CSRF token"));
      return fail(ErrorCode::forbidden, "the request does not carry the session's X-CSRF-Token", "load the page again");
    }
  }
  if (!caller.may(permission)) {
    if (caller.second_factor_due)
      return fail(ErrorCode::forbidden, "your account needs a second factor here", "set it up first");
    TRY(service_.audit.refused_sparingly(
        "access", caller.actor.name, caller.address,
        what(request) + ": needs " + std::string(accounts::permission_name(permission))));
    return fail(ErrorCode::forbidden, "your roles do not allow this", "an administrator can change your roles");
  }
  if (!options.step_up || caller.stepped_up) return {};
  if (!caller.session) return fail(ErrorCode::forbidden, "this takes a person: an API key may not do it");
  return fail(ErrorCode::step_up_required, "this needs a fresh proof that it is you", "give your password again");
}

Handler StaffGuard::staff(accounts::Permission permission, StaffHandler handler, GuardOptions options) {
  return [this, permission, handler = std::move(handler), options](const Request& request) {
    const auto answer = [&]() -> Response {
      const auto known = identify(request);
      if (!known) {
        Response response = problem(known.error(), request.id);
        if (request.header("authorization")) response.set("WWW-Authenticate", "Bearer");
        return response;
      }
      if (const auto allowed = check(request, *known, permission, options); !allowed)
        return problem(allowed.error(), request.id);
      return handler(request, known->caller);
    };
    Response response = answer();
    if (!response.header("Cache-Control")) response.set("Cache-Control", "no-store");
    return response;
  };
}

}  // namespace probity::http::routes
