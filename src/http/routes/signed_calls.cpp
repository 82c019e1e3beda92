#include "http/routes/signed_calls.h"

namespace probity::http::routes {
namespace {

constexpr int kTooMany = 429;
constexpr const char* kRetryAfterSeconds = "60";  // a minute's quota is free again then; a day's says when in words

}  // namespace

Handler signed_only(alliance::CallGate& gate, MemberHandler handler) {
  return [&gate, handler = std::move(handler)](const Request& request) {
    const auto party = gate.admit(method_name(request.method), request.path, request.body,
                                  [&](std::string_view name) { return request.header(name); });
    Response response = party ? handler(request, *party) : problem(party.error(), request.id);
    if (response.status == kTooMany) response.set("Retry-After", kRetryAfterSeconds);
    response.set("Cache-Control", "no-store");
    return response;
  };
}

}  // namespace probity::http::routes
