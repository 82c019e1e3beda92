#include "cases/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/json_shapes.h"

namespace probity::cases {
namespace {

using nlohmann::json;

json who_json(const Who& who) { return {{"account", id_json(who.account)}, {"name", who.name}}; }

// What there is none of is left out.
template <class Some, class Shape>
void put_some(json& into, const char* name, const Some& some, Shape shape) {
  if (some) into[name] = shape(*some);
}

std::string party_name(const Case& of, const Id& place) {
  const CaseParty* party = of.party(place);
  return party == nullptr ? std::string() : party->name;
}

json party_json(const CaseParty& one) {
  return {{"id", one.id.text()},
          {"party", id_json(one.party)},
          {"name", one.name},
          {"organisation", one.organisation_name},
          {"role", name_of(one.role)},
          {"accused", one.accused},
          {"basis", one.basis ? json(name_of(*one.basis)) : json(nullptr)},
          {"identified", one.basis && identifies(*one.basis)},
          {"commitment", id_json(one.commitment)},
          {"commitment_number", one.commitment_number},
          {"note", one.note},
          {"public_name", one.public_name}};
}

json evidence_json(const Case& of, const CaseEvidence& one) {
  return {{"evidence", one.item.text()},
          {"own", one.matter == of.id},
          {"title", one.title},
          {"media_type", one.media_type},
          {"size_bytes", one.size_bytes},
          {"sha256", to_hex(one.sha256)},
          {"what", one.what},
          {"linked_at", to_rfc3339(one.linked_ms)},
          {"linked_by", one.linked_by}};
}

json moment_json(const Moment& one) {
  return {{"id", one.id.text()},
          {"what", one.what},
          {"what_zh", one.what_zh.empty() ? one.what : one.what_zh},
          {"automatic", one.automatic},
          {"happened_at", time_json(one.happened_ms)},
          {"discovered_at", to_rfc3339(one.discovered_ms)},
          {"by", one.by},
          {"source", one.source},
          {"withdrawn", one.withdrawn}};
}

json timeline_json(const Case& of) {
  std::vector<Moment> moments = of.timeline;
  std::ranges::stable_sort(moments, {}, [](const Moment& one) { return one.happened_ms.value_or(one.discovered_ms); });
  return array_of(moments, moment_json);
}

json task_json(const Task& one, TimeMs now_ms) {
  json task{{"id", one.id.text()},
            {"title", one.title},
            {"detail", one.detail},
            {"due_at", time_json(one.due_ms)},
            {"state", name_of(one.state)},
            {"created_at", to_rfc3339(one.created_ms)},
            {"done_at", time_json(one.done_ms)},
            {"done_by", one.done_by},
            {"overdue", one.state == TaskState::open && one.due_ms && *one.due_ms <= now_ms}};
  put_some(task, "assignee", one.assignee, who_json);
  return task;
}

json graph_json(const Graph& graph) {
  json nodes = array_of(graph.nodes, [](const GraphNode& one) {
    return json{{"key", one.key},
                {"kind", name_of(one.kind)},
                {"label", one.label},
                {"address", one.address},
                {"case_party", id_json(one.case_party)}};
  });
  json edges = array_of(graph.edges, [](const GraphEdge& one) {
    return json{{"from", one.from},           {"to", one.to},     {"kind", name_of(one.kind)},
                {"at", time_json(one.at_ms)}, {"note", one.note}, {"evidence", id_json(one.evidence)}};
  });
  return {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
}

json document_json(const Document& one) {
  return {{"name", one.name}, {"sha256", to_hex(one.sha256)}, {"size_bytes", one.size_bytes}};
}

json amount_json(const Case& of, const Consequence& one, std::span<const Payment> ledger, TimeMs now_ms) {
  const AgreedAmount& amount = *one.amount;
  const Balance balance = balance_of(one, ledger);
  const auto states = instalment_states(amount, balance.paid, now_ms);
  json instalments = json::array();
  for (std::size_t i = 0; i < states.size(); ++i)
    instalments.push_back({{"due_at", to_rfc3339(amount.instalments[i].due_ms)},
                           {"minor", amount.instalments[i].minor},
                           {"state", instalment_state_name(states[i])}});
  json shape{{"commitment", amount.commitment.text()},
             {"commitment_number", amount.commitment_number},
             {"version", amount.version},
             {"text_hash", amount.text_hash},
             {"agreed", money_to_json(amount.agreed)},
             {"reduction_reason", amount.reduction_reason},
             {"due", money_to_json(balance.due)},
             {"paid", money_to_json(balance.paid)},
             {"outstanding", money_to_json(balance.outstanding)},
             {"liable", commitments::liable_name(amount.liable)},
             {"liable_names", amount.liable_names},
             {"above_loss", is_above_loss(balance.due, of.loss)},
             {"instalments", std::move(instalments)},
             {"changes", array_of(amount.changes, [&](const AmountChange& change) {
                return json{{"at", to_rfc3339(change.at_ms)},
                            {"source", change.source},
                            {"taken_off", money_to_json({change.minor, amount.agreed.currency})},
                            {"due", money_to_json({change.due_minor, amount.agreed.currency})},
                            {"reason", change.reason}};
              })}};
  if (amount.reduction_minor > 0) shape["reduction"] = money_to_json({amount.reduction_minor, amount.agreed.currency});
  return shape;
}

json consequence_json(const Case& of, const Consequence& one, std::span<const Payment> ledger, TimeMs now_ms) {
  json shape{{"id", one.id.text()},
             {"kind", name_of(one.kind)},
             {"case_party", one.case_party.text()},
             {"party_name", party_name(of, one.case_party)},
             {"state", name_of(one.state)},
             {"text", one.text},
             {"due_at", time_json(one.due_ms)},
             {"done_at", time_json(one.done_ms)},
             {"reason", one.reason},
             {"published_at", one.published_at.empty() ? json(nullptr) : json(one.published_at)},
             {"published_from", time_json(one.published_from_ms)},
             {"published_until", time_json(one.published_until_ms)},
             {"by_whom", one.by_whom},
             {"withdrawn_commitments", one.withdrawn_commitments},
             {"withdrawn_copies", one.withdrawn_copies},
             {"restored_at", time_json(one.restored_ms)},
             {"restored_commitments", one.restored_commitments},
             {"restored_copies", one.restored_copies}};
  if (one.amount) shape["amount"] = amount_json(of, one, ledger, now_ms);
  return shape;
}

json proposal_json(const Case& of, const Proposal& one, TimeMs now_ms) {
  json shape{{"id", one.id.text()},
             {"finding", name_of(one.finding)},
             {"reasons", one.reasons},
             {"state", name_of(one.state)},
             {"proposed_by", who_json(one.proposed_by)},
             {"proposed_at", to_rfc3339(one.proposed_ms)},
             {"ended_at", time_json(one.ended_ms)},
             {"ended_reason", one.ended_reason},
             {"appeal_days", one.appeal_days},
             {"consequences", array_of(one.consequences, [&](const Consequence& consequence) {
                return consequence_json(of, consequence, {}, now_ms);
              })}};
  put_some(shape, "ended_by", one.ended_by, who_json);
  return shape;
}

json decision_json(const Decision& one) {
  return {{"finding", name_of(one.finding)},
          {"reasons", one.reasons},
          {"proposed_by", who_json(one.proposed_by)},
          {"agreed_by", who_json(one.agreed_by)},
          {"agreed_reason", one.agreed_reason},
          {"decided_at", to_rfc3339(one.decided_ms)},
          {"appeal_until", to_rfc3339(one.appeal_until_ms)}};
}

json hold_json(const Case& of, const Hold& one) {
  return {{"id", one.id.text()},
          {"case_party", one.case_party.text()},
          {"party_name", party_name(of, one.case_party)},
          {"reason", one.reason},
          {"by", who_json(one.by)},
          {"since", to_rfc3339(one.since_ms)},
          {"ended_at", time_json(one.ended_ms)},
          {"ended_by", one.ended_by},
          {"ended_reason", one.ended_reason}};
}

json appeal_json(const Case& of, const Appeal& one) {
  json shape{{"id", one.id.text()},
             {"case_party", one.case_party.text()},
             {"party_name", party_name(of, one.case_party)},
             {"text", one.text},
             {"filed_at", to_rfc3339(one.filed_ms)},
             {"channel", name_of(one.channel)},
             {"state", name_of(one.state)},
             {"outcome", one.outcome ? json(name_of(*one.outcome)) : json(nullptr)},
             {"reasons", one.reasons},
             {"decided_at", time_json(one.decided_ms)},
             {"documents", array_of(one.documents, document_json)}};
  put_some(shape, "decided_by", one.decided_by, who_json);
  return shape;
}

json stage_json(const Stage& one) {
  return {{"id", one.id.text()},
          {"kind", name_of(one.kind)},
          {"body", one.body},
          {"reference", one.reference},
          {"opened_at", to_rfc3339(one.opened_ms)},
          {"state", name_of(one.state)},
          {"outcome", one.outcome ? json(name_of(*one.outcome)) : json(nullptr)},
          {"text", one.text},
          {"ended_at", time_json(one.ended_ms)}};
}

json conflict_json(const Conflict& one) {
  return {{"id", one.id.text()},
          {"account", who_json(one.account)},
          {"case_party", id_json(one.case_party)},
          {"relation", name_of(one.relation)},
          {"text", one.text},
          {"declared_by", one.declared_by},
          {"declared_at", to_rfc3339(one.declared_ms)},
          {"automatic", one.automatic}};
}

json reply_json(const Case& of, const Reply& one) {
  return {{"id", one.id.text()},
          {"case_party", one.case_party.text()},
          {"party_name", party_name(of, one.case_party)},
          {"text", one.text},
          {"received_at", to_rfc3339(one.received_ms)},
          {"channel", name_of(one.channel)},
          {"admits", one.admits},
          {"documents", array_of(one.documents, document_json)}};
}

json mitigation_json(const Mitigation& one) {
  return {{"taken_down_at", time_json(one.taken_down_ms)},
          {"self_reported", one.self_reported},
          {"self_reported_at", time_json(one.self_reported_ms)},
          {"first_offence", one.first_offence ? json(*one.first_offence) : json(nullptr)},
          {"note", one.note}};
}

json publication_json(const Publication& one) {
  return {{"allowed", one.allowed},
          {"not_before", time_json(one.not_before_ms)},
          {"reason", one.reason},
          {"reason_zh", one.reason_zh}};
}

std::optional<Deadline> next_deadline(const CaseView& view) {
  std::vector<Deadline> all = deadlines_of(view.of, view.ledger);
  for (const Rectification& one : view.rectifications)
    if (!one.closed_ms && !one.is_submitted())
      all.push_back({view.of.id, view.of.number, view.of.title, "rectification", one.number, one.run().due_ms});
  const auto next = std::ranges::min_element(all, {}, &Deadline::due_ms);
  return next == all.end() ? std::nullopt : std::optional(*next);
}

json head_json(const CaseView& view) {
  const Case& of = view.of;
  const auto due = next_deadline(view);
  json shape{{"id", of.id.text()},
             {"number", of.number},
             {"title", of.title},
             {"summary", of.summary},
             {"kind", name_of(of.kind)},
             {"state", name_of(of.state)},
             {"severity", name_of(of.severity)},
             {"revision", of.revision},
             {"project", id_json(of.project)},
             {"leak", id_json(of.leak)},
             {"leak_number", of.leak_number},
             {"owner", who_json(of.owner)},
             {"needs_second_reviewer", needs_second_reviewer(of)},
             {"opened_at", to_rfc3339(of.opened_ms)},
             {"updated_at", to_rfc3339(of.updated_ms)},
             {"closed_at", time_json(of.closed_ms)},
             {"close_reason", of.close_reason},
             {"due_at", due ? json(to_rfc3339(due->due_ms)) : json(nullptr)},
             {"due_what", due ? due->what : ""}};
  put_some(shape, "reviewer", of.reviewer, who_json);
  put_some(shape, "second_reviewer", of.second_reviewer, who_json);
  return shape;
}

}  // namespace

json money_to_json(const Money& money) {
  return {{"minor", money.minor}, {"currency", money.currency}, {"text", money_text(money)}};
}

json case_to_json(const CaseView& view, TimeMs now_ms) {
  const Case& of = view.of;
  json shape = head_json(view);
  shape["parties"] = array_of(of.parties, party_json);
  shape["evidence"] = array_of(of.evidence, [&](const CaseEvidence& one) { return evidence_json(of, one); });
  shape["timeline"] = timeline_json(of);
  shape["tasks"] = array_of(of.tasks, [&](const Task& one) { return task_json(one, now_ms); });
  shape["notes"] = array_of(of.notes, [](const Note& one) {
    return json{{"id", one.id.text()}, {"text", one.text}, {"by", one.by}, {"at", to_rfc3339(one.at_ms)}};
  });
  shape["graph"] = graph_json(of.graph);
  shape["mitigation"] = mitigation_json(of.mitigation);
  put_some(shape, "loss", of.loss, [](const Loss& one) {
    return json{{"minor", one.amount.minor}, {"currency", one.amount.currency}, {"text", one.text}};
  });
  shape["conflicts"] = array_of(of.conflicts, conflict_json);
  put_some(shape, "claim", of.claim, [](const Claim& one) {
    return json{
        {"text", one.text}, {"sent_at", to_rfc3339(one.sent_ms)}, {"reply_until", to_rfc3339(one.reply_until_ms)}};
  });
  shape["replies"] = array_of(of.replies, [&](const Reply& one) { return reply_json(of, one); });
  shape["proposals"] = array_of(of.proposals, [&](const Proposal& one) { return proposal_json(of, one, now_ms); });
  put_some(shape, "decision", of.decision, decision_json);
  shape["holds"] = array_of(of.holds, [&](const Hold& one) { return hold_json(of, one); });
  shape["consequences"] =
      array_of(of.consequences, [&](const Consequence& one) { return consequence_json(of, one, view.ledger, now_ms); });
  shape["appeals"] = array_of(of.appeals, [&](const Appeal& one) { return appeal_json(of, one); });
  shape["stages"] = array_of(of.stages, stage_json);
  shape["rectifications"] =
      array_of(view.rectifications, [&](const Rectification& one) { return rectification_row_to_json(one, now_ms); });
  shape["publication"] = publication_json(publication_allowed(of, now_ms));
  shape["next_moves"] = next_moves(of, now_ms);
  return shape;
}

json row_to_json(const CaseRow& row, TimeMs now_ms) {
  const Case& of = row.of;
  json accused = json::array();
  for (const CaseParty* one : of.accused()) accused.push_back(one->name);
  json shape{{"id", of.id.text()},
             {"number", of.number},
             {"title", of.title},
             {"kind", name_of(of.kind)},
             {"state", name_of(of.state)},
             {"severity", name_of(of.severity)},
             {"project", id_json(of.project)},
             {"owner", who_json(of.owner)},
             {"accused", std::move(accused)},
             {"opened_at", to_rfc3339(of.opened_ms)},
             {"updated_at", to_rfc3339(of.updated_ms)},
             {"due_at", row.due ? json(to_rfc3339(row.due->due_ms)) : json(nullptr)},
             {"due_what", row.due ? row.due->what : ""},
             {"overdue", row.due && row.due->due_ms <= now_ms},
             {"tasks_open", std::ranges::count(of.tasks, TaskState::open, &Task::state)},
             {"rectifications_open", row.rectifications_open}};
  put_some(shape, "reviewer", of.reviewer, who_json);
  return shape;
}

json deadline_to_json(const Deadline& one, TimeMs now_ms) {
  return {{"case", one.case_id.text()},
          {"number", one.number},
          {"title", one.title},
          {"what", one.what},
          {"detail", one.detail},
          {"due_at", to_rfc3339(one.due_ms)},
          {"overdue", one.due_ms <= now_ms}};
}

json dashboard_to_json(const Dashboard& dashboard, TimeMs now_ms) {
  json by_state = json::object();
  for (const auto& [state, name] : kStates) {
    const auto found = dashboard.by_state.find(state);
    by_state[std::string(name)] = found == dashboard.by_state.end() ? 0 : found->second;
  }
  return {
      {"open", dashboard.open},
      {"by_state", std::move(by_state)},
      {"overdue", dashboard.overdue},
      {"waiting_for_second", dashboard.waiting_for_second},
      {"deadlines", array_of(dashboard.deadlines, [&](const Deadline& one) { return deadline_to_json(one, now_ms); })}};
}

json board_to_json(const std::vector<BoardColumn>& columns, TimeMs now_ms) {
  return {{"columns", array_of(columns, [&](const BoardColumn& column) {
             return json{
                 {"state", name_of(column.state)},
                 {"total", column.cases.total},
                 {"items", array_of(column.cases.items, [&](const CaseRow& row) { return row_to_json(row, now_ms); })}};
           })}};
}

json ledger_to_json(const CaseView& view, TimeMs now_ms) {
  json balances = json::array();
  for (const Consequence& one : view.of.consequences)
    if (one.amount) balances.push_back(amount_json(view.of, one, view.ledger, now_ms));
  return {{"items", array_of(view.ledger,
                             [](const Payment& one) {
                               return json{{"id", one.id.text()},
                                           {"sequence", one.sequence},
                                           {"consequence", one.consequence.text()},
                                           {"kind", name_of(one.kind)},
                                           {"amount", money_to_json(one.amount)},
                                           {"paid_at", to_rfc3339(one.paid_ms)},
                                           {"payer", one.payer},
                                           {"liable", one.by_organisation ? "organisation" : "person"},
                                           {"reference", one.reference},
                                           {"note", one.note},
                                           {"corrects", id_json(one.corrects)},
                                           {"recorded_at", to_rfc3339(one.recorded_ms)},
                                           {"recorded_by", one.recorded_by}};
                             })},
          {"total", view.ledger.size()},
          {"balances", std::move(balances)}};
}

}  // namespace probity::cases
