#include "http/routes/screening_companies.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"
#include "screening/company_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;
using screening::CompanyScreening;

constexpr TextLimits kName{0, 200}, kNumber{0, 64}, kRequisition{1, 100};

json query_json(const screening::CompanyQuery& query) {
  json matches = json::array();
  for (std::size_t i = 0; i < query.answer.matches.size(); ++i)
    matches.push_back(screening::match_json(query.answer.matches[i], query.hits[i]));
  json out{{"id", query.id.text()},
           {"number", query.number},
           {"name", query.subject.name},
           {"purpose", screening::purpose_name(query.purpose)},
           {"requisition", query.requisition},
           {"asked_by", query.asked_by.name},
           {"asked_at", time_text(query.asked_ms)},
           {"outcome", screening::level_name(query.answer.outcome)},
           {"matches", std::move(matches)},
           {"list", screening::list_state_json(query.head)},
           {"receipt_sha256", query.receipt_sha256}};
  screening::put_numbers(out, query.subject);
  return out;
}

Result<Response> check(CompanyScreening&, const Request& request, const Caller&) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const auto kind = screening::parse_number_kind(fields.text("kind"));
  if (!kind && fields.has("kind")) fields.complain("kind", "must be credit_code, lei or registration");
  const std::string number = fields.text("number", {1, 64});
  if (!fields.done()) return fields.problem(request.id);
  const auto found = screening::check_number(*kind, number);
  return json_response(200, {{"valid", found.valid},
                             {"normalised", found.valid ? json(found.normalised) : json(nullptr)},
                             {"explanation", screening::words_json(found.explanation)},
                             {"repairs", found.repairs}});
}

Result<Response> ask(CompanyScreening& companies, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  screening::NewCompanyQuestion question;
  question.company = {
      fields.optional_text("name", kName).value_or(""), fields.optional_text("credit_code", kNumber).value_or(""),
      fields.optional_text("lei", kNumber).value_or(""), fields.optional_text("registration", kNumber).value_or("")};
  const auto purpose = screening::parse_purpose(fields.text("purpose"));
  if (!purpose && fields.has("purpose")) fields.complain("purpose", "is none of the purposes of screening");
  question.requisition = fields.text("requisition", kRequisition);
  if (!fields.done()) return fields.problem(request.id);
  question.purpose = *purpose;
  TRY_ASSIGN(const auto query, companies.ask(question, caller.actor));
  return json_response(201, query_json(query));
}

Result<Response> list(CompanyScreening& companies, const Request& request, const Caller&) {
  screening::CompanyQueryFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  const auto outcome = request.query_value("outcome"), purpose = request.query_value("purpose");
  if (outcome && !outcome->empty() && !(filter.outcome = screening::parse_level(*outcome)))
    return fail(ErrorCode::invalid_argument, "there is no such outcome");
  if (purpose && !purpose->empty() && !(filter.purpose = screening::parse_purpose(*purpose)))
    return fail(ErrorCode::invalid_argument, "there is no such purpose");
  TRY_ASSIGN(const auto listed, companies.list(filter));
  json items = json::array();
  for (const auto& query : listed.items) items.push_back(query_json(query));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> find(CompanyScreening& companies, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "company"));
  TRY_ASSIGN(const auto query, companies.find(id));
  return json_response(200, query_json(query));
}

Result<Response> receipt(CompanyScreening& companies, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "company"));
  TRY_ASSIGN(const auto query, companies.find(id));
  Response response = Response::json(200, query.receipt);
  response.set("Content-Disposition", "attachment; filename=\"" + query.number + ".json\"");
  return response;
}

Result<Response> enterprises(CompanyScreening& companies, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY_ASSIGN(const auto found, companies.enterprises(page));
  json items = json::array();
  for (const auto& listed : found.items) items.push_back(screening::entry_json(listed->entry));
  return json_response(
      200, {{"list", screening::list_state_json(found.head)}, {"items", std::move(items)}, {"total", found.total}});
}

}  // namespace

void add_company_routes(Router& router, Guard& guard, CompanyScreening& companies) {
  const auto add = [&](Method method, const char* path, Permission permission, auto work) {
    router.add(method, path,
               guard.staff(permission, answering([&companies, work](const Request& request, const Caller& caller) {
                             return work(companies, request, caller);
                           })));
  };
  add(Method::get, "/api/v1/screening/enterprises", Permission::read_screening, enterprises);
  add(Method::post, "/api/v1/screening/companies/check", Permission::write_screening, check);
  add(Method::get, "/api/v1/screening/companies", Permission::read_screening, list);
  add(Method::post, "/api/v1/screening/companies", Permission::write_screening, ask);
  add(Method::get, "/api/v1/screening/companies/{company}", Permission::read_screening, find);
  add(Method::get, "/api/v1/screening/companies/{company}/receipt", Permission::read_screening, receipt);
}

}  // namespace probity::http::routes
