// Alarms, canaries and audits of consent: what the operator sees and does, and what members and the ombudsman answer.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "alliance/holidays.h"
#include "base/encoding.h"
#include "http/routes/json_fields.h"
#include "http/routes/operator.h"
#include "http/routes/signed_calls.h"
#include "http/routes/staff_answer.h"

namespace probity::http::routes {
namespace {

using accounts::Caller;
using accounts::Permission;
using alliance::Party;
using nlohmann::json;

json who_json(const std::optional<Id>& who) { return who ? json(who->text()) : json(nullptr); }

std::string name_of(const HubOffice& office, const Id& member) {
  const auto facts = office.members.member(member);
  return facts ? facts->entry.name : std::string();
}

json alarm_json(const HubOffice& office, const alliance::Alarm& alarm) {
  return {{"id", alarm.id.text()},
          {"member", alarm.member.text()},
          {"member_name", name_of(office, alarm.member)},
          {"rule", alliance::alarm_rule_name(alarm.finding.rule)},
          {"day", alliance::date_text(alarm.day)},
          {"observed", alarm.finding.observed},
          {"expected", alarm.finding.expected},
          {"raised_at", time_text(alarm.raised_ms)},
          {"acknowledged_by", who_json(alarm.acknowledged_by)},
          {"acknowledged_at", optional_time_json(alarm.acknowledged_ms)},
          {"note", alarm.note}};
}

json planting_json(const alliance::Planting& planting) {
  return {{"id", planting.id.text()},
          {"epoch", planting.epoch},
          {"count", planting.count},
          {"state", alliance::planting_state_name(planting.state)},
          {"standing", planting.standing},
          {"proposed_by", planting.proposed_by.text()},
          {"proposed_at", time_text(planting.proposed_ms)},
          {"decided_at", optional_time_json(planting.decided_ms)}};
}

json audit_json(const HubOffice& office, const alliance::Audit& audit) {
  json draws = json::array();
  std::uint64_t opened = 0;
  for (const auto& draw : audit.draws) {
    opened += draw.opened_ms ? 1U : 0U;
    const json text = json::parse(draw.opening, nullptr, false);
    draws.push_back({{"commitment", to_hex(draw.commitment)},
                     {"opened_at", optional_time_json(draw.opened_ms)},
                     {"opening", !draw.opened_ms    ? json(nullptr)
                                 : text.is_object() ? text
                                                    : json{{"text", draw.opening}}}});
  }
  return {{"id", audit.id.text()},
          {"member", audit.member.text()},
          {"member_name", name_of(office, audit.member)},
          {"quarter", audit.quarter},
          {"state", alliance::audit_state(audit, office.clock.now_ms())},
          {"reported", audit.reported},
          {"drawn_by", audit.drawn_by.text()},
          {"drawn_at", time_text(audit.drawn_ms)},
          {"due_at", time_text(audit.due_ms)},
          {"opened", opened},
          {"unopened", audit.draws.size() - opened},
          {"draws", std::move(draws)}};
}

// --- The operator's
// ------------------------------------------------------------------------------------------------------

Result<Response> list_alarms(const HubOffice& office, const Request& request) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  alliance::AlarmFilter filter{std::nullopt, std::nullopt, query.offset, query.limit};
  const auto state = request.query_value("state").value_or("");
  if (!state.empty() && state != "open" && state != "acknowledged")
    return fail(ErrorCode::invalid_argument, "state is open or acknowledged");
  if (!state.empty()) filter.acknowledged = state == "acknowledged";
  TRY_ASSIGN(const auto listed, office.watch.alarms(filter));
  json items = json::array();
  for (const auto& alarm : listed.items) items.push_back(alarm_json(office, alarm));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> acknowledge(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(const Id id, param_id(request, "alarm"));
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  const std::string note = fields.text("note", {1, 1000});
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto alarm, office.watch.acknowledge(id, note, caller.actor.id.value_or(Id{})));
  return json_response(200, alarm_json(office, alarm));
}

Result<Response> list_plantings(const HubOffice& office) {
  TRY_ASSIGN(const auto plantings, office.watch.plantings());
  json items = json::array();
  for (const auto& planting : plantings) items.push_back(planting_json(planting));
  return json_response(200, {{"items", std::move(items)}});
}

Result<Response> propose_canaries(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  const auto epoch = static_cast<oprf::Epoch>(fields.integer("epoch", 1, 65'535));
  const auto count = static_cast<std::uint32_t>(fields.integer("count", 1, alliance::kMostCanaries));
  if (!fields.done()) return fields.problem(request.id);
  const auto planting = office.watch.propose_canaries(epoch, count, caller.actor.id.value_or(Id{}));
  if (!planting && planting.error().code == ErrorCode::gone)
    return fail(ErrorCode::conflict, planting.error().message, "choose an epoch in use");
  TRY(planting);
  return json_response(201, planting_json(*planting));
}

Result<Response> list_audits(const HubOffice& office, const Request& request) {
  TRY_ASSIGN(const ListQuery query, list_query(request));
  TRY_ASSIGN(const auto listed, office.watch.audits(query.offset, query.limit));
  json items = json::array();
  for (const auto& audit : listed.items) items.push_back(audit_json(office, audit));
  return json_response(200, {{"items", std::move(items)}, {"total", listed.total}});
}

Result<Response> draw_audit(const HubOffice& office, const Request& request, const Caller& caller) {
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  const Id member = fields.id("member");
  const std::string quarter = fields.text("quarter", {7, 7});
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto audit, office.watch.draw(member, quarter, caller.actor.id.value_or(Id{})));
  return json_response(201, audit_json(office, audit));
}

Result<Response> show_audit(const HubOffice& office, const Request& request) {
  TRY_ASSIGN(const Id id, param_id(request, "audit"));
  TRY_ASSIGN(const auto audit, office.watch.audit(id));
  return json_response(200, audit_json(office, audit));
}

// --- Members' and the ombudsman's
// ----------------------------------------------------------------------------------------

std::optional<Hash> read_hash(const std::string& hex) {
  const auto bytes = from_hex(hex);
  Hash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

Result<Response> report(const HubOffice& office, const Request& request, const Party& by) {
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  const std::string quarter = fields.text("quarter", {7, 7});
  const auto questions = fields.integer("questions", 0, 1'000'000);
  std::vector<Hash> commitments;
  for (const std::string& text : fields.texts("commitments", alliance::kMostReported, {64, 64})) {
    const auto hash = read_hash(text);
    if (!hash) fields.complain("commitments", "this is no hash");
    if (hash) commitments.push_back(*hash);
  }
  if (!fields.done()) return fields.problem(request.id);
  TRY_ASSIGN(const auto taken, office.watch.report(by, quarter, commitments));
  return json_response(200, {{"taken", taken}, {"reported", questions}});
}

Result<Response> members_audits(const HubOffice& office, const Party& by) {
  TRY_ASSIGN(const auto audits, office.watch.audits_of(by));
  json items = json::array();
  for (const auto& audit : audits) {
    json draws = json::array();
    for (const auto& draw : audit.draws)
      if (!draw.opened_ms) draws.push_back({{"commitment", to_hex(draw.commitment)}});
    items.push_back({{"id", audit.id.text()},
                     {"quarter", audit.quarter},
                     {"drawn_at", time_text(audit.drawn_ms)},
                     {"due_at", time_text(audit.due_ms)},
                     {"draws", std::move(draws)}});
  }
  return json_response(200, {{"items", std::move(items)}});
}

Result<Response> open_audit(const HubOffice& office, const Request& request, const Party& by) {
  TRY_ASSIGN(const Id id, param_id(request, "audit"));
  TRY_ASSIGN(auto fields, JsonFields::parse(request));
  struct Opening {
    Hash commitment{};
    std::string text;
  };
  std::vector<Opening> openings;
  for (JsonFields& item : fields.objects("openings", alliance::kMostReported)) {
    const auto hash = read_hash(item.text("commitment", {64, 64}));
    if (!hash) item.complain("commitment", "this is no hash");
    openings.push_back({hash.value_or(Hash{}), item.text("text", {1, alliance::kMostOpeningBytes, true})});
  }
  if (!fields.done()) return fields.problem(request.id);
  for (const Opening& opening : openings) TRY(office.watch.open(by, id, opening.commitment, opening.text));
  TRY_ASSIGN(const auto audit, office.watch.audit(id));
  if (audit.member != by.member) return fail(ErrorCode::not_found, "there is no such audit");
  return json_response(200, audit_json(office, audit));
}

Result<Response> decide_canaries(const HubOffice& office, const Request& request, const Party& by) {
  TRY_ASSIGN(const Id id, param_id(request, "planting"));
  const std::string& verb = request.param("verb");
  if (verb != "agree" && verb != "refuse") return fail(ErrorCode::not_found, "there is no such verb");
  TRY_ASSIGN(const auto planting, verb == "agree" ? office.watch.agree(id, by) : office.watch.refuse(id, by));
  return json_response(200, planting_json(planting));
}

void add_member_side(Router& router, alliance::CallGate& gate, const HubOffice& office) {
  const auto add = [&](Method method, const char* path, auto work) {
    router.add(method, path, signed_only(gate, [office, work](const Request& request, const Party& by) {
                 Result<Response> response = work(office, request, by);
                 return response ? std::move(*response) : problem(response.error(), request.id);
               }));
  };
  add(Method::post, "/alliance/v1/consents", report);
  add(Method::get, "/alliance/v1/audits",
      [](const HubOffice& of, const Request&, const Party& by) { return members_audits(of, by); });
  add(Method::post, "/alliance/v1/audits/{audit}/open", open_audit);
  add(Method::get, "/alliance/v1/canaries",
      [](const HubOffice& of, const Request&, const Party& by) -> Result<Response> {
        // That there are canaries at all is for those who plant them.
        if (by.role != Party::Role::ombudsman) return fail(ErrorCode::forbidden, "this is for the ombudsman");
        return list_plantings(of);
      });
  add(Method::post, "/alliance/v1/canaries/{planting}/{verb}", decide_canaries);
}

}  // namespace

void add_hub_watch_routes(Router& router, Guard& guard, alliance::CallGate& gate, const HubOffice& office) {
  const auto add = [&](Method method, const char* path, auto work) {
    router.add(method, path,
               guard.staff(Permission::operate_hub,
                           answering([office, work](const Request& request, const Caller& caller) -> Result<Response> {
                             if constexpr (requires { work(office, request, caller); })
                               return work(office, request, caller);
                             else
                               return work(office, request);
                           })));
  };
  add(Method::get, "/api/v1/hub/alarms", list_alarms);
  add(Method::post, "/api/v1/hub/alarms/{alarm}/acknowledge", acknowledge);
  add(Method::get, "/api/v1/hub/canaries", [](const HubOffice& of, const Request&) { return list_plantings(of); });
  add(Method::post, "/api/v1/hub/canaries", propose_canaries);
  add(Method::get, "/api/v1/hub/audits", list_audits);
  add(Method::post, "/api/v1/hub/audits", draw_audit);
  add(Method::get, "/api/v1/hub/audits/{audit}", show_audit);
  add_member_side(router, gate, office);
}

}  // namespace probity::http::routes
