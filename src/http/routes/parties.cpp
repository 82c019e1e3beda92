#include "http/routes/parties.h"

#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/staff_answer.h"
#include "parties/json.h"
#include "parties/sheet.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using parties::PartyService;

constexpr TextLimits kLine{1, 200}, kMaybeLine{0, 200}, kEmail{0, 254}, kPhone{0, 40}, kLocale{2, 2};
constexpr TextLimits kNotes{0, 4000, true};

template <class Item>
Response list_response(const std::vector<Item>& items, std::uint64_t total) {
  nlohmann::json array = nlohmann::json::array();
  for (const Item& item : items) array.push_back(parties::to_json(item));
  return json_response(200, {{"items", std::move(array)}, {"total", total}});
}

Result<Response> list(PartyService& service, const Request& request) {
  parties::PartyFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  filter.parent = query_id(request, "parent");
  const auto kind = request.query_value("kind");
  // Besides the kinds: everything that is not a person, for whoever looks for a parent.
  filter.organisations_only = kind == "organisation";
  if (kind && !kind->empty() && !filter.organisations_only) {
    filter.kind = parties::parse_party_kind(*kind);
    if (!filter.kind)
      return fail(ErrorCode::invalid_argument, "there is no such kind of party",
                  "one of person, outlet, employer, supplier, other, organisation");
  }
  TRY_ASSIGN(const auto listed, service.list(filter));
  return list_response(listed.items, listed.total);
}

Result<Response> create(PartyService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  parties::NewParty party;
  parties::PartyDetails& details = party.details;
  const auto kind = parties::parse_party_kind(fields.text("kind"));
  if (!kind && fields.has("kind")) fields.complain("kind", "must be person, outlet, employer, supplier or other");
  details.kind = kind.value_or(parties::PartyKind::person);
  details.name = fields.text("name", kLine);
  details.parent = fields.optional_id("parent");
  party.parent_name = fields.optional_text("parent_name", kMaybeLine).value_or("");
  details.job_title = fields.optional_text("job_title", kMaybeLine).value_or("");
  details.email = fields.optional_text("email", kEmail).value_or("");
  details.phone = fields.optional_text("phone", kPhone).value_or("");
  details.locale = fields.optional_text("locale", kLocale).value_or("en");
  details.may_bind = fields.optional_boolean("may_bind").value_or(false);
  details.notes = fields.optional_text("notes", kNotes).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto made, service.create(party, caller.actor));
  return json_response(201, parties::to_json(made));
}

Result<Response> update(PartyService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "party"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  parties::PartyChange change;
  change.name = fields.optional_text("name", kLine);
  if (fields.has("parent")) change.parent = fields.optional_id("parent");
  change.job_title = fields.optional_text("job_title", kMaybeLine);
  change.email = fields.optional_text("email", kEmail);
  change.phone = fields.optional_text("phone", kPhone);
  change.locale = fields.optional_text("locale", kLocale);
  change.may_bind = fields.optional_boolean("may_bind");
  change.notes = fields.optional_text("notes", kNotes);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto row, service.update(id, change, caller.actor));
  return json_response(200, parties::to_json(row));
}

Result<Response> import(PartyService& service, const Request& request, const Caller& caller) {
  const auto dry_run = request.query_value("dry_run").value_or("false");
  if (dry_run != "true" && dry_run != "false")
    return fail(ErrorCode::invalid_argument, "dry_run must be true or false");
  TRY_ASSIGN(const auto report, service.import(as_bytes(request.body), dry_run == "true", caller.actor));
  return json_response(200, parties::to_json(report));
}

Result<Response> record_training(PartyService& service, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "party"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  parties::TrainingDetails details;
  details.title = fields.text("title", kLine);
  details.given_ms = fields.time("given_at");
  details.note = fields.optional_text("note", kNotes).value_or("");
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto training, service.record_training(id, details, caller.actor));
  return json_response(201, parties::to_json(training));
}

void add_one_party_routes(Router& router, Guard& guard, PartyService& service) {
  const auto on_party = [&](Method method, const std::string& rest, Permission permission, auto work) {
    router.add(method, "/api/v1/parties/{party}" + rest,
               guard.staff(permission, answering([&service, work](const Request& request,
                                                                  const Caller& caller) -> Result<Response> {
                             TRY_ASSIGN(const Id id, param_id(request, "party"));
                             return work(service, id, caller);
                           })));
  };
  on_party(Method::get, "", Permission::read_parties,
           [](PartyService& parties, const Id& id, const Caller&) -> Result<Response> {
             TRY_ASSIGN(const auto detail, parties.detail(id));
             return json_response(200, parties::to_json(detail));
           });
  on_party(Method::del, "", Permission::write_parties,
           [](PartyService& parties, const Id& id, const Caller& caller) -> Result<Response> {
             TRY(parties.remove(id, caller.actor));
             return Response::no_content();
           });
  on_party(Method::get, "/trainings", Permission::read_parties,
           [](PartyService& parties, const Id& id, const Caller&) -> Result<Response> {
             TRY_ASSIGN(const auto trainings, parties.trainings(id));
             return list_response(trainings, trainings.size());
           });
}

}  // namespace

void add_party_routes(Router& router, Guard& guard, PartyService& service) {
  const auto add = [&](Method method, const char* path, Permission permission, auto work, RouteOptions options = {}) {
    router.add(method, path,
               guard.staff(permission, answering([&service, work](const Request& request, const Caller& caller) {
                             return work(service, request, caller);
                           })),
               options);
  };
  add(Method::get, "/api/v1/parties", Permission::read_parties,
      [](PartyService& parties, const Request& request, const Caller&) { return list(parties, request); });
  add(Method::post, "/api/v1/parties", Permission::write_parties, create);
  add(Method::patch, "/api/v1/parties/{party}", Permission::write_parties, update);
  add(Method::post, "/api/v1/parties/{party}/trainings", Permission::write_parties, record_training);
  add(Method::post, "/api/v1/parties/import", Permission::write_parties, import,
      {.most_body_bytes = parties::kMostSheetBytes});
  add_one_party_routes(router, guard, service);
}

}  // namespace probity::http::routes
