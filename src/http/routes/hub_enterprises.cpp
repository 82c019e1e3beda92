#include "http/routes/hub_enterprises.h"

#include <charconv>

#include "http/routes/json_fields.h"

namespace probity::http::routes {
namespace {

using alliance::EnterprisePublisher;

using PublisherHandler = Response (*)(EnterprisePublisher&, const Request&);

Handler signed_only(alliance::CallGate& gate, EnterprisePublisher& publisher, PublisherHandler handler) {
  return [&gate, &publisher, handler](const Request& request) {
    const auto party = gate.admit(method_name(request.method), request.path, request.body,
                                  [&](std::string_view name) { return request.header(name); });
    if (!party) return problem(party.error(), request.id);
    Response response = handler(publisher, request);
    response.set("Cache-Control", "no-store");
    return response;
  };
}

Response lines(std::string text) {
  Response response;
  response.set("Content-Type", "application/x-ndjson");
  response.body = std::move(text);
  return response;
}

Response whole(EnterprisePublisher& publisher, const Request& request) {
  const auto held = publisher.current();
  if (!held) return problem(held.error(), request.id);
  return lines(held->list->encode(held->head));
}

Response changes(EnterprisePublisher& publisher, const Request& request) {
  const std::string& text = request.param("version");
  alliance::EnterpriseListVersion version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size())
    return problem({ErrorCode::invalid_argument, "a version is a number", ""}, request.id);
  const auto change = publisher.changes_since(version);
  if (!change) return problem(change.error(), request.id);
  return *change ? lines((*change)->encode()) : Response::no_content();
}

}  // namespace

void add_hub_enterprise_routes(Router& router, EnterprisePublisher& publisher, alliance::CallGate& gate) {
  router.add(Method::get, "/alliance/v1/enterprises", signed_only(gate, publisher, whole));
  router.add(Method::get, "/alliance/v1/enterprises/since/{version}", signed_only(gate, publisher, changes));
}

}  // namespace probity::http::routes
