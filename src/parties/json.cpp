#include "parties/json.h"

#include <nlohmann/json.hpp>

namespace probity::parties {
namespace {

using nlohmann::json;

json id_or_null(const std::optional<Id>& id) { return id ? json(id->text()) : nullptr; }

json rows_json(const std::vector<PartyRow>& rows) {
  json items = json::array();
  for (const PartyRow& row : rows) items.push_back(to_json(row));
  return items;
}

json request_json(const NewParty& party) {
  const PartyDetails& details = party.details;
  return {{"kind", party_kind_name(details.kind)},
          {"name", details.name},
          {"parent_name", party.parent_name},
          {"job_title", details.job_title},
          {"email", details.email},
          {"phone", details.phone},
          {"locale", details.locale},
          {"may_bind", details.may_bind},
          {"notes", details.notes}};
}

}  // namespace

json to_json(const PartyRow& row) {
  const PartyDetails& details = row.party.details;
  return {{"id", row.party.id.text()},
          {"kind", party_kind_name(details.kind)},
          {"name", details.name},
          {"parent", id_or_null(details.parent)},
          {"parent_name", row.parent_name ? json(*row.parent_name) : json(nullptr)},
          {"tier", row.party.tier},
          {"job_title", details.job_title},
          {"email", details.email},
          {"phone", details.phone},
          {"locale", details.locale},
          {"may_bind", details.may_bind},
          {"notes", details.notes},
          {"trained_at", row.trained_ms ? json(to_rfc3339(*row.trained_ms)) : json(nullptr)},
          {"commitments_in_force", row.commitments_in_force},
          {"created_at", to_rfc3339(row.party.created_ms)}};
}

json to_json(const PartyDetail& detail) {
  return {{"party", to_json(detail.party)},
          {"ancestors", rows_json(detail.ancestors)},
          {"children", rows_json(detail.children)}};
}

json to_json(const Training& training) {
  return {{"id", training.id.text()},
          {"title", training.title},
          {"given_at", to_rfc3339(training.given_ms)},
          {"note", training.note},
          {"recorded_by", training.recorded_by}};
}

json to_json(const ImportReport& report) {
  json rows = json::array(), problems = json::array();
  for (const NewParty& party : report.first_rows) rows.push_back(request_json(party));
  for (const RowProblem& problem : report.problems)
    problems.push_back({{"row", problem.row}, {"message", problem.message}});
  return {{"columns", report.columns},         {"ignored_columns", report.ignored_columns},
          {"rows", std::move(rows)},           {"new_count", report.new_count},
          {"known_count", report.known_count}, {"problems", std::move(problems)},
          {"imported", report.imported}};
}

}  // namespace probity::parties
