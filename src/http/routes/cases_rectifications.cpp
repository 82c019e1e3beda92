// Routes of rectifications: the staff's, and the page of the supplier that answers.
#include <nlohmann/json.hpp>

#include "http/routes/cases_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using cases::AccessVisitor;
using cases::RectificationView;
using nlohmann::json;

constexpr std::size_t kMostContainment = 50, kMostCauses = 20, kMostActions = 50, kMostFlowDown = 200;

cases::Containment containment_of(JsonFields& fields) {
  cases::Containment one;
  one.text = fields.text("text", kCaseReason);
  one.owner = fields.text("owner", kCaseLine);
  one.due_ms = fields.optional_time("due_at");
  one.done_ms = fields.optional_time("done_at");
  one.proof = fields.optional_text("proof", {0, 2000, true}).value_or("");
  return one;
}

cases::Action action_of(JsonFields& fields) {
  cases::Action one;
  one.text = fields.text("text", kCaseReason);
  one.kind = word<cases::ActionKind>(fields, "kind");
  one.owner = fields.text("owner", kCaseLine);
  one.due_ms = fields.time("due_at");
  one.done_ms = fields.optional_time("done_at");
  one.evidence = fields.optional_text("evidence", {0, 2000, true}).value_or("");
  return one;
}

std::optional<std::vector<cases::Cause>> causes_of(JsonFields& fields, const char* name) {
  if (!fields.has(name)) return std::nullopt;
  std::vector<cases::Cause> causes;
  for (JsonFields& one : fields.objects(name, kMostCauses)) {
    const std::string text = one.text("text", kCaseReason);
    causes.push_back({text, one.optional_text("method", kCaseShort).value_or("")});
  }
  return causes;
}

Result<Response> view_answer(const CaseRoutes& services, int status, const Result<RectificationView>& view) {
  if (!view) return tl::unexpected<Error>(view.error());
  return json_response(status, cases::rectification_to_json(*view, services.clock.now_ms()));
}

Result<Response> list_rectifications(const CaseRoutes& services, const Request& request, const Caller&) {
  const TimeMs now_ms = services.clock.now_ms();
  cases::RectificationFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = cases::parse<cases::RectificationState>(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "state: there is no such state of a rectification");
  }
  filter.party = query_id(request, "party");
  if (const auto overdue = request.query_value("overdue"); overdue && *overdue == "true") filter.due_before_ms = now_ms;
  TRY_ASSIGN(const auto listed, services.rectifications.list(filter));
  json items = json::array();
  for (const auto& one : listed.items) items.push_back(cases::rectification_row_to_json(one, now_ms));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> issue(const CaseCall& call) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
  cases::NewRectification wanted;
  wanted.supplier = fields.id("supplier");
  wanted.problem = fields.text("problem", kCaseFilled);
  wanted.requirement = fields.optional_text("requirement", {0, 2000, true}).value_or("");
  wanted.contact = fields.optional_id("contact");
  if (!fields.done()) return fields.problem(call.request.id);
  return view_answer(call.services, 201, call.services.rectifications.issue(call.id, wanted, call.hand()));
}

Result<Response> save(const CaseCall& call) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
  const auto answer = rectification_answer(fields);
  if (!fields.done()) return fields.problem(call.request.id);
  return view_answer(call.services, 200, call.services.rectifications.write(call.id, answer, call.caller.actor));
}

Result<Response> accept(const CaseCall& call) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
  const std::string reason = fields.text("reason", kCaseReason);
  if (!fields.done()) return fields.problem(call.request.id);
  return view_answer(call.services, 200, call.services.rectifications.accept(call.id, reason, call.hand()));
}

Result<Response> reject(const CaseCall& call) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
  const std::string reason = fields.text("reason", kCaseReason);
  const auto due_ms = fields.optional_time("due_at");
  if (!fields.done()) return fields.problem(call.request.id);
  return view_answer(call.services, 200, call.services.rectifications.reject(call.id, reason, due_ms, call.hand()));
}

Result<Response> verify(const CaseCall& call) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(call.request));
  cases::Effect effect;
  effect.method = fields.text("method", kCaseLine);
  const std::string result = fields.text("result", kCaseWord);
  if (result != "effective" && result != "not_effective") fields.complain("result", "is none of the choices");
  effect.effective = result == "effective";
  effect.text = fields.text("text", kCaseFilled);
  const std::string early = fields.optional_text("early_reason", {0, 2000, true}).value_or("");
  if (!fields.done()) return fields.problem(call.request.id);
  return view_answer(call.services, 200, call.services.rectifications.verify(call.id, effect, early, call.hand()));
}

