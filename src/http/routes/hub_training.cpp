#include "http/routes/hub_training.h"

#include <nlohmann/json.hpp>

#include "bulletins/rules.h"

namespace probity::http::routes {
namespace {

using bulletins::Reader;
using bulletins::Trainings;
using nlohmann::json;

Result<Response> list_trainings(Trainings& trainings, const Request& request, const Reader& reader) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  bulletins::TrainingFilter filter;
  filter.page.search = fields.optional_text("search").value_or("");
  filter.page.offset = static_cast<std::uint32_t>(fields.optional_integer("offset", 0, 1'000'000).value_or(0));
  filter.page.limit = static_cast<std::uint32_t>(fields.optional_integer("limit", 1, 500).value_or(50));
  filter.past = fields.optional_boolean("past").value_or(false);
  if (fields.optional_boolean("own").value_or(false)) filter.attendee = reader;
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto listed, trainings.list(reader, std::move(filter)));
  json items = json::array();
  for (const auto& view : listed.items) items.push_back(bulletins::to_json(view));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> announce(Trainings& trainings, const Request& request, const Reader& reader) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const bulletins::TrainingPlan plan = plan_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto view, trainings.announce(reader, plan));
  return json_response(201, bulletins::to_json(view));
}

Result<Response> run_training_verb(Trainings& trainings, const Request& request, const Reader& reader) {
  const std::string& verb = request.param("verb");
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  std::optional<Result<bulletins::TrainingView>> view;
  if (verb == "change") {
    const bulletins::TrainingPlan plan = plan_of(fields);
    if (!fields.done()) return fields.problem(request.id);
    view = trainings.change(reader, id, plan);
  } else if (verb == "register") {
    const std::string name = fields.text("name", {1, 200});
    if (!fields.done()) return fields.problem(request.id);
    view = trainings.register_for(reader, id, name);
  } else if (verb == "cancel" || verb == "unregister") {
    if (!fields.done()) return fields.problem(request.id);
    view = verb == "cancel" ? trainings.cancel(reader, id) : trainings.unregister_from(reader, id);
  }
  if (!view) return fail(ErrorCode::not_found, "there is no such verb");
  TRY(*view);
  return json_response(verb == "register" ? 201 : 200, bulletins::to_json(**view));
}

Result<Response> calendar(Trainings& trainings, const Request& request, const Reader&) {
  TRY_ASSIGN(const Id id, param_id(request, "training"));
  TRY_ASSIGN(std::string text, trainings.calendar(id));
  Response response;
  response.set("Content-Type", "text/calendar; charset=utf-8");
  response.body = std::move(text);
  return response;
}

}  // namespace

bulletins::TrainingPlan plan_of(JsonFields& fields) {
  bulletins::TrainingPlan plan;
  plan.title = fields.text("title", {1, 200});
  plan.text = fields.optional_text("text", {0, 10'000, true}).value_or("");
  plan.starts_ms = fields.time("starts_at");
  plan.ends_ms = fields.time("ends_at");
  plan.zone = fields.text("zone", {1, 64});
  plan.place = fields.optional_text("place", {0, 300}).value_or("");
  plan.link = fields.optional_text("link", {0, bulletins::kMostUrl}).value_or("");
  if (!plan.link.empty())
    if (const auto checked = bulletins::check_link(plan.link); !checked)
      fields.complain("link", checked.error().message);
  plan.capacity = static_cast<std::uint32_t>(fields.integer("capacity", 1, 5'000));
  return plan;
}

json plan_to_json(const bulletins::TrainingPlan& plan) {
  return {{"title", plan.title},
          {"text", plan.text},
          {"starts_at", time_text(plan.starts_ms)},
          {"ends_at", time_text(plan.ends_ms)},
          {"zone", plan.zone},
          {"place", plan.place},
          {"link", plan.link.empty() ? json() : json(plan.link)},
          {"capacity", plan.capacity}};
}

void add_hub_training_routes(Router& router, Trainings& trainings, const BoardDoor& door) {
  const auto add = [&](Method method, const char* path, auto work) {
    router.add(method, std::string("/alliance/v1") + path,
               door([&trainings, work](const Request& request, const Reader& reader) {
                 Result<Response> response = work(trainings, request, reader);
                 return response ? std::move(*response) : problem(response.error(), request.id);
               }));
  };
  add(Method::post, "/training/list", list_trainings);
  add(Method::post, "/training", announce);
  add(Method::get, "/training/{training}",
      [](Trainings& of, const Request& request, const Reader& reader) -> Result<Response> {
        TRY_ASSIGN(const Id id, param_id(request, "training"));
        TRY_ASSIGN(const auto view, of.find(reader, id));
        return json_response(200, bulletins::to_json(view));
      });
  add(Method::get, "/training/{training}/calendar", calendar);
  add(Method::post, "/training/{training}/{verb}", run_training_verb);
}

}  // namespace probity::http::routes
