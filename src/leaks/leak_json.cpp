#include "leaks/leak_json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "evidence/json.h"

namespace probity::leaks {
namespace {

using nlohmann::json;

json time_or_null(const std::optional<TimeMs>& time) { return time ? json(to_rfc3339(*time)) : json(nullptr); }
json said(const Said& words) { return {{"en", words.en}, {"zh", words.zh}}; }
template <class List>
json said_list(const List& list) {
  json array = json::array();
  for (const Said& words : list) array.push_back(said(words));
  return array;
}

json release_json(const ReleaseFound& found) {
  return {{"item", found.item.text()},
          {"release", found.release.text()},
          {"title", found.title},
          {"published_at", to_rfc3339(found.released_ms)},
          {"same_picture", found.same_picture},
          {"words", {{"en", found.en}, {"zh", found.zh}}}};
}

json sighting_change_json(const SightingChange& change) {
  json before = json::parse(change.before_json, nullptr, /*allow_exceptions=*/false);
  if (!before.is_object()) before = json::object();
  return {{"deed", sighting_deed_name(change.deed)},
          {"at", to_rfc3339(change.at_ms)},
          {"by", change.by},
          {"reason", change.reason},
          {"before", std::move(before)}};
}

json unmask_json(const UnmaskRequest& request) {
  return {{"id", request.id.text()},
          {"state", unmask_state_name(request.state)},
          {"trace", request.trace.text()},
          {"requested_by", request.requested_by.name},
          {"requested_at", to_rfc3339(request.requested_ms)},
          {"reason", request.reason},
          {"decided_by", request.decided_by ? json(request.decided_by->name) : json(nullptr)},
          {"decided_at", time_or_null(request.decided_ms)},
          {"decision_reason", request.decided_by ? json(request.decision_reason) : json(nullptr)}};
}

json answers_json(const std::optional<Answers>& answers, std::span<const Said> helps) {
  const auto or_null = [&](auto value) { return answers ? json(value(*answers)) : json(nullptr); };
  return {{"public_before", or_null([](const Answers& given) { return answer_name(given.public_before); })},
          {"covered", or_null([](const Answers& given) { return answer_name(given.covered); })},
          {"public_before_note", answers ? answers->public_before_note : ""},
          {"covered_note", answers ? answers->covered_note : ""},
          {"answered_at", or_null([](const Answers& given) { return to_rfc3339(given.answered_ms); })},
          {"answered_by", or_null([](const Answers& given) { return given.answered_by; })},
          {"helps", said_list(helps)}};
}

}  // namespace

json id_or_null(const std::optional<Id>& id) { return id ? json(id->text()) : json(nullptr); }

json to_json(const LeakRow& row) {
  const Leak& leak = row.leak;
  return {{"id", leak.id.text()},
          {"number", leak.number},
          {"title", leak.title},
          {"state", state_name(leak.state)},
          {"project", id_or_null(leak.project)},
          {"project_name", leak.project ? json(row.project_name) : json(nullptr)},
          {"files", leak.files},
          {"first_seen_at", time_or_null(leak.first_seen_ms)},
          {"reported_at", to_rfc3339(leak.reported_ms)},
          {"reported_by", leak.reporter.name},
          {"outcome", leak.outcome ? json(outcome_name(*leak.outcome)) : json(nullptr)},
          {"trace_job", id_or_null(leak.trace_job)},
          {"closed_as", leak.closed_as ? json(close_reason_name(*leak.closed_as)) : json(nullptr)},
          {"case", id_or_null(leak.case_id)}};
}

json said_of(const Sighting& sighting) {
  return {{"address", sighting.address},
          {"platform", sighting.platform},
          {"account", sighting.account},
          {"channel", sighting.channel},
          {"seen_at", to_rfc3339(sighting.seen_ms)},
          {"captured_by", sighting.captured_by},
          {"captured_how", sighting.captured_how},
          {"note", sighting.note},
          {"item", id_or_null(sighting.item)},
          {"taken_down_at", time_or_null(sighting.taken_down_ms)}};
}

json to_json(const Sighting& sighting) {
  json out = said_of(sighting);
  json changes = json::array();
  for (const SightingChange& change : sighting.changes) changes.push_back(sighting_change_json(change));
  const SightingChange* withdrawal = sighting.withdrawal();
  out["id"] = sighting.id.text();
  out["recorded_at"] = to_rfc3339(sighting.recorded_ms);
  out["recorded_by"] = sighting.recorded_by;
  out["withdrawn"] = withdrawal == nullptr ? json(nullptr) : sighting_change_json(*withdrawal);
  out["changes"] = std::move(changes);
  return out;
}

json to_json(const Publication& publication) {
  return {{"id", publication.id.text()},
          {"where", publication.where},
          {"address", publication.address},
          {"published_at", to_rfc3339(publication.published_ms)},
          {"note", publication.note},
          {"recorded_at", to_rfc3339(publication.recorded_ms)},
          {"recorded_by", publication.recorded_by}};
}

json to_json(const FileWithState& file) {
  json item = evidence::to_json(file.item);
  const bool derived_picture = file.item.kind == evidence::Kind::derived && file.item.media_type == "image/jpeg";
  item["picture"] = derived_picture || (file.state && file.state->picture.has_value());
  if (file.state && !file.state->is_picture()) item["problem"] = file.state->problem;
  return item;
}

json to_json(const LeakDetail& detail, const NextSteps& steps, std::span<const Said> helps) {
  json leak = to_json(detail.row);
  leak["note"] = detail.row.leak.note;
  leak["close_note"] = detail.row.leak.closed_as ? json(detail.row.leak.close_note) : json(nullptr);
  leak["version"] = detail.row.leak.version;
  for (const char* list : {"sightings", "publications", "release_matches", "unmaskings", "viewed"})
    leak[list] = json::array();
  for (const Sighting& sighting : detail.sightings) leak["sightings"].push_back(to_json(sighting));
  for (const Publication& publication : detail.publications) leak["publications"].push_back(to_json(publication));
  for (const ReleaseFound& found : detail.releases) leak["release_matches"].push_back(release_json(found));
  for (const UnmaskRequest& request : detail.unmask_requests) leak["unmaskings"].push_back(unmask_json(request));
  for (const View& view : detail.views)
    leak["viewed"].push_back({{"who", view.who.name}, {"at", to_rfc3339(view.at_ms)}});
  leak["answers"] = answers_json(detail.row.leak.answers, helps);
  leak["next"] = steps.verbs;
  leak["hints"] = said_list(steps.hints);
  return leak;
}

}  // namespace probity::leaks
