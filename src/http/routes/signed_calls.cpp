#include "http/routes/signed_calls.h"

namespace probity::http::routes {

Handler signed_only(alliance::CallGate& gate, MemberHandler handler) {
  return [&gate, handler = std::move(handler)](const Request& request) {
    const auto party = gate.admit(method_name(request.method), request.path, request.body,
                                  [&](std::string_view name) { return request.header(name); });
    if (!party) return problem(party.error(), request.id);
    Response response = handler(request, *party);
    response.set("Cache-Control", "no-store");
    return response;
  };
}

}  // namespace probity::http::routes
