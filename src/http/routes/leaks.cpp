#include "http/routes/leaks.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/leaks_parts.h"
#include "http/routes/staff_answer.h"
#include "leaks/leak_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;

constexpr TextLimits kLine{1, 200}, kShort{0, 200}, kAddress{1, 1000}, kWords{0, 1000, true}, kNote{0, 4000, true},
    kReason{1, 2000, true};

leaks::Viewer viewer_of(const Caller& caller) {
  leaks::Viewer viewer;
  if (caller.actor.kind == events::Actor::Kind::account) viewer.account = caller.actor.id;
  viewer.writes = caller.may(Permission::write_leaks);
  viewer.reviews = caller.may(Permission::review_cases);
  viewer.opens_cases = caller.may(Permission::write_cases);
  return viewer;
}

leaks::NewSighting sighting_of(JsonFields& fields) {
  leaks::NewSighting sighting;
  sighting.address = fields.text("address", kAddress);
  sighting.platform = fields.optional_text("platform", kShort).value_or("");
  sighting.account = fields.optional_text("account", kShort).value_or("");
  sighting.channel = fields.text("channel", kLine);
  if (!sighting.channel.empty() && !leaks::is_sighting_channel(sighting.channel))
    fields.complain("channel", "must be a channel of commitments, or other");
  sighting.seen_ms = fields.time("seen_at");
  sighting.captured_by = fields.optional_text("captured_by", kShort).value_or("");
  sighting.captured_how = fields.optional_text("captured_how", kWords).value_or("");
  sighting.note = fields.optional_text("note", kNote).value_or("");
  sighting.item = fields.optional_id("item");
  sighting.taken_down_ms = fields.optional_time("taken_down_at");
  return sighting;
}

Result<Response> list(const LeakRoutes& services, const Request& request, const Caller&) {
  leaks::LeakFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  filter.project = query_id(request, "project");
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = leaks::parse_state(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "a leak has no such state");
  }
  TRY_ASSIGN(const auto listed, services.leaks.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(leaks::to_json(row));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> report(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  leaks::NewLeak leak;
  leak.title = fields.text("title", kLine);
  leak.note = fields.optional_text("note", kNote).value_or("");
  leak.project = fields.optional_id("project");
  std::optional<JsonFields> sighting = fields.optional_object("sighting");
  if (sighting) leak.sighting = sighting_of(*sighting);
  if (!fields.done()) return fields.problem(request.id);
  if (sighting && !sighting->done()) return sighting->problem(request.id);
  TRY_ASSIGN(const auto row, services.leaks.report(leak, caller.actor));
  return leak_answer(services, row.leak.id, caller, 201);
}

Result<Response> find(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  return leak_answer(services, leak, caller);
}

Result<Response> update(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  leaks::LeakChange change;
  change.title = fields.optional_text("title", kLine);
  change.note = fields.optional_text("note", kNote);
  if (fields.has("project")) change.project = fields.optional_id("project");
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.leaks.update(leak, change, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> add_sighting(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const leaks::NewSighting wanted = sighting_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto sighting, services.leaks.add_sighting(leak, wanted, caller.actor));
  return json_response(201, leaks::to_json(sighting));
}

leaks::SightingEdit sighting_edit_of(JsonFields& fields) {
  leaks::SightingEdit edit;
  edit.address = fields.optional_text("address", kAddress);
  edit.platform = fields.optional_text("platform", kShort);
  edit.account = fields.optional_text("account", kShort);
  edit.channel = fields.optional_text("channel", kLine);
  if (edit.channel && !leaks::is_sighting_channel(*edit.channel))
    fields.complain("channel", "must be a channel of commitments, or other");
  edit.seen_ms = fields.optional_time("seen_at");
  edit.captured_by = fields.optional_text("captured_by", kShort);
  edit.captured_how = fields.optional_text("captured_how", kWords);
  edit.note = fields.optional_text("note", kNote);
  if (fields.has("item")) edit.item = fields.optional_id("item");
  if (fields.has("taken_down_at")) edit.taken_down_ms = fields.optional_time("taken_down_at");
  edit.reason = fields.optional_text("reason", kReason).value_or("");
  return edit;
}

Result<Response> update_sighting(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const Id id, param_id(request, "sighting"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const leaks::SightingEdit edit = sighting_edit_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto sighting, services.leaks.update_sighting(leak, id, edit, caller.actor));
  return json_response(200, leaks::to_json(sighting));
}

Result<Response> turn_sighting(const LeakRoutes& services, const Request& request, const Caller& caller,
                               decltype(&leaks::LeakService::withdraw_sighting) turn) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(const Id id, param_id(request, "sighting"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto sighting, (services.leaks.*turn)(leak, id, reason, caller.actor));
  return json_response(200, leaks::to_json(sighting));
}

Result<Response> withdraw_sighting(const LeakRoutes& services, const Request& request, const Caller& caller) {
  return turn_sighting(services, request, caller, &leaks::LeakService::withdraw_sighting);
}

Result<Response> restore_sighting(const LeakRoutes& services, const Request& request, const Caller& caller) {
  return turn_sighting(services, request, caller, &leaks::LeakService::restore_sighting);
}

Result<Response> add_publication(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  leaks::NewPublication wanted;
  wanted.where = fields.text("where", kLine);
  wanted.address = fields.optional_text("address", {0, 1000}).value_or("");
  wanted.published_ms = fields.time("published_at");
  wanted.note = fields.optional_text("note", kNote).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto publication, services.leaks.add_publication(leak, wanted, caller.actor));
  return json_response(201, leaks::to_json(publication));
}

leaks::Answer answer_of(JsonFields& fields, const char* name) {
  const auto answer = leaks::parse_answer(fields.text(name, kLine));
  if (!answer) fields.complain(name, "must be yes, no or unknown");
  return answer.value_or(leaks::Answer::unknown);
}

Result<Response> answer(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  leaks::GivenAnswers answers;
  answers.public_before = answer_of(fields, "public_before");
  answers.public_before_note = fields.optional_text("public_before_note", kNote).value_or("");
  answers.covered = answer_of(fields, "covered");
  answers.covered_note = fields.optional_text("covered_note", kNote).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.leaks.answer(leak, answers, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> close(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto reason = leaks::parse_close_reason(fields.text("reason", kLine));
  if (!reason) fields.complain("reason", "is none of the reasons for closing");
  const std::string note = fields.optional_text("note", kNote).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.leaks.close(leak, *reason, note, caller.actor));
  return leak_answer(services, leak, caller);
}

Result<Response> reopen(const LeakRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id leak, leak_of(request));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY(services.leaks.reopen(leak, reason, caller.actor));
  return leak_answer(services, leak, caller);
}

}  // namespace

