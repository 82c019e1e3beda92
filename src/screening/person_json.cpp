#include "screening/person_json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "screening/hit_guide.h"

namespace probity::screening {
namespace {

using nlohmann::json;

json time_or_null(const std::optional<TimeMs>& time_ms) { return time_ms ? json(to_rfc3339(*time_ms)) : json(); }
json text_or_null(const std::string& text) { return text.empty() ? json() : json(text); }

json label_to_json(const alliance::LabelContent& label) {
  const alliance::ConductEntry& conduct = alliance::conduct_entry(label.conduct);
  return {{"reference", label.reference},
          {"conduct", conduct.name},
          {"conduct_title", {{"en", conduct.title_en}, {"zh", conduct.title_zh}}},
          {"filer", label.filer},
          {"contact", label.contact},
          {"decided_at", to_rfc3339(label.decided_ms)},
          {"until", to_rfc3339(label.until_ms)}};
}

json labels_to_json(const Hit& hit) {
  json list = json::array();
  for (const HitLabel& label : hit.labels) {
    json item = label_to_json(label.content);
    item["stands"] = label.stands;
    item["answer"] = label.answer ? json(answer_name(*label.answer)) : json();
    list.push_back(std::move(item));
  }
  return list;
}

json lines_to_json(const std::vector<GuideLine>& lines) {
  json list = json::array();
  for (const GuideLine& line : lines) list.push_back({{"en", line.en}, {"zh", line.zh}});
  return list;
}

json steps_to_json(const std::vector<HitStep>& steps) {
  json list = json::array();
  for (const HitStep& step : steps) {
    json detail = step.detail;
    if (detail.is_null()) detail = json::object();
    detail.erase("notice");
    list.push_back({{"kind", step_name(step.kind)},
                    {"time", to_rfc3339(step.time_ms)},
                    {"by", step.by.name},
                    {"detail", std::move(detail)}});
  }
  return list;
}

}  // namespace

json to_json(const PersonQuery& query) {
  json consent{{"basis", basis_name(query.consent.basis)}, {"date", query.consent.date}};
  if (query.consent.document) consent["document_sha256"] = to_hex(*query.consent.document);
  return {{"id", query.id.text()},
          {"number", query.number},
          {"kind", names::identifier_kind_name(query.kind)},
          {"purpose", purpose_name(query.purpose)},
          {"requisition", query.requisition},
          {"consent", std::move(consent)},
          {"consent_commitment", to_hex(query.consent_commitment)},
          {"asked_by", query.asked_by.name},
          {"asked_at", to_rfc3339(query.asked_ms)},
          {"answered_at", time_or_null(query.answered_ms)},
          {"outcome", outcome_name(query.outcome)},
          {"hit", query.hit ? json(query.hit->text()) : json()},
          {"receipt_sha256", text_or_null(query.receipt_sha256)},
          {"repeats", query.repeats}};
}

json to_json(const Hit& hit, TimeMs now_ms) {
  const HitGuide guide = guide_for(hit, now_ms);
  json change, decision;
  if (hit.change) change = {{"what", alliance::step_name(hit.change->what)}, {"time", to_rfc3339(hit.change->time_ms)}};
  if (hit.decision)
    decision = {{"outcome", hit_outcome_name(hit.decision->outcome)},
                {"reasons", hit.decision->reasons},
                {"time", to_rfc3339(hit.decision->time_ms)}};
  return {{"id", hit.id.text()},
          {"number", hit.number},
          {"query", hit.query.text()},
          {"query_number", hit.query_number},
          {"purpose", purpose_name(hit.purpose)},
          {"requisition", hit.requisition},
          {"state", state_name(hit.state)},
          {"pending", is_pending(hit)},
          {"found_at", to_rfc3339(hit.found_ms())},
          {"labels", labels_to_json(hit)},
          {"wait_until", time_or_null(hit.wait_until_ms)},
          {"change", std::move(change)},
          {"decision", std::move(decision)},
          {"next", guide.next},
          {"may", lines_to_json(guide.may)},
          {"may_not", lines_to_json(guide.may_not)},
          {"steps", steps_to_json(hit.steps)}};
}

json to_json(const ConsentAudit& audit) {
  return {{"id", audit.id.text()},
          {"drawn_at", to_rfc3339(audit.drawn_ms)},
          {"due_at", to_rfc3339(audit.due_ms)},
          {"commitments", audit.commitments.size()},
          {"opened_at", time_or_null(audit.opened_ms)}};
}

}  // namespace probity::screening
