#include "http/routes/filings.h"

#include <nlohmann/json.hpp>

#include "filings/json.h"
#include "http/routes/alliance_fields.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using filings::Filing;
using filings::FilingService;
using nlohmann::json;

constexpr TextLimits kLine{0, filings::kMostLineCharacters}, kReason{1, 1000, true},
    kFacts{0, filings::kMostFactsCharacters, true}, kWord{1, 40};
constexpr RouteOptions kDocumentBody{.most_body_bytes = alliance::kMostPaperBytes};

filings::Reader reader_of(const Caller& caller) {
  return {caller.actor.id.value_or(Id{}), caller.may(Permission::write_filings),
          caller.may(Permission::approve_filings)};
}

// 202: the hub has not answered yet, and the verb goes on by itself.
Result<Response> answer(FilingService& service, const Result<Filing>& filing, const Caller& caller, int status = 200) {
  TRY(filing);
  Response response = json_response(filing->pending ? 202 : status,
                                    filings::filing_detail_to_json(*filing, reader_of(caller), service.now_ms()));
  response.set("Cache-Control", "no-store");
  return response;
}

Result<Response> list(FilingService& service, const Request& request, const Caller&) {
  filings::FilingFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  filter.case_id = query_id(request, "case");
  filter.state = request.query_value("state").value_or("");
  if (filter.state == "open") {
    filter.open_only = true;
    filter.state.clear();
  }
  TRY_ASSIGN(const auto listed, service.list(filter));
  json items = json::array();
  for (const Filing& filing : listed.items) items.push_back(filings::filing_to_json(filing, service.now_ms()));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> catalogue(FilingService&, const Request&, const Caller&) {
  return json_response(200, filings::catalogue_to_json());
}

Result<Response> draft(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  filings::NewFiling wanted;
  wanted.kind = word_of(fields, "kind", filings::parse_subject_kind).value_or(filings::SubjectKind::person);
  wanted.name = fields.optional_text("name", kLine).value_or("");
  wanted.conduct = fields.text("conduct", kWord);
  wanted.case_id = fields.optional_id("case");
  wanted.accused = fields.optional_id("accused");
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, service.draft(wanted, caller.actor), caller, 201);
}

Result<Response> find(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  return answer(service, service.find(id), caller);
}

// A time that may also be taken away: absent, null, or an instant.
std::optional<std::optional<TimeMs>> time_change(JsonFields& fields, const char* name) {
  if (!fields.has(name)) return std::nullopt;
  return fields.optional_time(name);
}

Result<Response> update(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  filings::FilingChange change;
  change.name = fields.optional_text("name", kLine);
  change.conduct = fields.optional_text("conduct", kWord);
  change.facts = fields.optional_text("facts", kFacts);
  change.decided_by = fields.optional_text("decided_by", kLine);
  change.ended_how = fields.optional_text("ended_how", {0, 2000, true});
  change.contact = fields.optional_text("contact", {0, filings::kMostContactCharacters});
  change.standard = word_of(fields, "standard_of_proof", alliance::parse_standard);
  change.intentional_for_gain = fields.optional_boolean("intentional_for_gain");
  change.happened_ms = time_change(fields, "happened_at");
  change.decided_ms = time_change(fields, "decided_at");
  change.enterprise = enterprise_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, service.update(id, change, caller.actor), caller);
}

Result<Response> identify(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  IdentifierField field = identifier_of(fields, "identifier");
  const auto born_ms = fields.optional_time("born_at");
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, service.identify(id, {field.kind, std::move(field.text), born_ms}, caller.actor), caller);
}

Result<Response> add_document(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  filings::NewDocument document;
  const auto test = filings::parse_test(request.query_value("test").value_or(""));
  if (!test)
    return fail(ErrorCode::invalid_argument, "a document stands behind one of the tests",
                "reasonable_grounds, clear_evidence or ended_because_of_it");
  document.test = *test;
  document.name = request.query_value("name").value_or("");
  document.media_type = std::string(request.header("content-type").value_or("application/octet-stream")).substr(0, 100);
  const BytesView bytes = as_bytes(request.body);
  document.bytes.assign(bytes.begin(), bytes.end());
  return answer(service, service.add_document(id, document, caller.actor), caller, 201);
}

