#include "http/routes/cases.h"

#include <nlohmann/json.hpp>

#include "http/routes/cases_fields.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using cases::CaseChange;
using cases::CaseFilter;
using cases::NewCase;

Result<CaseFilter> filter_of(const Request& request, TimeMs now_ms) {
  CaseFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    if (*state == "active") {
      filter.open_only = true;
    } else {
      filter.state = cases::parse<cases::State>(*state);
      if (!filter.state) return fail(ErrorCode::invalid_argument, "state: there is no such state of a case");
    }
  }
  if (const auto kind = request.query_value("kind"); kind && !kind->empty()) {
    filter.kind = cases::parse<cases::Kind>(*kind);
    if (!filter.kind) return fail(ErrorCode::invalid_argument, "kind: there is no such kind of case");
  }
  filter.owner = query_id(request, "owner");
  filter.party = query_id(request, "party");
  filter.project = query_id(request, "project");
  if (const auto overdue = request.query_value("overdue"); overdue && *overdue == "true") filter.due_before_ms = now_ms;
  return filter;
}

Result<Response> list(const CaseRoutes& services, const Request& request, const Caller&) {
  const TimeMs now_ms = services.clock.now_ms();
  TRY_ASSIGN(const CaseFilter filter, filter_of(request, now_ms));
  TRY_ASSIGN(const auto listed, services.cases.list(filter));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& row : listed.items) items.push_back(cases::row_to_json(row, now_ms));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> board(const CaseRoutes& services, const Request& request, const Caller&) {
  constexpr std::uint32_t kMostEach = 100;
  const TimeMs now_ms = services.clock.now_ms();
  TRY_ASSIGN(const CaseFilter filter, filter_of(request, now_ms));
  TRY_ASSIGN(const auto columns, services.cases.board(filter, kMostEach));
  return json_response(200, cases::board_to_json(columns, now_ms));
}

Result<Response> dashboard(const CaseRoutes& services, const Request&, const Caller&) {
  TRY_ASSIGN(const auto found, services.cases.dashboard());
  return json_response(200, cases::dashboard_to_json(found, services.clock.now_ms()));
}

Result<Response> open(const CaseRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  NewCase wanted;
  wanted.title = fields.text("title", kCaseLine);
  wanted.summary = fields.optional_text("summary", kCaseText).value_or("");
  wanted.kind = optional_word<cases::Kind>(fields, "kind");
  wanted.severity = optional_word<cases::Severity>(fields, "severity");
  wanted.leak = fields.optional_id("leak");
  wanted.project = fields.optional_id("project");
  wanted.owner = fields.optional_id("owner");
  wanted.reviewer = fields.optional_id("reviewer");
  if (!fields.done()) return fields.problem(request.id);
  return case_answer(services, 201, services.cases.open(wanted, hand_of(caller)));
}

cases::Mitigation mitigation_of(JsonFields& fields) {
  cases::Mitigation mitigation;
  mitigation.taken_down_ms = fields.optional_time("taken_down_at");
  mitigation.self_reported = fields.optional_boolean("self_reported").value_or(false);
  mitigation.self_reported_ms = fields.optional_time("self_reported_at");
  mitigation.first_offence = fields.optional_boolean("first_offence");
  mitigation.note = fields.optional_text("note", kCaseText).value_or("");
  return mitigation;
}

