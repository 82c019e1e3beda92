#include <nlohmann/json.hpp>

#include "http/routes/bulletins.h"
#include "http/routes/hub_training.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using bulletins::Desk;
using nlohmann::json;

Id account_of(const Caller& caller) { return caller.actor.id.value_or(Id{}); }

Result<std::string> ask(Desk& desk, const Caller& caller, const char* method, const std::string& path,
                        const json& body = nullptr) {
  return desk.ask(method, "/alliance/v1/training" + path, body.is_null() ? std::string() : body.dump(),
                  account_of(caller));
}

Result<Response> list(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  json body{{"search", page.search}, {"offset", page.offset}, {"limit", page.limit}};
  for (const char* name : {"past", "own"})
    if (request.query_value(name) == "true") body[name] = true;
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "POST", "/list", body));
  return passed_on(200, answer);
}

Result<Response> announce(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bulletins::TrainingPlan plan = plan_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "POST", "", plan_to_json(plan)));
  return passed_on(201, answer);
}

Result<Response> change(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bulletins::TrainingPlan plan = plan_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "POST", "/" + id.text() + "/change", plan_to_json(plan)));
  return passed_on(200, answer);
}

Result<Response> find(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "GET", "/" + id.text()));
  return passed_on(200, answer);
}

Result<Response> cancel(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "POST", "/" + id.text() + "/cancel", json::object()));
  return passed_on(200, answer);
}

Result<Response> take_seat(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  if (caller.actor.kind != events::Actor::Kind::account)
    return fail(ErrorCode::forbidden, "people register, not API keys");
  TRY_ASSIGN(const std::string answer, desk.register_for(id, account_of(caller), caller.actor.name));
  return passed_on(201, answer);
}

Result<Response> give_seat_back(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY(desk.unregister_from(id, account_of(caller)));
  return Response::no_content();
}

Result<Response> calendar(Desk& desk, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY_ASSIGN(const std::string answer, ask(desk, caller, "GET", "/" + id.text() + "/calendar"));
  Response response = passed_on(200, answer, "text/calendar; charset=utf-8");
  response.set("Content-Disposition", "attachment; filename=\"training.ics\"");
  return response;
}

}  // namespace

void add_training_routes(Router& router, Guard& guard, const BulletinRoutes& services) {
  constexpr auto kRead = Permission::read_bulletins;
  constexpr auto kWrite = Permission::write_bulletins;
  const auto add = [&](Method method, const char* path, Permission permission, auto work) {
    router.add(method, std::string("/api/v1") + path,
               guard.staff(permission, answering([services, work](const Request& request,
                                                                  const Caller& caller) -> Result<Response> {
                             TRY_ASSIGN(Desk* const desk, desk_of(services));
                             return work(*desk, request, caller);
                           })));
  };
  add(Method::get, "/training", kRead, list);
  add(Method::post, "/training", kWrite, announce);
  add(Method::get, "/training/{training}", kRead, find);
  add(Method::put, "/training/{training}", kWrite, change);
  add(Method::post, "/training/{training}/cancel", kWrite, cancel);
  add(Method::post, "/training/{training}/registration", kRead, take_seat);
  add(Method::del, "/training/{training}/registration", kRead, give_seat_back);
  add(Method::get, "/training/{training}/calendar.ics", kRead, calendar);
}

}  // namespace probity::http::routes
