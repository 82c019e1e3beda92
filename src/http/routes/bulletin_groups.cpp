// Audience groups of a node's desk: names for members that bulletins go to together.
#include <nlohmann/json.hpp>

#include "bulletins/json.h"
#include "bulletins/rules.h"
#include "http/routes/bulletins.h"
#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using bulletins::Groups;
using nlohmann::json;

constexpr TextLimits kGroupName{1, bulletins::kMostGroupName};

std::set<Id> members_of(JsonFields& fields) {
  const auto ids = fields.ids("members", bulletins::kMostAudience);
  return {ids.begin(), ids.end()};
}

Result<Response> list_groups(Groups& groups, const Request&, const Caller&) {
  TRY_ASSIGN(const auto all, groups.all());
  json items = json::array();
  for (const auto& view : all) items.push_back(bulletins::to_json(view));
  return json_response(200, {{"items", std::move(items)}, {"total", all.size()}});
}

Result<Response> create_group(Groups& groups, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string name = fields.text("name", kGroupName);
  const std::set<Id> members = members_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto view, groups.create(name, members, caller.actor.name));
  return json_response(201, bulletins::to_json(view));
}

Result<Response> show_group(Groups& groups, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "group"));
  TRY_ASSIGN(const auto view, groups.find(id));
  return json_response(200, bulletins::to_json(view));
}

Result<Response> change_group(Groups& groups, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "group"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  std::optional<std::string> name;
  std::optional<std::set<Id>> members;
  if (fields.has("name")) name = fields.text("name", kGroupName);
  if (fields.has("members")) members = members_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto view, groups.change(id, name, members, caller.actor.name));
  return json_response(200, bulletins::to_json(view));
}

Result<Response> delete_group(Groups& groups, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "group"));
  TRY(groups.remove(id));
  return Response::no_content();
}

}  // namespace

void add_bulletin_group_routes(Router& router, Guard& guard, const BulletinRoutes& services) {
  const auto add = [&](Method method, const char* path, auto work) {
    router.add(
        method, std::string("/api/v1/bulletins/groups") + path,
        guard.staff(Permission::write_bulletins,
                    answering([services, work](const Request& request, const Caller& caller) -> Result<Response> {
                      TRY_ASSIGN(bulletins::Desk* const desk, desk_of(services));
                      return work(desk->groups(), request, caller);
                    })));
  };
  add(Method::get, "", list_groups);
  add(Method::post, "", create_group);
  add(Method::get, "/{group}", show_group);
  add(Method::patch, "/{group}", change_group);
  add(Method::del, "/{group}", delete_group);
}

}  // namespace probity::http::routes
