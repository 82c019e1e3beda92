#include "http/routes/operator.h"

#include <nlohmann/json.hpp>

#include "alliance/holidays.h"
#include "alliance/rules_json.h"
#include "base/encoding.h"
#include "http/routes/json_fields.h"
#include "http/routes/operator_json.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using nlohmann::json;

constexpr std::uint32_t kMostMembers = 100'000;
constexpr TextLimits kReason{1, 1000};
constexpr const char* kShortly = "public, max-age=60";

// Acts that need two people are a person's: two keys of one person are still one.
Result<Id> person_of(const Caller& caller) {
  if (caller.actor.kind != events::Actor::Kind::account || !caller.actor.id)
    return fail(ErrorCode::forbidden, "this takes a person who has signed in, not an API key");
  return *caller.actor.id;
}
Id actor_of(const Caller& caller) { return caller.actor.id.value_or(Id{}); }

// Every handler: work(office, request, caller) -> Result<Response>.
template <class Work>
void add(Router& router, Guard& guard, Method method, const char* path, const HubOffice& office, Work work) {
  router.add(
      method, path,
      guard.staff(Permission::operate_hub, answering([office, work](const Request& request, const Caller& caller) {
                    return work(office, request, caller);
                  })));
}

Result<std::string> read_reason(const Request& request) {
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  std::string reason = fields.text("reason", kReason);
  TRY(fields.done());
  return reason;
}

// --- Members
// -------------------------------------------------------------------------------------------------------------

Result<Response> list_members(const HubOffice& office, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  TRY_ASSIGN(const auto listed, office.members.list(query));
  json items = json::array();
  for (const auto& member : listed.items) items.push_back(member_json(office, member));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> admit(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  alliance::RollEntry entry;
  entry.member = fields.id("member");
  entry.name = fields.text("name", {1, 200});
  const std::string identity = fields.text("identity", {64, 64});
  const std::string contact = fields.optional_text("contact", {0, 200}).value_or("");
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  const auto bytes = from_hex(identity);
  const auto parsed = bytes ? oprf::parse_identity(*bytes) : tl::unexpected<Error>(bytes.error());
  if (!parsed)
    return fail(ErrorCode::invalid_argument, "this is no public identity", "copy it from `probity member init`");
  entry.identity = *parsed;
  TRY_ASSIGN(const auto member, office.members.admit(entry, contact, reason, actor_of(caller)));
  return json_response(201, member_json(office, member));
}

Result<Response> show_member(const HubOffice& office, const Request& request, const Caller&) {
  TRY_ASSIGN(const Id id, param_id(request, "member"));
  TRY_ASSIGN(const auto member, office.members.member(id));
  TRY_ASSIGN(const auto steps, office.members.steps(id));
  TRY_ASSIGN(const auto days, office.hub.fetches_by_day(id));
  json history = json::array(), fetches = json::array();
  for (const auto& step : steps) history.push_back(member_step_json(step));
  for (const auto& [day, count] : days) fetches.push_back({{"day", alliance::date_text(day)}, {"fetches", count}});
  return json_response(200, {{"member", member_json(office, member)},
                             {"history", std::move(history)},
                             {"fetches_by_day", std::move(fetches)}});
}

using Standing = Result<alliance::MemberFacts> (alliance::MemberBook::*)(const Id&, const std::string&, const Id&);

auto standing(Standing verb) {
  return [verb](const HubOffice& office, const Request& request, const Caller& caller) -> Result<Response> {
    TRY_ASSIGN(const Id id, param_id(request, "member"));
    TRY_ASSIGN(const std::string reason, read_reason(request));
    TRY_ASSIGN(const auto member, (office.members.*verb)(id, reason, actor_of(caller)));
    return json_response(200, member_json(office, member));
  };
}

// --- Quotas
// --------------------------------------------------------------------------------------------------------------

Result<Response> propose_quota(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "member"));
  TRY_ASSIGN(const Id person, person_of(caller));
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  alliance::QuotaLimits limits;
  limits.user_per_minute = static_cast<std::uint32_t>(fields.integer("user_per_minute", 1, 100'000));
  limits.user_per_day = static_cast<std::uint32_t>(fields.integer("user_per_day", 1, 1'000'000));
  limits.member_per_day = static_cast<std::uint32_t>(fields.integer("member_per_day", 1, 10'000'000));
  const std::string reason = fields.text("reason", kReason);
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto proposal, office.members.propose_quota(id, limits, reason, person));
  return json_response(200, proposal_json(office, proposal));
}

