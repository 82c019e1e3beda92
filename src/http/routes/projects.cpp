#include "http/routes/projects.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "events/json.h"
#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"
#include "projects/json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr TextLimits kLine{1, 200}, kZone{1, 64}, kDescription{0, 4000, true};
constexpr std::size_t kMostKind = 40;

std::vector<projects::EmbargoRequest> embargoes_of(JsonFields& fields) {
  std::vector<projects::EmbargoRequest> embargoes;
  for (JsonFields& item : fields.objects("embargoes", projects::kMaxEmbargoes)) {
    projects::EmbargoRequest embargo;
    embargo.id = item.optional_id("id");
    embargo.label = item.text("label", kLine);
    embargo.at_ms = item.time("at");
    embargo.zone = item.text("zone", kZone);
    embargoes.push_back(std::move(embargo));
  }
  return embargoes;
}

Result<std::string> kind_of(const Request& request) {
  const std::string kind(request.query_value("kind").value_or(""));
  const bool fits = kind.size() <= kMostKind &&
                    std::ranges::all_of(kind, [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
  if (!fits) return fail(ErrorCode::invalid_argument, "kind must be one of events, or a family such as commitment.");
  return kind;
}

Result<Response> list(const ProjectRoutes& services, const Request& request, const Caller&) {
  projects::ProjectFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = projects::parse_project_state(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "a project's state is open or archived");
  }
  TRY_ASSIGN(const auto listed, services.projects.list(filter));
  const TimeMs now = services.clock.now_ms();
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(projects::to_json(row, now));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> create(const ProjectRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  projects::NewProject project;
  project.name = fields.text("name", kLine);
  project.description = fields.optional_text("description", kDescription).value_or("");
  if (fields.has("people")) project.people = fields.ids("people", projects::kMaxPeople);
  if (fields.has("embargoes")) project.embargoes = embargoes_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.projects.create(project, caller.actor));
  return json_response(201, projects::to_json(row, services.clock.now_ms()));
}

Result<Response> find(const ProjectRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "project"));
  TRY_ASSIGN(const auto row, services.projects.find(id));
  return json_response(200, projects::to_json(row, services.clock.now_ms()));
}

Result<Response> update(const ProjectRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "project"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  projects::ProjectChange change;
  change.name = fields.optional_text("name", kLine);
  change.description = fields.optional_text("description", kDescription);
  if (fields.has("people")) change.people = fields.ids("people", projects::kMaxPeople);
  if (fields.has("embargoes")) change.embargoes = embargoes_of(fields);
  if (const auto state = fields.optional_text("state")) {
    change.state = projects::parse_project_state(*state);
    if (!change.state) fields.complain("state", "must be open or archived");
  }
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, services.projects.update(id, change, caller.actor));
  return json_response(200, projects::to_json(row, services.clock.now_ms()));
}

Result<Response> activity(const ProjectRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "project"));
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY(services.projects.find(id));
  events::EventFilter filter;
  filter.project = id;
  filter.party = query_id(request, "party");
  TRY_ASSIGN(filter.kind, kind_of(request));
  filter.offset = page.offset;
  filter.limit = page.limit;
  TRY_ASSIGN(const auto listed, services.events.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& event : listed.items) items.push_back(events::to_json(event));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

}  // namespace

void add_project_routes(Router& router, Guard& guard, const ProjectRoutes& services) {
  const auto add = [&](Method method, const char* path, Permission permission, auto work) {
    router.add(method, path,
               guard.staff(permission, answering([services, work](const Request& request, const Caller& caller) {
                             return work(services, request, caller);
                           })));
  };
  add(Method::get, "/api/v1/projects", Permission::read_projects, list);
  add(Method::post, "/api/v1/projects", Permission::write_projects, create);
  add(Method::get, "/api/v1/projects/{project}", Permission::read_projects, find);
  add(Method::patch, "/api/v1/projects/{project}", Permission::write_projects, update);
  add(Method::get, "/api/v1/projects/{project}/activity", Permission::read_projects, activity);
}

}  // namespace probity::http::routes