Result<Response> document(FilingService& service, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(const Id wanted, param_id(request, "document"));
  TRY_ASSIGN(filings::OpenedDocument opened, service.document(id, wanted));
  Response response;
  // Never run, whatever it says that it is: it came from outside.
  response.set("Content-Type", "application/octet-stream");
  response.set("Content-Disposition", "attachment; filename=\"document\"");
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(opened.bytes));
  return response;
}

Result<Response> remove_document(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(const Id wanted, param_id(request, "document"));
  return answer(service, service.remove_document(id, wanted, caller.actor), caller);
}

template <Result<Filing> (FilingService::*verb)(const Id&, const events::Actor&)>
Result<Response> plain(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  return answer(service, (service.*verb)(id, caller.actor), caller);
}

template <Result<Filing> (FilingService::*verb)(const Id&, const std::string&, const events::Actor&)>
Result<Response> with_reason(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, (service.*verb)(id, reason, caller.actor), caller);
}

Result<Response> notice(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string address = fields.text("to", {1, filings::kMostLineCharacters});
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, service.send_notice(id, address, caller.actor), caller);
}

filings::Correction correction_of(JsonFields& fields) {
  return {fields.optional_text("contact", {1, filings::kMostContactCharacters}), fields.optional_time("decided_at"),
          enterprise_of(fields)};
}

Result<Response> answer_appeal(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  filings::AnswerToAppeal given;
  given.outcome = outcome_of(fields);
  given.reasons = fields.text("reasons", {1, filings::kMostFactsCharacters, true});
  given.correction = correction_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, service.answer(id, given, caller.actor), caller);
}

Result<Response> correct(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reason = fields.text("reason", kReason);
  const filings::Correction correction = correction_of(fields);
  if (!fields.done()) return fields.problem(request.id);
  return answer(service, service.correct(id, correction, reason, caller.actor), caller);
}

Result<Response> retry(FilingService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "filing"));
  return answer(service, service.retry(id), caller);
}

}  // namespace

void add_filing_routes(Router& router, Guard& guard, FilingService& service) {
  const auto add = [&](Method method, const std::string& path, Permission permission, auto work,
                       RouteOptions options = {}, GuardOptions presence = {}) {
    router.add(method, "/api/v1/" + path,
               guard.staff(permission, answering([&service, work](const Request& request, const Caller& caller) {
                             return work(service, request, caller);
                           }),
                           presence),
               options);
  };
  // What puts somebody on the list, changes what it says of them or ends it takes a fresh proof of who does it.
  const auto add_fresh = [&](const std::string& path, Permission permission, auto work) {
    add(Method::post, path, permission, work, {}, {true});
  };
  const Permission read = Permission::read_filings, write = Permission::write_filings,
                   approves = Permission::approve_filings;
  const std::string one = "filings/{filing}";
  add(Method::get, "filings", read, list);
  add(Method::post, "filings", write, draft);
  add(Method::get, "filing-catalogue", read, catalogue);
  add(Method::get, one, read, find);
  add(Method::patch, one, write, update);
  add(Method::post, one + "/identifier", write, identify);
  add(Method::post, one + "/documents", write, add_document, kDocumentBody);
  add(Method::get, one + "/documents/{document}", read, document);
  add(Method::del, one + "/documents/{document}", write, remove_document);
  add(Method::post, one + "/submit", write, plain<&FilingService::submit>);
  add_fresh(one + "/approve", approves, plain<&FilingService::approve>);
  add(Method::post, one + "/refuse", approves, with_reason<&FilingService::refuse>);
  add(Method::post, one + "/notice", write, notice);
  add_fresh(one + "/answer", write, answer_appeal);
  add(Method::post, one + "/suspend", write, with_reason<&FilingService::suspend>);
  add(Method::post, one + "/resume", write, with_reason<&FilingService::resume>);
  add_fresh(one + "/correct", write, correct);
  add(Method::post, one + "/attest", write, plain<&FilingService::attest>);
  add_fresh(one + "/withdraw", write, with_reason<&FilingService::withdraw>);
  add(Method::post, one + "/retry", write, retry);
}

}  // namespace probity::http::routes
