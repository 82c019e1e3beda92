// Routes of hits: what was found, what was done, and the verbs that lead to a decision.
#include <nlohmann/json.hpp>

#include "http/routes/json_fields.h"
#include "http/routes/screening.h"
#include "http/routes/screening_fields.h"
#include "http/routes/staff_answer.h"
#include "screening/person_json.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;
using screening::Hit;

constexpr TextLimits kNote{1, 2000, true}, kReasons{20, 4000, true}, kLine{1, 200}, kWord{1, 40};
constexpr std::int64_t kMostLabels = 999;

Result<std::optional<bool>> flag_of(const Request& request, const char* name) {
  const auto text = request.query_value(name);
  if (!text || text->empty()) return std::optional<bool>();
  if (*text == "true") return std::optional(true);
  if (*text == "false") return std::optional(false);
  return fail(ErrorCode::invalid_argument, std::string(name) + " is true or false");
}

Result<Response> list(const ScreeningRoutes& services, const Request& request, const Caller&) {
  screening::HitFilter filter;
  TRY_ASSIGN(filter.page, list_query(request));
  if (const auto state = request.query_value("state"); state && !state->empty()) {
    filter.state = screening::parse_hit_state(*state);
    if (!filter.state) return fail(ErrorCode::invalid_argument, "a hit has no such state");
  }
  TRY_ASSIGN(filter.pending, flag_of(request, "pending"));
  TRY_ASSIGN(filter.changed, flag_of(request, "changed"));
  TRY_ASSIGN(const auto listed, services.hits.list(filter));
  json items = json::array();
  for (const Hit& hit : listed.items) items.push_back(screening::to_json(hit, services.clock.now_ms()));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> find(const ScreeningRoutes& services, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "hit"));
  TRY_ASSIGN(const Hit hit, services.hits.find(id));
  return json_response(200, screening::to_json(hit, services.clock.now_ms()));
}

// The fields of a verb, read and complained about; then the verb.
using Verb = std::function<Result<Hit>(const Id&, const Caller&)>;
using ReadVerb = Verb (*)(const ScreeningRoutes&, JsonFields&);

Verb confirm(const ScreeningRoutes& services, JsonFields& fields) {
  screening::IdentityRequest request;
  const auto way = screening::parse_identity_way(fields.text("way", kWord));
  if (!way) fields.complain("way", "birth_date, name or document_photo");
  request.way = way.value_or(screening::IdentityCheck::Way::document_photo);
  request.same = fields.boolean("same");
  request.note = fields.text("note", kNote);
  request.stated = fields.optional_text("stated", {0, 200}).value_or("");
  request.document = fields.optional_text("document", {0, 200}).value_or("");
  return [&services, request](const Id& id, const Caller& caller) {
    return services.hits.confirm(id, request, caller.actor);
  };
}

Verb contact(const ScreeningRoutes& services, JsonFields& fields) {
  screening::FilerContact contact;
  contact.spoke_to = fields.text("spoke_to", kLine);
  contact.at_ms = fields.time("at");
  contact.channel = fields.text("channel", kWord);
  if (!screening::is_contact_channel(contact.channel)) fields.complain("channel", "phone, mail, letter or meeting");
  const auto answer = screening::parse_answer(fields.text("answer", kWord));
  if (!answer) fields.complain("answer", "confirmed, not_confirmed or no_answer");
  contact.answer = answer.value_or(screening::FilerContact::Answer::no_answer);
  contact.note = fields.text("note", kNote);
  if (const auto label = fields.optional_integer("label", 0, kMostLabels))
    contact.label = static_cast<std::size_t>(*label);
  return [&services, contact](const Id& id, const Caller& caller) {
    return services.hits.contact(id, contact, caller.actor);
  };
}

Verb notify(const ScreeningRoutes& services, JsonFields& fields) {
  screening::PersonNotice notice;
  notice.at_ms = fields.time("at");
  notice.way = fields.text("way", kWord);
  if (!screening::is_notice_way(notice.way)) fields.complain("way", "mail, letter, phone or in_person");
  notice.note = fields.text("note", kNote);
  return [&services, notice](const Id& id, const Caller& caller) {
    return services.hits.notify(id, notice, caller.actor);
  };
}

Verb answer(const ScreeningRoutes& services, JsonFields& fields) {
  return [&services, note = fields.text("note", kNote)](const Id& id, const Caller& caller) {
    return services.hits.answer(id, note, caller.actor);
  };
}

Verb withdraw(const ScreeningRoutes& services, JsonFields& fields) {
  return [&services, note = fields.text("note", kNote)](const Id& id, const Caller& caller) {
    return services.hits.withdraw(id, note, caller.actor);
  };
}

screening::HitOutcome outcome_of(JsonFields& fields) {
  const auto outcome = screening::parse_hit_outcome(fields.text("outcome", kWord));
  if (!outcome)
    fields.complain("outcome", "engaged, declined_confirmed_facts, declined_other_reasons or position_closed");
  return outcome.value_or(screening::HitOutcome::engaged);
}

Verb decide(const ScreeningRoutes& services, JsonFields& fields) {
  const auto outcome = outcome_of(fields);
  return [&services, outcome, reasons = fields.text("reasons", kReasons)](const Id& id, const Caller& caller) {
    return services.hits.decide(id, outcome, reasons, caller.actor);
  };
}

Verb reconsider(const ScreeningRoutes& services, JsonFields& fields) {
  const auto outcome = outcome_of(fields);
  return [&services, outcome, reasons = fields.text("reasons", kReasons)](const Id& id, const Caller& caller) {
    return services.hits.reconsider(id, outcome, reasons, caller.actor);
  };
}

Verb look_again(const ScreeningRoutes& services, JsonFields& fields) {
  auto identifier = std::make_shared<screening::TypedIdentifier>(person_identifier_of(fields));
  return [&services, identifier](const Id& id, const Caller& caller) {
    return services.hits.look_again(id, *identifier, caller.actor);
  };
}

constexpr std::pair<const char*, ReadVerb> kVerbs[] = {
    {"confirm", confirm}, {"contact", contact},   {"notify", notify},         {"answer", answer},
    {"decide", decide},   {"withdraw", withdraw}, {"look-again", look_again}, {"reconsider", reconsider}};

Result<Response> run(const ScreeningRoutes& services, ReadVerb read, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "hit"));
  TRY_ASSIGN(JsonFields fields, JsonFields::parse(request));
  const Verb verb = read(services, fields);
  if (!fields.done()) return fields.problem(request.id);
  const auto hit = verb(id, caller);
  if (!hit) return screening_problem(hit.error(), request, services.clock);
  return json_response(200, screening::to_json(*hit, services.clock.now_ms()));
}

}  // namespace

void add_hit_routes(Router& router, Guard& guard, const ScreeningRoutes& services) {
  const auto answer_with = [&](auto work) {
    return answering(
        [services, work](const Request& request, const Caller& caller) { return work(services, request, caller); });
  };
  router.add(Method::get, "/api/v1/screening/hits", guard.staff(Permission::read_screening, answer_with(list)));
  router.add(Method::get, "/api/v1/screening/hits/{hit}", guard.staff(Permission::read_screening, answer_with(find)));
  for (const auto& [name, read] : kVerbs)
    router.add(Method::post, std::string("/api/v1/screening/hits/{hit}/") + name,
               guard.staff(Permission::write_screening,
                           answering([services, verb = read](const Request& request, const Caller& caller) {
                             return run(services, verb, request, caller);
                           })));
}

}  // namespace probity::http::routes
