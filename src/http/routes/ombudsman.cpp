#include "http/routes/ombudsman.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "filings/json.h"
#include "filings/prepare.h"
#include "http/routes/alliance_fields.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using filings::Matter;
using nlohmann::json;

constexpr TextLimits kReasons{1, 8000, true};

json matter_json(const Matter& matter, TimeMs now_ms) {
  const auto& listing = matter.listing;
  json out{{"listing", listing.id.text()},
           {"filer", listing.filer.text()},
           {"conduct", alliance::conduct_entry(listing.conduct).name},
           {"severity", alliance::severity_name(alliance::conduct_entry(listing.conduct).severity)},
           {"standard_of_proof", alliance::standard_name(listing.standard)},
           {"kind", listing.enterprise ? "enterprise" : "person"},
           {"waits_for", matter.waits_for.empty() ? json(nullptr) : json(matter.waits_for)},
           {"due_at", optional_time_json(matter.due_ms)},
           {"days_left", nullptr},
           {"late", matter.due_ms && *matter.due_ms < now_ms},
           {"life", filings::life_to_json(listing)}};
  if (matter.due_ms) {
    const TimeMs left_ms = *matter.due_ms - now_ms;
    out["days_left"] = left_ms / alliance::kDayMs - (left_ms % alliance::kDayMs < 0 ? 1 : 0);
  }
  return out;
}

json decision_json(const filings::Decision& one) {
  return {{"id", one.id.text()},
          {"listing", one.listing.text()},
          {"verb", one.verb},
          {"outcome", one.outcome.empty() ? json(nullptr) : json(one.outcome)},
          {"reasons", one.reasons},
          {"conduct", alliance::conduct_entry(one.conduct).name},
          {"by", one.by.name},
          {"at", time_text(one.time_ms)},
          {"waited_days", one.waited_ms / alliance::kDayMs},
          {"late", one.late},
          {"told", one.told}};
}

Result<Response> desk(const OmbudsmanParts& parts, const Request&, const Caller& caller) {
  TRY_ASSIGN(const auto matters, parts.desk.desk(caller.actor));
  json items = json::array();
  for (const Matter& matter : matters) items.push_back(matter_json(matter, parts.clock.now_ms()));
  const std::size_t total = items.size();
  return json_response(200, {{"items", std::move(items)}, {"total", total}});
}

Result<Response> matter(const OmbudsmanParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "listing"));
  TRY_ASSIGN(const auto view, parts.desk.matter(id, caller.actor));
  json papers = json::array(), decisions = json::array();
  for (const auto& paper : view.papers)
    papers.push_back({{"id", paper.id.text()},
                      {"kind", alliance::paper_kind_name(paper.kind)},
                      {"from", paper.from},
                      {"title", paper.title},
                      {"commitment", to_hex(paper.commitment)},
                      {"in_tests", paper.in_tests}});
  for (const auto& decision : view.decisions) decisions.push_back(decision_json(decision));
  const json summary = json::parse(view.summary, nullptr, false);
  Response response = json_response(200, {{"matter", matter_json(view.matter, parts.clock.now_ms())},
                                          {"summary", summary.is_object() ? summary : json(nullptr)},
                                          {"papers", std::move(papers)},
                                          {"decisions", std::move(decisions)}});
  response.set("Cache-Control", "no-store");
  return response;
}

Result<Response> paper(const OmbudsmanParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "listing"));
  TRY_ASSIGN(const Id wanted, param_id(request, "paper"));
  TRY_ASSIGN(filings::OpenedDocument opened, parts.desk.paper(id, wanted, caller.actor));
  Response response;
  const bool is_text = opened.media_type.starts_with("text/plain");
  response.set("Content-Type", is_text ? "text/plain; charset=utf-8" : "application/octet-stream");
  response.set("Content-Disposition", "attachment; filename=\"paper\"");
  response.set("Cache-Control", "no-store");
  response.body = std::string(as_text(opened.bytes));
  return response;
}

Result<Response> matter_answer(const OmbudsmanParts& parts, const Result<Matter>& done) {
  TRY(done);
  return json_response(200, matter_json(*done, parts.clock.now_ms()));
}

// {"identifier":{"kind","text"},"label":{…}} of a person, {"enterprise":{…}} of a company.
void read_correction(JsonFields& fields, filings::Ruling& ruling, TimeMs now_ms) {
  ruling.enterprise = enterprise_of(fields);
  if (auto identifier = fields.optional_object("identifier")) {
    const IdentifierField field = identifier_of(*identifier, "text");
    auto read = filings::read_identifier(field.kind, field.text, now_ms);
    if (read)
      ruling.identifier = std::move(*read);
    else
      fields.complain("identifier", read.error().message);
  }
  if (auto label = fields.optional_object("label")) {
    alliance::LabelContent content;
    content.reference = label->text("reference", {1, 40});
    const auto conduct = alliance::parse_conduct(label->text("conduct", {1, 40}));
    if (!conduct) label->complain("conduct", conduct.error().message);
    content.conduct = conduct.value_or(alliance::Conduct::bribery);
    content.filer = label->text("filer", {1, 100});
    content.contact = label->text("contact", {1, filings::kMostContactCharacters});
    content.decided_ms = label->time("decided_at");
    content.until_ms = label->time("until");
    ruling.label = std::move(content);
  }
}

