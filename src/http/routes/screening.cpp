#include "http/routes/screening.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "http/routes/json_fields.h"
#include "http/routes/json_time.h"
#include "http/routes/screening_fields.h"
#include "http/routes/staff_answer.h"
#include "screening/person_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;

constexpr TextLimits kIdentifier{1, 64}, kRequisition{1, 100}, kWord{1, 40}, kDate{10, 10}, kHash{64, 64};

screening::Consent consent_of(JsonFields fields) {
  screening::Consent consent;
  const auto basis = screening::parse_basis(fields.text("basis", kWord));
  if (!basis) fields.complain("basis", "given or notice_given");
  consent.basis = basis.value_or(screening::Consent::Basis::given);
  consent.date = fields.text("date", kDate);
  if (const auto document = fields.optional_text("document_sha256", kHash)) {
    const auto bytes = from_hex(*document);
    Hash hash{};
    if (bytes && bytes->size() == hash.size()) {
      std::ranges::copy(*bytes, hash.begin());
      consent.document = hash;
    } else {
      fields.complain("document_sha256", "64 hexadecimal digits");
    }
  }
  return consent;
}

template <class Value, class Parse>
Result<void> read_filter(const Request& request, const char* name, Parse parse, std::optional<Value>& filter) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return {};
  filter = parse(*text);
  if (!filter) return fail(ErrorCode::invalid_argument, std::string("there is no such ") + name);
  return {};
}

Result<Response> list(const ScreeningRoutes& services, const Request& request, const Caller&) {
  screening::QueryFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  TRY(read_filter(request, "outcome", screening::parse_outcome, filter.outcome));
  TRY(read_filter(request, "purpose", screening::parse_purpose, filter.purpose));
  TRY_ASSIGN(const auto listed, services.people.list(filter));
  json items = json::array();
  for (const auto& query : listed.items) items.push_back(screening::to_json(query));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> ask(const ScreeningRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  screening::NewQuestion question;
  question.identifier = person_identifier_of(fields);
  const auto purpose = screening::parse_purpose(fields.text("purpose", kWord));
  if (!purpose) fields.complain("purpose", "employment, contract, supplier_onboarding or periodic_review");
  question.purpose = purpose.value_or(screening::Purpose::employment);
  question.requisition = fields.text("requisition", kRequisition);
  if (auto consent = fields.optional_object("consent")) {
    question.consent = consent_of(std::move(*consent));
  } else {
    fields.complain("consent", "is missing");
  }
  if (!fields.done()) return fields.problem(request.id);
  const auto finding = services.people.check(question.identifier);
  if (!finding.valid) {
    fields.complain("identifier", finding.en + " " + finding.zh);
    return fields.problem(request.id);
  }
  const auto query = services.people.ask(question, caller.actor);
  if (!query) return screening_problem(query.error(), request, services.clock);
  return json_response(201, screening::to_json(*query));
}

Result<Response> check(const ScreeningRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const screening::TypedIdentifier identifier = person_identifier_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  const auto finding = services.people.check(identifier);
  return json_response(200, {{"valid", finding.valid},
                             {"explanation", {{"en", finding.en}, {"zh", finding.zh}}},
                             {"repairs", finding.repairs}});
}

Result<Response> find(const ScreeningRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "query"));
  TRY_ASSIGN(const auto query, services.people.find(id));
  json out = screening::to_json(query);
  if (query.hit) {
    TRY_ASSIGN(const auto hit, services.hits.find(*query.hit));
    out["hit_number"] = hit.number;
  }
  return json_response(200, out);
}

Result<Response> receipt(const ScreeningRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "query"));
  TRY_ASSIGN(const auto query, services.people.find(id));
  if (query.receipt.empty())
    return fail(ErrorCode::conflict, "this question was not answered, so there is no receipt", "ask again");
  Response response = Response::json(200, query.receipt);
  response.set("Content-Disposition", "attachment; filename=\"" + query.number + ".receipt.json\"");
  return response;
}

Result<Response> list_audits(const ScreeningRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery page, list_query(request));
  TRY_ASSIGN(const auto listed, services.people.audits(page.offset, page.limit));
  json items = json::array();
  for (const auto& audit : listed.items) items.push_back(screening::to_json(audit));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> open_audit(const ScreeningRoutes& services, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "audit"));
  TRY_ASSIGN(const auto audit, services.people.open_audit(id, caller.actor));
  return json_response(200, screening::to_json(audit));
}

}  // namespace

screening::TypedIdentifier person_identifier_of(JsonFields& fields) {
  const auto kind = names::parse_identifier_kind(fields.text("kind", kWord));
  const bool is_of_a_person = kind == names::IdentifierKind::resident_id || kind == names::IdentifierKind::passport;
  if (!is_of_a_person) fields.complain("kind", "resident_id or passport");
  std::string text = fields.text("identifier", kIdentifier);
  const auto country = fields.optional_text("country", {3, 3});
  const bool is_passport = kind == names::IdentifierKind::passport;
  if (is_passport && !country) fields.complain("country", "a passport needs its country, three letters");
  if (country && !std::ranges::all_of(*country, [](char c) { return c >= 'A' && c <= 'Z'; }))
    fields.complain("country", "three capital letters");
  return {is_of_a_person ? *kind : names::IdentifierKind::resident_id, std::move(text), country.value_or("")};
}

Response screening_problem(const Error& error, const Request& request, Clock& clock) {
  Response response = problem(error, request.id);
  if (error.code != ErrorCode::too_many_requests) return response;
  // "… 2027-01-15T08:00:00.000Z …"
  constexpr std::size_t kTimeBytes = 24;
  for (std::size_t at = 0; at + kTimeBytes <= error.hint.size(); ++at) {
    const auto time_ms = parse_rfc3339(std::string_view(error.hint).substr(at, kTimeBytes));
    if (!time_ms) continue;
    const TimeMs wait_ms = std::max<TimeMs>(1000, *time_ms - clock.now_ms());
    response.set("Retry-After", std::to_string((wait_ms + 999) / 1000));
    break;
  }
  return response;
}

void add_screening_routes(Router& router, Guard& guard, const ScreeningRoutes& services) {
  const auto add = [&](Method method, const char* path, Permission permission, auto work) {
    router.add(method, path,
               guard.staff(permission, answering([services, work](const Request& request, const Caller& caller) {
                             return work(services, request, caller);
                           })));
  };
  const auto read = Permission::read_screening, write = Permission::write_screening;
  add(Method::post, "/api/v1/screening/identifiers/check", write, check);
  add(Method::get, "/api/v1/screening/queries", read, list);
  add(Method::post, "/api/v1/screening/queries", write, ask);
  add(Method::get, "/api/v1/screening/queries/{query}", read, find);
  add(Method::get, "/api/v1/screening/queries/{query}/receipt", read, receipt);
  add(Method::get, "/api/v1/screening/audits", read, list_audits);
  add(Method::post, "/api/v1/screening/audits/{audit}/open", write, open_audit);
}

void add_membership_route(Router& router, Guard& guard, std::function<std::string()> membership) {
  router.add(Method::get, "/api/v1/screening/membership",
             guard.staff(Permission::own_account, [membership = std::move(membership)](const Request&, const Caller&) {
               return Response::json(200, membership());
             }));
}

}  // namespace probity::http::routes
