#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/json_text.h"
#include "http/routes/json_time.h"
#include "http/routes/shoots.h"
#include "http/routes/shoots_parts.h"
#include "http/routes/staff_answer.h"
#include "shoots/json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using shoots::ReleaseService;

constexpr TextLimits kReason{1, 2000, true};

// What belongs to a file sent as the body comes in the query.
Result<std::string> query_text(const Request& request, const char* name, std::size_t most) {
  const std::string text(request.query_value(name).value_or(""));
  if (text.empty()) return fail(ErrorCode::invalid_argument, std::string(name) + " is missing");
  if (code_points(text) > most) return fail(ErrorCode::invalid_argument, std::string(name) + " is too long");
  return text;
}

Result<Response> list(ReleaseService& releases, const Request& request, const Caller&) {
  shoots::ReleaseFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  filter.project = query_id(request, "project");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = shoots::parse_release_state(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "a release's state is registered or withdrawn");
  }
  TRY_ASSIGN(const auto listed, releases.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& release : listed.items) items.push_back(shoots::to_json(release));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> add(ReleaseService& releases, const Request& request, const Caller& caller) {
  shoots::NewRelease release;
  TRY_ASSIGN(release.title, query_text(request, "title", 200));
  TRY_ASSIGN(release.where, query_text(request, "where", 500));
  TRY_ASSIGN(const std::string time, query_text(request, "released_at", 40));
  const auto released = parse_rfc3339(time);
  if (!released) return fail(ErrorCode::invalid_argument, "released_at is no time", "write it as 2026-11-21T18:00:00Z");
  release.released_ms = *released;
  release.file_name = request.query_value("file_name").value_or("");
  release.project = query_id(request, "project");
  TRY_ASSIGN(const auto added, releases.add(release, as_bytes(request.body), caller.actor));
  return json_response(201, shoots::to_json(added));
}

Result<Response> search(ReleaseService& releases, const Request& request, const Caller&) {
  if (request.body.empty()) return fail(ErrorCode::invalid_argument, "the file is empty", "choose another one");
  TRY_ASSIGN(const auto answer, releases.search(as_bytes(request.body)));
  return json_response(200, shoots::to_json(answer));
}

Result<Response> find(ReleaseService& releases, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "release"));
  TRY_ASSIGN(const auto release, releases.find(id));
  return json_response(200, shoots::to_json(release));
}

Result<Response> preview(ReleaseService& releases, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "release"));
  TRY_ASSIGN(const Bytes jpeg, releases.preview(id));
  return preview_response(jpeg);
}

Result<Response> withdraw(ReleaseService& releases, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "release"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto release, releases.withdraw(id, reason, caller.actor));
  return json_response(200, shoots::to_json(release));
}

}  // namespace

void add_release_routes(Router& router, Guard& guard, ReleaseService& releases) {
  const RouteOptions small, picture{shoots::kMostFrameBytes};
  const auto route = [&](Method method, const char* path, Permission permission, auto work,
                         const RouteOptions& options) {
    router.add(method, std::string("/api/v1") + path,
               guard.staff(permission, answering([&releases, work](const Request& request, const Caller& caller) {
                             return work(releases, request, caller);
                           })),
               options);
  };
  route(Method::get, "/releases", Permission::read_shoots, list, small);
  route(Method::post, "/releases", Permission::write_shoots, add, picture);
  route(Method::post, "/releases/search", Permission::read_shoots, search, picture);
  route(Method::get, "/releases/{release}", Permission::read_shoots, find, small);
  route(Method::get, "/releases/{release}/preview", Permission::read_shoots, preview, small);
  route(Method::post, "/releases/{release}/withdraw", Permission::write_shoots, withdraw, small);
}

}  // namespace probity::http::routes
