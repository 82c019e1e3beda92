// What stands before the handlers of those who answer in a case: whose session it is, and the CSRF token of changes.
#pragma once

#include <functional>
#include <string>

#include "cases/access.h"
#include "http/router.h"

namespace probity::http::routes {

using AnswerHandler = std::function<Response(const Request&, const cases::AccessVisitor&)>;

inline constexpr const char* kAnswerCookie = "__Host-probity-answer";
std::string answer_cookie(const std::string& token);  // the value of a Set-Cookie header
std::string ended_answer_cookie();

// Thread-safe; borrows the service. Answers 401 without a valid session of that kind, 403 for a change without its CSRF
// token or from a page of another origin.
class AnswerGuard {
 public:
  explicit AnswerGuard(cases::AccessService& service) : service_(service) {}
  // Without a kind whoever has a session may come.
  Handler answering(AnswerHandler handler, std::optional<cases::SubjectKind> kind = {});

 private:
  cases::AccessService& service_;
};

// /answer/link and /answer/session. Borrows what it is given. `csrf_token` of a session is told with it.
void add_answer_session_routes(Router& router, AnswerGuard& guard, cases::AccessService& service,
                               commitments::HouseBook& house);

}  // namespace probity::http::routes
