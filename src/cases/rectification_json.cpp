// The half of json.h that shapes rectifications.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json_shapes.h"
#include "cases/json.h"

namespace probity::cases {
namespace {

using nlohmann::json;

json containment_json(const Containment& one) {
  return {{"text", one.text},
          {"owner", one.owner},
          {"due_at", time_json(one.due_ms)},
          {"done_at", time_json(one.done_ms)},
          {"proof", one.proof}};
}

json cause_json(const Cause& one) { return {{"text", one.text}, {"method", one.method}}; }

json action_json(const Action& one) {
  return {{"text", one.text},
          {"kind", name_of(one.kind)},
          {"owner", one.owner},
          {"due_at", to_rfc3339(one.due_ms)},
          {"done_at", time_json(one.done_ms)},
          {"evidence", one.evidence}};
}

json flow_down_json(const FlowDown& one, const FlowFacts& facts) {
  return {{"supplier", one.supplier.text()},
          {"name", one.name},
          {"tier", one.tier},
          {"parent", id_json(one.parent)},
          {"parent_name", one.parent_name},
          {"leaf", one.leaf},
          {"commitment_signed", one.commitment_signed},
          {"copies_recalled", one.copies_recalled},
          {"note", one.note},
          {"in_force_since", time_json(facts.in_force_since_ms)},
          {"open_copies", facts.open_copies}};
}

json stage_decision_json(const StageDecision& one) {
  return {{"stage", name_of(one.stage)},
          {"accepted", one.accepted},
          {"by", one.by},
          {"at", to_rfc3339(one.at_ms)},
          {"reason", one.reason}};
}

json run_json(const StageRun& one) {
  return {{"stage", name_of(one.stage)},
          {"begun_at", to_rfc3339(one.begun_ms)},
          {"due_at", to_rfc3339(one.due_ms)},
          {"submitted_at", time_json(one.submitted_ms)},
          {"accepted_at", time_json(one.accepted_ms)}};
}

bool is_overdue(const Rectification& of, TimeMs now_ms) {
  return !of.closed_ms && !of.is_submitted() && of.run().due_ms <= now_ms;
}

json due_json(const Rectification& of) {
  return of.closed_ms || of.is_submitted() ? json(nullptr) : json(to_rfc3339(of.run().due_ms));
}

}  // namespace

json rectification_row_to_json(const Rectification& of, TimeMs now_ms) {
  return {{"id", of.id.text()},
          {"number", of.number},
          {"case", of.case_id.text()},
          {"case_number", of.case_number},
          {"supplier", of.supplier.text()},
          {"supplier_name", of.supplier_name},
          {"tier", of.tier},
          {"leaf_name", of.leaf_name},
          {"stage", name_of(of.stage)},
          {"state", name_of(state_of(of))},
          {"submitted", of.is_submitted()},
          {"due_at", due_json(of)},
          {"overdue", is_overdue(of, now_ms)},
          {"escalations", of.escalations}};
}

json rectification_to_json(const RectificationView& view, TimeMs now_ms) {
  const Rectification& of = view.of;
  json flow_down = json::array();
  for (std::size_t i = 0; i < of.flow_down.size(); ++i)
    flow_down.push_back(flow_down_json(of.flow_down[i], i < view.facts.size() ? view.facts[i] : FlowFacts{}));
  json shape{{"id", of.id.text()},
             {"number", of.number},
             {"case", of.case_id.text()},
             {"case_number", of.case_number},
             {"case_title", of.case_title},
             {"supplier", of.supplier.text()},
             {"supplier_name", of.supplier_name},
             {"tier", of.tier},
             {"leaf", of.leaf.text()},
             {"leaf_name", of.leaf_name},
             {"contact_name", of.contact_name},
             {"contact_email", of.contact_email},
             {"severity", name_of(of.severity)},
             {"problem", of.problem},
             {"requirement", of.requirement},
             {"stage", name_of(of.stage)},
             {"state", name_of(state_of(of))},
             {"submitted_at", time_json(of.run().submitted_ms)},
             {"due_at", due_json(of)},
             {"overdue", is_overdue(of, now_ms)},
             {"escalations", of.escalations},
             {"issued_at", to_rfc3339(of.issued_ms)},
             {"closed_at", time_json(of.closed_ms)},
             {"team", of.team},
             {"containment", array_of(of.containment, containment_json)},
             {"occurrence", array_of(of.occurrence, cause_json)},
             {"escape", array_of(of.escape, cause_json)},
             {"actions", array_of(of.actions, action_json)},
             {"flow_down", std::move(flow_down)},
             {"decisions", array_of(of.decisions, stage_decision_json)},
             {"stages", array_of(of.runs, run_json)}};
  if (of.effect)
    shape["effect"] = {{"method", of.effect->method},
                       {"result", of.effect->effective ? "effective" : "not_effective"},
                       {"text", of.effect->text},
                       {"checked_at", to_rfc3339(of.effect->checked_ms)},
                       {"checked_by", of.effect->checked_by}};
  return shape;
}

}  // namespace probity::cases