// What a supplier sees of it: nobody else's copies are counted for them, and no name of the staff.
Result<Response> own_answer(const CaseRoutes& services, const Result<RectificationView>& view) {
  if (!view) return tl::unexpected<Error>(view.error());
  TRY_ASSIGN(const auto house, services.house.house());
  json shown = cases::rectification_to_json(*view, services.clock.now_ms());
  for (auto& decision : shown["decisions"]) decision["by"] = house.organisation;
  if (shown.contains("effect")) shown["effect"]["checked_by"] = house.organisation;
  json missing = json::array(), missing_zh = json::array();
  for (const auto& lack : cases::lacks(view->of)) {
    missing.push_back(lack.en);
    missing_zh.push_back(lack.zh);
  }
  const bool may_write =
      !view->of.closed_ms && !view->of.is_submitted() && view->of.stage != cases::RectificationStage::verifying;
  return json_response(200, {{"rectification", std::move(shown)},
                             {"sender", house.organisation},
                             {"sender_contact", house.contact_email},
                             {"server_time", time_text(services.clock.now_ms())},
                             {"may_write", may_write},
                             {"missing", std::move(missing)},
                             {"missing_zh", std::move(missing_zh)}});
}

Result<Response> save_own(const CaseRoutes& services, const Request& request, const AccessVisitor& visitor) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto answer = rectification_answer(fields);
  if (!fields.done()) return fields.problem(request.id);
  return own_answer(services, services.rectifications.write(visitor.subject, answer, visitor.actor()));
}

}  // namespace

cases::RectificationAnswer rectification_answer(JsonFields& fields) {
  cases::RectificationAnswer answer;
  answer.team = fields.optional_text("team", {0, 2000, true});
  if (fields.has("containment")) {
    answer.containment.emplace();
    for (JsonFields& one : fields.objects("containment", kMostContainment))
      answer.containment->push_back(containment_of(one));
  }
  answer.occurrence = causes_of(fields, "occurrence");
  answer.escape = causes_of(fields, "escape");
  if (fields.has("actions")) {
    answer.actions.emplace();
    for (JsonFields& one : fields.objects("actions", kMostActions)) answer.actions->push_back(action_of(one));
  }
  if (fields.has("flow_down")) {
    answer.flow_down.emplace();
    for (JsonFields& one : fields.objects("flow_down", kMostFlowDown)) {
      cases::RectificationAnswer::FlowDownSaid said;
      said.supplier = one.id("supplier");
      said.commitment_signed = one.optional_boolean("commitment_signed").value_or(false);
      said.copies_recalled = one.optional_boolean("copies_recalled").value_or(false);
      said.note = one.optional_text("note", {0, 2000, true}).value_or("");
      answer.flow_down->push_back(std::move(said));
    }
  }
  return answer;
}

void add_rectification_routes(Router& router, Guard& guard, const CaseRoutes& services) {
  constexpr const char* kNoun = "rectification";
  router.add(Method::get, "/api/v1/rectifications",
             guard.staff(Permission::read_cases, answering([services](const Request& request, const Caller& caller) {
                           return list_rectifications(services, request, caller);
                         })));
  CaseRouter add(router, guard, services);
  add.add(Method::post, "/cases/{case}/rectifications", Permission::write_cases, issue);
  add.add(
      Method::get, "/rectifications/{rectification}", Permission::read_cases,
      [](const CaseCall& call) { return view_answer(call.services, 200, call.services.rectifications.find(call.id)); },
      kNoun);
  add.add(Method::put, "/rectifications/{rectification}", Permission::write_cases, save, kNoun);
  add.add(
      Method::post, "/rectifications/{rectification}/submit", Permission::write_cases,
      [](const CaseCall& call) {
        return view_answer(call.services, 200, call.services.rectifications.submit(call.id, call.caller.actor));
      },
      kNoun);
  add.add(Method::post, "/rectifications/{rectification}/accept", Permission::write_cases, accept, kNoun);
  add.add(Method::post, "/rectifications/{rectification}/reject", Permission::write_cases, reject, kNoun);
  add.add(Method::post, "/rectifications/{rectification}/verify", Permission::write_cases, verify, kNoun);
  add.add(
      Method::post, "/rectifications/{rectification}/link", Permission::write_cases,
      [](const CaseCall& call) {
        return view_answer(call.services, 200, call.services.rectifications.send_link(call.id, call.hand()));
      },
      kNoun);
}

void add_own_rectification_routes(Router& router, AnswerGuard& guard, const CaseRoutes& services) {
  const auto add = [&](Method method, const char* path, auto work) {
    router.add(method, path,
               guard.answering(
                   [services, work](const Request& request, const AccessVisitor& visitor) {
                     Result<Response> response = work(services, request, visitor);
                     return response ? std::move(*response) : problem(response.error(), request.id);
                   },
                   cases::SubjectKind::rectifier));
  };
  add(Method::get, "/api/v1/answer/rectification",
      [](const CaseRoutes& parts, const Request&, const AccessVisitor& visitor) {
        return own_answer(parts, parts.rectifications.find(visitor.subject));
      });
  add(Method::put, "/api/v1/answer/rectification", save_own);
  add(Method::post, "/api/v1/answer/rectification/submit",
      [](const CaseRoutes& parts, const Request&, const AccessVisitor& visitor) {
        return own_answer(parts, parts.rectifications.submit(visitor.subject, visitor.actor()));
      });
}

}  // namespace probity::http::routes