Result<Response> list_proposals(const HubOffice& office, const Request& request, const Caller&) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  const auto name = request.query_value("state").value_or("");
  const auto state = alliance::parse_proposal_state(name);
  if (!name.empty() && !state) return fail(ErrorCode::invalid_argument, "state is waiting, agreed or refused");
  TRY_ASSIGN(const auto listed, office.members.proposals(state, query.offset, query.limit));
  json items = json::array();
  for (const auto& proposal : listed.items) items.push_back(proposal_json(office, proposal));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> agree(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "proposal"));
  TRY_ASSIGN(const Id person, person_of(caller));
  TRY_ASSIGN(const auto proposal, office.members.agree(id, person));
  return json_response(200, proposal_json(office, proposal));
}

Result<Response> refuse(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "proposal"));
  TRY_ASSIGN(const std::string reason, read_reason(request));
  TRY_ASSIGN(const auto proposal, office.members.refuse(id, reason, actor_of(caller)));
  return json_response(200, proposal_json(office, proposal));
}

// --- Keys, calendar, overview
// --------------------------------------------------------------------------------------------

// Newest first.
std::vector<alliance::KeyDirectory> directories(const HubOffice& office) {
  std::vector<alliance::KeyDirectory> all;
  for (const auto& facts : office.hub.epochs())
    if (auto directory = office.hub.keys(facts.epoch)) all.push_back(std::move(*directory));
  return all;
}

Result<Response> list_epochs(const HubOffice& office, const Request&, const Caller&) {
  json items = json::array();
  const auto all = directories(office);
  for (const auto& directory : all) items.push_back(operator_epoch_json(office, directory));
  // The next year's key is made before this year's ends.
  const TimeMs now_ms = office.clock.now_ms();
  json due = nullptr;
  if (all.empty()) due = time_text(now_ms);
  if (!all.empty() && end_of_use(all.front().keys.epoch) - now_ms < alliance::kYearMs / 2)
    due = time_text(end_of_use(all.front().keys.epoch));
  return json_response(200, {{"items", std::move(items)}, {"ceremony_due", std::move(due)}});
}

json holidays_json(const alliance::Holidays& holidays) {
  json dates = json::array();
  for (const std::int64_t day : holidays) dates.push_back(alliance::date_text(day));
  return {{"dates", std::move(dates)}};
}

Result<Response> set_holidays(const HubOffice& office, const Request& request, const Caller&) {
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  alliance::Holidays holidays;
  for (const std::string& text : fields.texts("dates", 400, {10, 10})) {
    const auto day = alliance::parse_date(text);
    if (!day) fields.complain("dates", day.error().message);
    if (day) holidays.push_back(*day);
  }
  if (!fields.done()) return fields.problem(request.id);
  TRY(office.save_holidays(holidays));
  office.hub.set_holidays(std::move(holidays));
  return json_response(200, holidays_json(office.hub.holidays()));
}

Result<Response> overview(const HubOffice& office, const Request&, const Caller&) {
  ListQuery all;
  all.limit = kMostMembers;
  TRY_ASSIGN(const auto members, office.members.list(all));
  TRY_ASSIGN(const auto waiting, office.members.proposals(alliance::QuotaProposal::State::waiting, 0, 1));
  TRY_ASSIGN(const auto roll, office.members.roll(office.identity));
  json epochs = json::array();
  for (const auto& facts : office.hub.epochs()) epochs.push_back(facts.epoch);
  const auto suspended =
      std::ranges::count_if(members.items, [](const auto& member) { return member.entry.suspended; });
  return json_response(200, {{"identity", to_hex(office.hub.identity())},
                             {"members", members.total},
                             {"suspended", suspended},
                             {"ombudsman", optional_id_json(office.ombudsman())},
                             {"open_alarms", open_alarms(office, std::nullopt)},
                             {"proposals_waiting", waiting.total},
                             {"holders_unwell", office.holders.unwell()},
                             {"roll_version", roll.content.version},
                             {"epochs", std::move(epochs)}});
}

