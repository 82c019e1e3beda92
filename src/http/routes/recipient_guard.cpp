#include "http/routes/recipient_guard.h"

#include <fmt/format.h>

#include "http/routes/same_origin.h"

namespace probity::http::routes {

std::string recipient_cookie(const std::string& token) {
  return fmt::format("{}={}; Path=/; Max-Age={}; Secure; HttpOnly; SameSite=Strict", kRecipientCookie, token,
                     commitments::kSessionLife / 1000);
}

std::string ended_recipient_cookie() {
  return fmt::format("{}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Strict", kRecipientCookie);
}

Handler RecipientGuard::recipient(RecipientHandler handler) {
  return [this, handler = std::move(handler)](const Request& request) -> Response {
    const std::string token(request.cookie(kRecipientCookie).value_or(""));
    const std::string agent(request.header("user-agent").value_or(""));
    const auto visitor = service_.session(token, request.remote_address, agent);
    if (!visitor) return problem(visitor.error(), request.id);
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

}  // namespace probity::http::routes
