#include "http/routes/accused.h"

#include <nlohmann/json.hpp>

#include "cases/accused_json.h"
#include "http/routes/json_fields.h"

namespace probity::http::routes {
namespace {

using cases::AccessVisitor;
using cases::AccusedService;
using cases::AccusedView;

constexpr TextLimits kWords{1, cases::kMostText, true};
constexpr std::uint64_t kMostUpload = cases::kMostAccusedDocumentBytes;

Result<Response> view_answer(int status, const Result<AccusedView>& view, const Request& request) {
  TRY_ASSIGN(const AccusedView seen, view);
  const std::string token(request.cookie(kAnswerCookie).value_or(""));
  return json_response(status, cases::accused_json(seen, commitments::csrf_token(token)));
}

Result<Response> look(AccusedService& service, const Request& request, const AccessVisitor& visitor) {
  return view_answer(200, service.look(visitor), request);
}

Result<Response> picture(AccusedService& service, const Request& request, const AccessVisitor& visitor) {
  TRY_ASSIGN(const Id id, param_id(request, "evidence"));
  TRY_ASSIGN(const Bytes jpeg, service.picture(visitor, id));
  Response response;
  response.set("Content-Type", "image/jpeg");
  response.body = std::string(as_text(jpeg));
  return response;
}

Result<Response> add_document(AccusedService& service, const Request& request, const AccessVisitor& visitor) {
  const std::string name(request.query_value("name").value_or(""));
  TRY_ASSIGN(const auto document, service.add_document(visitor, name, as_bytes(request.body)));
  return json_response(201, cases::accused_document_json(document));
}

template <Result<AccusedView> (AccusedService::*verb)(const AccessVisitor&, const cases::AccusedWords&)>
Result<Response> say(AccusedService& service, const Request& request, const AccessVisitor& visitor) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  cases::AccusedWords words;
  words.text = fields.text("text", kWords);
  if (fields.has("documents")) words.documents = fields.ids("documents", cases::kMostAccusedDocuments);
  if (!fields.done()) return fields.problem(request.id);
  return view_answer(201, (service.*verb)(visitor, words), request);
}

}  // namespace

void add_accused_routes(Router& router, AnswerGuard& guard, AccusedService& service) {
  const auto add = [&](Method method, const char* path, auto work, RouteOptions options = {}) {
    router.add(method, std::string("/api/v1/accused") + path,
               guard.answering(
                   [&service, work](const Request& request, const AccessVisitor& visitor) {
                     auto response = work(service, request, visitor);
                     return response ? std::move(*response) : problem(response.error(), request.id);
                   },
                   cases::SubjectKind::accused),
               options);
  };
  add(Method::get, "/case", look);
  add(Method::get, "/evidence/{evidence}/picture", picture);
  add(Method::post, "/documents", add_document, {.most_body_bytes = kMostUpload});
  add(Method::post, "/reply", say<&AccusedService::reply>);
  add(Method::post, "/appeal", say<&AccusedService::appeal>);
}

}  // namespace probity::http::routes