CaseChange change_of(JsonFields& fields) {
  CaseChange change;
  change.title = fields.optional_text("title", kCaseLine);
  change.summary = fields.optional_text("summary", kCaseText);
  change.kind = optional_word<cases::Kind>(fields, "kind");
  change.severity = optional_word<cases::Severity>(fields, "severity");
  change.owner = fields.optional_id("owner");
  change.reviewer = changed_id(fields, "reviewer");
  change.second_reviewer = changed_id(fields, "second_reviewer");
  if (auto mitigation = fields.optional_object("mitigation")) change.mitigation = mitigation_of(*mitigation);
  if (fields.has("loss")) {
    change.loss.emplace();
    if (auto loss = fields.optional_object("loss")) {
      cases::Loss one;
      one.amount.minor = loss->integer("minor", 0, kMostMinor);
      one.amount.currency = loss->text("currency", {3, 3});
      one.text = loss->optional_text("text", kCaseText).value_or("");
      change.loss->emplace(std::move(one));
    }
  }
  change.revision = fields.optional_integer("revision", 1, 1'000'000'000);
  return change;
}

Response file_answer(const Bytes& bytes, const char* media_type, const std::string& disposition) {
  Response response;
  response.set("Content-Type", media_type);
  response.set("Content-Disposition", disposition);
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(bytes));
  return response;
}

Result<Response> summary(const CaseCall& call) {
  const auto lang = call.request.query_value("lang").value_or("en");
  if (lang != "en" && lang != "zh") return fail(ErrorCode::invalid_argument, "lang: en or zh is expected");
  const auto locale = lang == "zh" ? commitments::Locale::zh : commitments::Locale::en;
  TRY_ASSIGN(const Bytes pdf, call.services.archive.summary(call.id, locale));
  return file_answer(pdf, "application/pdf", "inline; filename=\"case.pdf\"");
}

Result<Response> archive(const CaseCall& call) {
  TRY_ASSIGN(const auto file, call.services.archive.archive(call.id, call.caller.actor));
  return file_answer(file.bytes, "application/zip", "attachment; filename=\"" + file.name + "\"");
}

void add_case_routes_of_one(CaseRouter& router) {
  router.add(Method::get, "/cases/{case}", Permission::read_cases,
             [](const CaseCall& call) { return case_answer(call.services, 200, call.services.cases.find(call.id)); });
  router.change(Method::patch, "/cases/{case}", Permission::write_cases, 200, change_of,
                [](const CaseCall& call, const CaseChange& change) {
                  return call.services.cases.update(call.id, change, call.hand());
                });
  router.add(Method::post, "/cases/{case}/investigate", Permission::write_cases, [](const CaseCall& call) {
    return case_answer(call.services, 200, call.services.cases.investigate(call.id, call.hand()));
  });
  router.change(
      Method::post, "/cases/{case}/close", Permission::write_cases, 200,
      [](JsonFields& fields) { return fields.text("reason", kCaseReason); },
      [](const CaseCall& call, const std::string& reason) {
        return call.services.cases.close(call.id, reason, call.hand());
      });
  router.add(Method::get, "/cases/{case}/payments", Permission::read_cases,
             [](const CaseCall& call) -> Result<Response> {
               TRY_ASSIGN(const auto view, call.services.cases.find(call.id));
               return json_response(200, cases::ledger_to_json(view, call.services.clock.now_ms()));
             });
  router.add(Method::get, "/cases/{case}/summary", Permission::read_cases, summary);
  router.add(Method::get, "/cases/{case}/export", Permission::read_cases, archive);
}

}  // namespace

void add_case_routes(Router& router, Guard& guard, const CaseRoutes& services) {
  const auto add = [&](Method method, const char* path, Permission permission, auto work) {
    router.add(method, path,
               guard.staff(permission, answering([services, work](const Request& request, const Caller& caller) {
                             return work(services, request, caller);
                           })));
  };
  add(Method::get, "/api/v1/cases", Permission::read_cases, list);
  add(Method::post, "/api/v1/cases", Permission::write_cases, open);
  add(Method::get, "/api/v1/cases/board", Permission::read_cases, board);
  add(Method::get, "/api/v1/cases/dashboard", Permission::read_cases, dashboard);
  CaseRouter of_one(router, guard, services);
  add_case_routes_of_one(of_one);
  add_case_part_routes(of_one);
  add_case_file_routes(of_one);
  add_case_decision_routes(of_one);
  add_rectification_routes(router, guard, services);
}

}  // namespace probity::http::routes
