// What anybody may ask without signing in. Answers may be read by pages of other origins: they are public.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "http/routes/json_fields.h"
#include "http/routes/statements.h"
#include "statements/public_json.h"

namespace probity::http::routes {
namespace {

using nlohmann::json;
using statements::PublicationService;

constexpr std::uint32_t kFeedLength = 50;
constexpr const char* kShortly = "public, max-age=60";

// A visitor's check must be able to come from elsewhere: from the organisation's own web domain, say.
Response open_to_all(Response response) {
  response.set("Access-Control-Allow-Origin", "*");
  response.set("Cross-Origin-Resource-Policy", "cross-origin");
  if (response.status == 200) response.set("Cache-Control", kShortly);
  return response;
}

Response text_response(const std::string& media_type, std::string body) {
  Response response;
  response.set("Content-Type", media_type);
  response.body = std::move(body);
  return response;
}

using PublicWork = Result<Response> (*)(PublicationService&, const Request&);

Handler handler(PublicationService& service, PublicWork work) {
  return [&service, work](const Request& request) {
    auto response = work(service, request);
    return open_to_all(response ? std::move(*response) : problem(response.error(), request.id));
  };
}

Result<Response> list(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  TRY_ASSIGN(const auto house, service.house());
  TRY_ASSIGN(const auto listed, service.list(query));
  json items = json::array();
  for (const auto& statement : listed.items) items.push_back(statements::public_link(statement, house));
  return json_response(
      200,
      {{"items", std::move(items)}, {"total", listed.total}, {"organisation", statements::organisation_json(house)}});
}

Result<Response> find(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(const auto view, service.find(id));
  return json_response(200, statements::public_json(view));
}

Result<Response> document(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(const auto file, service.document(id));
  Response response = text_response("application/pdf", std::string(as_text(file.bytes)));
  response.set("Content-Disposition", fmt::format("inline; filename=\"{}\"", file.name));
  return response;
}

Result<Response> proof(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(const auto file, service.proof(id));
  Response response = text_response("text/plain; charset=utf-8", std::string(as_text(file.bytes)));
  response.set("Content-Disposition", fmt::format("attachment; filename=\"{}\"", file.name));
  return response;
}

Result<Response> opening(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(std::string text, service.opening_json(id));
  return Response::json(200, std::move(text));
}

Result<Response> address_qr(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(std::string svg, service.address_qr(id));
  return text_response("image/svg+xml", std::move(svg));
}

Result<Response> proof_qr(PublicationService& service, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "statement"));
  TRY_ASSIGN(std::string svg, service.proof_qr(id));
  return text_response("image/svg+xml", std::move(svg));
}

Result<Response> by_hash(PublicationService& service, const Request& request) {
  const auto bytes = from_hex(request.param("sha256"));
  Hash sha256{};
  if (!bytes || bytes->size() != sha256.size()) return fail(ErrorCode::invalid_argument, "a SHA-256 is 64 hex digits");
  std::ranges::copy(*bytes, sha256.begin());
  TRY_ASSIGN(const auto answer, service.by_hash(sha256));
  return json_response(200, statements::hash_json(answer));
}

Result<Response> atom(PublicationService& service, const Request&) {
  ListQuery query;
  query.limit = kFeedLength;
  TRY_ASSIGN(const auto house, service.house());
  TRY_ASSIGN(const auto listed, service.list(query));
  return text_response("application/atom+xml; charset=utf-8",
                       statements::atom_feed(listed.items, house, service.now()));
}

Result<Response> json_feed(PublicationService& service, const Request&) {
  ListQuery query;
  query.limit = kFeedLength;
  TRY_ASSIGN(const auto house, service.house());
  TRY_ASSIGN(const auto listed, service.list(query));
  return text_response("application/feed+json", statements::json_feed(listed.items, house).dump());
}

Result<Response> seal_record(PublicationService& service, const Request&) {
  TRY_ASSIGN(const auto record, service.seal_record());
  return json_response(200, statements::seal_record_json(record));
}

}  // namespace

void add_public_statement_routes(Router& router, PublicationService& service) {
  const auto add = [&](const std::string& path, PublicWork work) {
    router.add(Method::get, path, handler(service, work));
  };
  const std::string all = "/api/v1/public/statements", one = all + "/{statement}";
  add(all, list);
  add(one, find);
  add(one + "/statement.pdf", document);
  add(one + "/statement.tlog-proof", proof);
  add(one + "/opening.json", opening);
  add(one + "/qr.svg", address_qr);
  add(one + "/proof-qr.svg", proof_qr);
  add(all + "/by-hash/{sha256}", by_hash);
  for (const std::string& place : {all, std::string("/statements")}) {
    add(place + "/feed.xml", atom);
    add(place + "/feed.json", json_feed);
  }
  add("/api/v1/public/seal", seal_record);
  add("/.well-known/probity-seal.json", seal_record);
}

}  // namespace probity::http::routes
