// Routes of the first run, signing in and out, sessions, and taking up an invitation.
#include <nlohmann/json.hpp>

#include "accounts/json.h"
#include "http/routes/accounts_parts.h"
#include "http/routes/staff_guard.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;

// With how long to wait, when that is what the error says.
Response refusal(const AccountParts& parts, const Request& request, const Error& error, const std::string& email) {
  Response response = problem(error, request.id);
  if (error.code == ErrorCode::too_many_requests) {
    const int seconds = parts.service.sign_in.retry_after_s(email, request.remote_address);
    response.set("Retry-After", std::to_string(std::max(1, seconds)));
  }
  return response;
}

Response get_setup(const AccountParts& parts, const Request& request) {
  const auto needed = parts.service.directory.needs_setup();
  if (!needed) return problem(needed.error(), request.id);
  return json_response(200, {{"needed", *needed}});
}

Response post_setup(const AccountParts& parts, const Request& request) {
  if (const auto own = check_own_page(parts, request); !own) return problem(own.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  accounts::FirstAccount first;
  first.token = fields->text("token", kToken);
  first.organisation = fields->text("organisation", kLine);
  first.name = fields->text("name", kLine);
  first.email = fields->text("email", kEmail);
  first.password = fields->text("password", kAnyPassword);
  first.locale = fields->optional_text("locale", {0, 10}).value_or("en");
  first.zone = fields->optional_text("zone", {1, 64}).value_or("UTC");
  if (!fields->done()) return fields->problem(request.id);
  const auto opened = parts.service.directory.set_up(first, visitor_of(request));
  if (!opened) return problem(opened.error(), request.id);
  return opened_response(parts, request, 201, *opened);
}

Response sign_in(const AccountParts& parts, const Request& request) {
  if (const auto own = check_own_page(parts, request); !own) return problem(own.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  accounts::Credentials credentials;
  credentials.email = fields->text("email", {1, 254});
  credentials.password = fields->text("password", kAnyPassword);
  credentials.code = fields->optional_text("code", kCode).value_or("");
  if (!fields->done()) return fields->problem(request.id);
  const auto opened = parts.service.sign_in.sign_in(credentials, visitor_of(request));
  if (!opened) return refusal(parts, request, opened.error(), credentials.email);
  return opened_response(parts, request, 200, *opened);
}

Response sign_out(const AccountParts& parts, const Request& request, const Caller& caller) {
  if (const auto ended = parts.service.sessions.sign_out(caller); !ended) return problem(ended.error(), request.id);
  return Response::no_content().add("Set-Cookie", ended_session_cookie());
}

Response get_session(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto account = parts.service.own.get(caller);
  if (!account) return problem(account.error(), request.id);
  const auto session = parts.service.sessions.present(caller);
  if (!session) return problem(session.error(), request.id);
  const auto settings = parts.service.settings.get();
  if (!settings) return problem(settings.error(), request.id);
  return json_response(200, accounts::session_to_json(*account, *session, *settings, parts.clock.now_ms()));
}

Response step_up(const AccountParts& parts, const Request& request, const Caller& caller) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string password = fields->text("password", kAnyPassword);
  const std::string code = fields->optional_text("code", kCode).value_or("");
  if (!fields->done()) return fields->problem(request.id);
  const auto opened = parts.service.sign_in.step_up(caller, password, code);
  if (opened) return opened_response(parts, request, 200, *opened);
  const auto account = parts.service.own.get(caller);
  return refusal(parts, request, opened.error(), account ? account->email : "");
}

Response list_sessions(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto sessions = parts.service.sessions.list(caller);
  if (!sessions) return problem(sessions.error(), request.id);
  json items = json::array();
  for (const auto& session : *sessions)
    items.push_back(accounts::session_row_to_json(session, session.id == caller.session));
  return json_response(200, {{"items", items}, {"total", items.size()}});
}

Response end_session(const AccountParts& parts, const Request& request, const Caller& caller) {
  const auto id = param_id(request, "session");
  if (!id) return problem(id.error(), request.id);
  if (const auto ended = parts.service.sessions.end(caller, *id); !ended) return problem(ended.error(), request.id);
  Response response = Response::no_content();
  if (*id == caller.session) response.add("Set-Cookie", ended_session_cookie());
  return response;
}

Response look_at_invitation(const AccountParts& parts, const Request& request) {
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string token = fields->text("token", kToken);
  if (!fields->done()) return fields->problem(request.id);
  const auto found = parts.service.directory.look_at_invitation(token);
  if (!found) return problem(found.error(), request.id);
  return json_response(200, {{"email", found->email},
                             {"name", found->name},
                             {"organisation", found->organisation},
                             {"locale", found->locale}});
}

Response accept_invitation(const AccountParts& parts, const Request& request) {
  if (const auto own = check_own_page(parts, request); !own) return problem(own.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string token = fields->text("token", kToken);
  const std::string password = fields->text("password", kAnyPassword);
  const auto name = fields->optional_text("name", kLine);
  if (!fields->done()) return fields->problem(request.id);
  const auto opened = parts.service.directory.accept_invitation(token, password, name, visitor_of(request));
  if (!opened) return problem(opened.error(), request.id);
  return opened_response(parts, request, 200, *opened);
}

}  // namespace

void add_session_routes(Router& router, const AccountParts& parts) {
  const auto open = [&](Method method, const char* pattern, auto verb) {
    router.add(method, pattern, [parts, verb](const Request& request) {
      Response response = verb(parts, request);
      if (!response.header("Cache-Control")) response.set("Cache-Control", "no-store");
      return response;
    });
  };
  const auto own = [&](Method method, const char* pattern, auto verb) {
    router.add(method, pattern,
               parts.guard.staff(Permission::own_account, [parts, verb](const Request& request, const Caller& caller) {
                 return verb(parts, request, caller);
               }));
  };
  open(Method::get, "/api/v1/setup", get_setup);
  open(Method::post, "/api/v1/setup", post_setup);
  open(Method::post, "/api/v1/sign-in", sign_in);
  open(Method::post, "/api/v1/invitations/look", look_at_invitation);
  open(Method::post, "/api/v1/invitations/accept", accept_invitation);
  own(Method::post, "/api/v1/sign-out", sign_out);
  own(Method::get, "/api/v1/session", get_session);
  own(Method::post, "/api/v1/session/step-up", step_up);
  own(Method::get, "/api/v1/sessions", list_sessions);
  own(Method::del, "/api/v1/sessions/{session}", end_session);
}

}  // namespace probity::http::routes