Result<Response> roll(const HubOffice& office) {
  TRY_ASSIGN(const auto signed_roll, office.members.roll(office.identity));
  return Response::json(200, signed_roll.json());
}

// --- For everybody
// -------------------------------------------------------------------------------------------------------

Result<json> directory(const HubOffice& office) {
  ListQuery all;
  all.limit = kMostMembers;
  TRY_ASSIGN(const auto members, office.members.list(all));
  json items = json::array();
  const auto ombudsman = office.ombudsman();
  for (const auto& member : members.items)
    items.push_back({{"id", member.entry.member.text()},
                     {"name", member.entry.name},
                     {"since", time_text(member.since_ms)},
                     {"contact", member.contact},
                     {"standing", member.entry.suspended ? "suspended" : "active"},
                     {"ombudsman", ombudsman == member.entry.member}});
  return json{{"items", std::move(items)}};
}

Result<json> statistics(const HubOffice& office) {
  ListQuery all;
  all.limit = kMostMembers;
  TRY_ASSIGN(const auto members, office.members.list(all));
  TRY_ASSIGN(auto input, office.hub.statistics());
  for (const auto& member : members.items) input.members.push_back({member.entry.member, member.entry.name});
  return alliance::statistics_to_json(input);
}

Result<json> public_epochs(const HubOffice& office) {
  json items = json::array();
  for (const auto& keys : directories(office)) items.push_back(public_epoch_json(office, keys));
  return json{{"items", std::move(items)}};
}

template <class Make>
Handler for_everybody(Make make) {
  return [make](const Request& request) {
    const Result<json> made = make();
    if (!made) return problem(made.error(), request.id);
    Response response = json_response(200, *made);
    response.set("Cache-Control", kShortly).set("Access-Control-Allow-Origin", "*");
    return response;
  };
}

}  // namespace

void add_operator_routes(Router& router, Guard& guard, const HubOffice& office) {
  const auto get = [&](const char* path, auto work) { add(router, guard, Method::get, path, office, work); };
  const auto post = [&](const char* path, auto work) { add(router, guard, Method::post, path, office, work); };
  get("/api/v1/hub", overview);
  get("/api/v1/hub/members", list_members);
  post("/api/v1/hub/members", admit);
  get("/api/v1/hub/members/{member}", show_member);
  post("/api/v1/hub/members/{member}/suspend", standing(&alliance::MemberBook::suspend));
  post("/api/v1/hub/members/{member}/reinstate", standing(&alliance::MemberBook::reinstate));
  post("/api/v1/hub/members/{member}/quota", propose_quota);
  get("/api/v1/hub/quotas", list_proposals);
  post("/api/v1/hub/quotas/{proposal}/agree", agree);
  post("/api/v1/hub/quotas/{proposal}/refuse", refuse);
  get("/api/v1/hub/epochs", list_epochs);
  get("/api/v1/hub/roll", [](const HubOffice& of, const Request&, const Caller&) { return roll(of); });
  get("/api/v1/hub/holidays", [](const HubOffice& of, const Request&, const Caller&) -> Result<Response> {
    return json_response(200, holidays_json(of.hub.holidays()));
  });
  add(router, guard, Method::put, "/api/v1/hub/holidays", office, set_holidays);
  router.add(Method::get, "/alliance/v1/roll", [office](const Request& request) {
    auto response = roll(office);
    return response ? std::move(*response) : problem(response.error(), request.id);
  });
}

void add_hub_public_routes(Router& router, const HubOffice& office) {
  const std::string base = "/api/v1/public/alliance/";
  const auto add_page = [&](const char* name, auto make) { router.add(Method::get, base + name, for_everybody(make)); };
  add_page("directory", [office] { return directory(office); });
  add_page("rules", []() -> Result<json> { return alliance::rules_to_json(); });
  add_page("statistics", [office] { return statistics(office); });
  add_page("epochs", [office] { return public_epochs(office); });
}

}  // namespace probity::http::routes
