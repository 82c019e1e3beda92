#include "http/routes/cases_guard.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/same_origin.h"

namespace probity::http::routes {
namespace {

using cases::AccessVisitor;
using nlohmann::json;

Result<json> session_json(commitments::HouseBook& book, const AccessVisitor& visitor, const std::string& token) {
  TRY_ASSIGN(const auto house, book.house());
  return json{{"kind", cases::subject_kind_name(visitor.kind)},
              {"name", visitor.name},
              {"csrf_token", commitments::csrf_token(token)},
              {"case_number", visitor.case_number},
              {"sender", house.organisation},
              {"locale", commitments::locale_name(visitor.locale)}};
}

Response open_link(cases::AccessService& service, const Request& request) {
  if (const auto same = check_same_origin(request); !same) return problem(same.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string token = fields->text("token");
  const bool resend = fields->optional_boolean("resend").value_or(false);
  if (!fields->done()) return fields->problem(request.id);
  const auto state = service.open_link(token, resend);
  if (!state) return problem(state.error(), request.id);
  json answer{{"organisation", state->organisation},
              {"kind", cases::subject_kind_name(state->kind)},
              {"masked_email", state->masked_email},
              {"locale", commitments::locale_name(state->locale)},
              {"code_sent", state->code_sent}};
  if (state->retry_after_s) answer["retry_after_s"] = *state->retry_after_s;
  return json_response(200, answer);
}

Response open_session(cases::AccessService& service, commitments::HouseBook& house, const Request& request) {
  if (const auto same = check_same_origin(request); !same) return problem(same.error(), request.id);
  auto fields = JsonFields::parse(request);
  if (!fields) return problem(fields.error(), request.id);
  const std::string token = fields->text("token");
  const std::string code = fields->text("code", {1, 12});
  if (!fields->done()) return fields->problem(request.id);
  const std::string agent(request.header("user-agent").value_or(""));
  const auto opened = service.open_session(token, code, request.remote_address, agent);
  if (!opened) return problem(opened.error(), request.id);
  const auto answer = session_json(house, opened->visitor, opened->token);
  if (!answer) return problem(answer.error(), request.id);
  Response response = json_response(201, *answer);
  response.add("Set-Cookie", answer_cookie(opened->token));
  return response;
}

}  // namespace

std::string answer_cookie(const std::string& token) {
  return fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", kAnswerCookie, token,
                     commitments::kSessionLife / 1000);
}

std::string ended_answer_cookie() {
  return fmt::format("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict", kAnswerCookie);
}

Handler AnswerGuard::answering(AnswerHandler handler, std::optional<cases::SubjectKind> kind) {
  return [this, kind, handler = std::move(handler)](const Request& request) -> Response {
    const std::string token(request.cookie(kAnswerCookie).value_or(""));
    const std::string agent(request.header("user-agent").value_or(""));
    const auto visitor = service_.session(token, request.remote_address, agent);
    if (!visitor) return problem(visitor.error(), request.id);
    if (kind && visitor->kind != *kind)
      return problem({ErrorCode::unauthenticated, "this sign-in is for another page", "open the link of this one"},
                     request.id);
    if (is_change(request.method)) {
      const auto same_origin = check_same_origin(request);
      if (!same_origin) return problem(same_origin.error(), request.id);
      if (!commitments::same_text(request.header("x-csrf-token").value_or(""), commitments::csrf_token(token)))
        return problem(
            {ErrorCode::forbidden, "the request does not carry the session's X-CSRF-Token", "load the page again"},
            request.id);
    }
    return handler(request, *visitor);
  };
}

void add_answer_session_routes(Router& router, AnswerGuard& guard, cases::AccessService& service,
                               commitments::HouseBook& house) {
  router.add(Method::post, "/api/v1/answer/link",
             [&service](const Request& request) { return open_link(service, request); });
  router.add(Method::post, "/api/v1/answer/session",
             [&service, &house](const Request& request) { return open_session(service, house, request); });
  router.add(Method::get, "/api/v1/answer/session",
             guard.answering([&house](const Request& request, const AccessVisitor& visitor) {
               const auto answer =
                   session_json(house, visitor, std::string(request.cookie(kAnswerCookie).value_or("")));
               return answer ? json_response(200, *answer) : problem(answer.error(), request.id);
             }));
  router.add(Method::del, "/api/v1/answer/session",
             guard.answering([&service](const Request& request, const AccessVisitor& visitor) {
               const auto closed = service.close_session(visitor);
               if (!closed) return problem(closed.error(), request.id);
               Response response = Response::no_content();
               response.add("Set-Cookie", ended_answer_cookie());
               return response;
             }));
}

}  // namespace probity::http::routes
