// Rectifications as the text they are kept as: JSON with sorted keys, every field of the record.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cases/codec.h"
#include "cases/rectification.h"

namespace probity::cases {

template <class V>
void fields(V& v, Containment& of) {
  v("text", of.text);
  v("owner", of.owner);
  v("due_ms", of.due_ms);
  v("done_ms", of.done_ms);
  v("proof", of.proof);
}
template <class V>
void fields(V& v, Cause& of) {
  v("text", of.text);
  v("method", of.method);
}
template <class V>
void fields(V& v, Action& of) {
  v("text", of.text);
  v("kind", of.kind);
  v("owner", of.owner);
  v("due_ms", of.due_ms);
  v("done_ms", of.done_ms);
  v("evidence", of.evidence);
}
template <class V>
void fields(V& v, FlowDown& of) {
  v("supplier", of.supplier);
  v("name", of.name);
  v("tier", of.tier);
  v("parent", of.parent);
  v("parent_name", of.parent_name);
  v("leaf", of.leaf);
  v("commitment_signed", of.commitment_signed);
  v("copies_recalled", of.copies_recalled);
  v("note", of.note);
}
template <class V>
void fields(V& v, Effect& of) {
  v("method", of.method);
  v("effective", of.effective);
  v("text", of.text);
  v("checked_ms", of.checked_ms);
  v("checked_by", of.checked_by);
}
template <class V>
void fields(V& v, StageDecision& of) {
  v("stage", of.stage);
  v("accepted", of.accepted);
  v("by", of.by);
  v("at_ms", of.at_ms);
  v("reason", of.reason);
}
template <class V>
void fields(V& v, StageRun& of) {
  v("stage", of.stage);
  v("begun_ms", of.begun_ms);
  v("due_ms", of.due_ms);
  v("submitted_ms", of.submitted_ms);
  v("accepted_ms", of.accepted_ms);
}
template <class V>
void fields(V& v, Rectification& of) {
  v("id", of.id);
  v("number", of.number);
  v("year", of.year);
  v("ordinal", of.ordinal);
  v("revision", of.revision);
  v("case", of.case_id);
  v("case_number", of.case_number);
  v("case_title", of.case_title);
  v("supplier", of.supplier);
  v("supplier_name", of.supplier_name);
  v("tier", of.tier);
  v("leaf", of.leaf);
  v("leaf_name", of.leaf_name);
  v("contact", of.contact);
  v("contact_name", of.contact_name);
  v("contact_email", of.contact_email);
  v("locale", of.locale);
  v("severity", of.severity);
  v("problem", of.problem);
  v("requirement", of.requirement);
  v("stage", of.stage);
  v("is_returned", of.is_returned);
  v("is_escalated", of.is_escalated);
  v("escalations", of.escalations);
  v("runs", of.runs);
  v("team", of.team);
  v("containment", of.containment);
  v("occurrence", of.occurrence);
  v("escape", of.escape);
  v("actions", of.actions);
  v("flow_down", of.flow_down);
  v("effect", of.effect);
  v("decisions", of.decisions);
  v("issued_ms", of.issued_ms);
  v("updated_ms", of.updated_ms);
  v("closed_ms", of.closed_ms);
}

std::string rectification_to_record(const Rectification& of) { return written<nlohmann::json>(of); }

std::optional<Rectification> rectification_from_record(const std::string& text) {
  auto of = read<nlohmann::json, Rectification>(text);
  if (of && of->runs.empty()) return std::nullopt;
  return of;
}

}  // namespace probity::cases