Result<Response> decide(const OmbudsmanParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "listing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  filings::Ruling ruling;
  ruling.outcome = outcome_of(fields);
  ruling.reasons = fields.text("reasons", kReasons);
  read_correction(fields, ruling, parts.clock.now_ms());
  if (!fields.done()) return fields.problem(request.id);
  return matter_answer(parts, parts.desk.decide(id, ruling, caller.actor));
}

Result<Response> post(const OmbudsmanParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "listing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reference = fields.text("reference", {1, 200});
  if (!fields.done()) return fields.problem(request.id);
  return matter_answer(parts, parts.desk.record_post(id, reference, caller.actor));
}

template <const char* verb>
Result<Response> act(const OmbudsmanParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "listing"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string reasons = fields.text("reasons", kReasons);
  if (!fields.done()) return fields.problem(request.id);
  return matter_answer(parts, parts.desk.act(id, verb, reasons, caller.actor));
}
constexpr char kConsent[] = "consent", kAcquittal[] = "acquittal", kOverturn[] = "overturn", kSuspend[] = "suspend",
               kResume[] = "resume";

Result<Response> decisions(const OmbudsmanParts& parts, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  TRY_ASSIGN(const auto listed, parts.desk.decisions(query.offset, query.limit));
  json items = json::array();
  for (const auto& one : listed.items) items.push_back(decision_json(one));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> statistics(const OmbudsmanParts& parts, const Request&, const Caller&) {
  TRY_ASSIGN(const auto found, parts.desk.statistics());
  json rows = json::array();
  for (const auto& row : found.by_conduct)
    rows.push_back({{"conduct", row.conduct}, {"appeals", row.appeals}, {"against_filer", row.against_filer}});
  return json_response(
      200, {{"appeals", found.appeals},
            {"upheld", found.upheld},
            {"corrected", found.corrected},
            {"taken_back", found.taken_back},
            {"late", found.late},
            {"overturned", found.overturned},
            {"acquittals", found.acquittals},
            {"median_wait_days", found.median_wait_ms ? json(*found.median_wait_ms / alliance::kDayMs) : json(nullptr)},
            {"by_conduct", std::move(rows)}});
}

Result<Response> ask(const OmbudsmanParts& parts, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string papers = fields.text("papers_seen", {1, 100});
  filings::PersonQuestion question;
  question.papers_seen = papers;
  const IdentifierField field = identifier_of(fields, "identifier");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(question.identifier, filings::read_identifier(field.kind, field.text, parts.clock.now_ms()));
  TRY_ASSIGN(const auto given, parts.answers.ask(question, caller.actor));
  Response response = json_response(201, {{"id", given.id.text()},
                                          {"link", parts.public_url + "/recorded/" + given.token},
                                          {"code", given.code},
                                          {"expires_at", time_text(given.expires_ms)},
                                          {"answer", json::parse(given.answer)}});
  response.set("Cache-Control", "no-store");
  return response;
}

Result<Response> answers(const OmbudsmanParts& parts, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  TRY_ASSIGN(const auto listed, parts.answers.list(query.offset, query.limit));
  json items = json::array();
  for (const auto& one : listed.items)
    items.push_back({{"id", one.id.text()},
                     {"papers_seen", one.papers_seen},
                     {"made_by", one.made_by},
                     {"made_at", time_text(one.made_ms)},
                     {"expires_at", time_text(one.expires_ms)},
                     {"opened_at", optional_time_json(one.opened_ms)},
                     {"used_up", one.wrong_codes >= filings::kMostWrongCodes}});
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

// The answer as it was sealed: one size whatever it says.
Result<Response> open(const OmbudsmanParts& parts, const Request& request) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const std::string token = fields.text("token", {1, 64});
  const std::string code = fields.text("code", {1, 16});
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(std::string text, parts.answers.open(token, code));
  Response response = Response::json(200, std::move(text));
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_ombudsman_routes(Router& router, Guard& guard, const OmbudsmanParts& parts) {
  const auto add = [&](Method method, const std::string& path, auto work, GuardOptions presence = {}) {
    router.add(
        method, "/api/v1/ombudsman" + path,
        guard.staff(Permission::decide_appeals, answering([parts, work](const Request& request, const Caller& caller) {
                      return work(parts, request, caller);
                    }),
                    presence));
  };
  const GuardOptions fresh{true};  // of decisions: who decides has proved it a moment ago
  const std::string one = "/matters/{listing}";
  add(Method::get, "/matters", desk);
  add(Method::get, one, matter);
  add(Method::get, one + "/papers/{paper}", paper);
  add(Method::post, one + "/decide", decide, fresh);
  add(Method::post, one + "/post", post, fresh);
  add(Method::post, one + "/consent", act<kConsent>, fresh);
  add(Method::post, one + "/acquittal", act<kAcquittal>, fresh);
  add(Method::post, one + "/overturn", act<kOverturn>, fresh);
  add(Method::post, one + "/suspend", act<kSuspend>, fresh);
  add(Method::post, one + "/resume", act<kResume>, fresh);
  add(Method::get, "/decisions", decisions);
  add(Method::get, "/statistics", statistics);
  add(Method::get, "/answers", answers);
  add(Method::post, "/answers", ask);
  router.add(Method::post, "/api/v1/public/recorded", [parts](const Request& request) {
    auto answer = open(parts, request);
    return answer ? std::move(*answer) : problem(answer.error(), request.id);
  });
}

}  // namespace probity::http::routes