Result<Id> leak_of(const Request& request) { return param_id(request, "leak"); }

Result<Response> leak_answer(const LeakRoutes& services, const Id& leak, const Caller& caller, int status) {
  TRY_ASSIGN(const auto detail, services.leaks.detail(leak));
  bool tracing = false;
  if (detail.row.leak.trace_job) {
    const auto job = services.jobs.find(*detail.row.leak.trace_job);
    tracing = job && !jobs::is_finished(job->state);
  }
  TRY_ASSIGN(const auto helps, services.leaks.helps(detail));
  return json_response(status, leaks::to_json(detail, leaks::next_steps(detail, viewer_of(caller), tracing), helps));
}

void add_leak_route(Router& router, Guard& guard, const LeakRoutes& services, const LeakRoute& route) {
  Handler handler = guard.staff(route.permission,
                                answering([services, work = route.work](const Request& request, const Caller& caller) {
                                  return work(services, request, caller);
                                }));
  const std::string path = std::string("/api/v1") + route.path;
  if (route.most_body_bytes > 0)
    router.add(route.method, path, std::move(handler), {route.most_body_bytes});
  else
    router.add(route.method, path, std::move(handler));
}

void add_leak_matter_routes(Router& router, Guard& guard, const LeakRoutes& services) {
  constexpr Permission kRead = Permission::read_leaks, kWrite = Permission::write_leaks;
  for (const LeakRoute& route : {
           LeakRoute{Method::get, "/leaks", kRead, list},
           LeakRoute{Method::post, "/leaks", kWrite, report},
           LeakRoute{Method::get, "/leaks/{leak}", kRead, find},
           LeakRoute{Method::patch, "/leaks/{leak}", kWrite, update},
           LeakRoute{Method::post, "/leaks/{leak}/sightings", kWrite, add_sighting},
           LeakRoute{Method::patch, "/leaks/{leak}/sightings/{sighting}", kWrite, update_sighting},
           LeakRoute{Method::del, "/leaks/{leak}/sightings/{sighting}", kWrite, withdraw_sighting},
           LeakRoute{Method::post, "/leaks/{leak}/sightings/{sighting}/restore", kWrite, restore_sighting},
           LeakRoute{Method::post, "/leaks/{leak}/publications", kWrite, add_publication},
           LeakRoute{Method::put, "/leaks/{leak}/questions", kWrite, answer},
           LeakRoute{Method::post, "/leaks/{leak}/close", kWrite, close},
           LeakRoute{Method::post, "/leaks/{leak}/reopen", kWrite, reopen},
       })
    add_leak_route(router, guard, services, route);
}

void add_leak_routes(Router& router, Guard& guard, const LeakRoutes& services) {
  add_leak_matter_routes(router, guard, services);
  add_leak_evidence_routes(router, guard, services);
  add_leak_result_routes(router, guard, services);
}

}  // namespace probity::http::routes
