#include "leaks/report_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "leaks/words.h"

namespace probity::leaks {
namespace {

using Json = nlohmann::json;

Json size_json(const cv::Size& size) { return {{"width_px", size.width}, {"height_px", size.height}}; }

Json entry_json(const copies::RegisterEntry& entry) {
  return {{"sequence", entry.sequence},
          {"time_ms", entry.time_ms},
          {"kind", std::string(copies::entry_kind_name(entry.kind))},
          {"payload", entry.payload},
          {"previous", to_hex(entry.previous)},
          {"hash", to_hex(entry.hash)}};
}

Json file_json(const LeakFileRecord& file) {
  return {{"name", file.name},
          {"sha256", to_hex(file.sha256)},
          {"size", size_json(file.size_px)},
          {"miss", std::string(miss_name(file.miss))},
          {"asset", file.asset ? Json(file.asset->text()) : Json()},
          {"lay", file.asset ? lay_to_json(file.lay) : Json()},
          {"masters_tried", file.masters_tried},
          {"masters_passed", file.masters_passed}};
}

Json asset_json(const AssetRecord& asset) {
  const BytesView soft(reinterpret_cast<const std::uint8_t*>(asset.soft.data()), asset.soft.size());
  return {{"asset", asset.id.text()},
          {"title", asset.title},
          {"file_name", asset.file_name},
          {"original_sha256", to_hex(asset.original_sha256)},
          {"size", size_json(asset.size_px)},
          {"law", static_cast<int>(asset.law)},
          {"bias_seed", to_hex(asset.bias_seed)},
          {"soft", to_base64(soft)},
          {"copies", asset.copies},
          {"scored", asset.scored},
          {"register_entry", entry_json(asset.entry)}};
}

Json making_json(const MakingEvidence& evidence) {
  const copies::Making& making = evidence.making;
  return {{"purpose", std::string(copies::purpose_name(making.purpose))},
          {"operator", making.operator_name},
          {"operator_salt", to_hex(making.operator_salt)},
          {"made_ms", making.made_ms},
          {"made", to_rfc3339(making.made_ms)},
          {"register_entry", entry_json(evidence.entry)}};
}

Json copy_json(const CopyEvidence& copy, bool masked) {
  Json makings = Json::array();
  for (const MakingEvidence& evidence : copy.makings) makings.push_back(making_json(evidence));
  Json json = {{"asset", copy.asset.text()},
               {"copy", copy.copy.text()},
               {"recipient", copy.recipient.text()},
               {"seed", to_hex(copy.seed)},
               {"seed_salt", to_hex(copy.seed_salt)},
               {"seed_commitment", to_hex(copy.seed_commitment)},
               {"recipient_commitment", to_hex(copy.recipient_commitment)},
               {"issued_ms", copy.issued_ms},
               {"issued", to_rfc3339(copy.issued_ms)},
               {"register_entry", entry_json(copy.entry)},
               {"makings", std::move(makings)}};
  if (!masked) json["recipient_salt"] = to_hex(copy.recipient_salt);
  return json;
}

Json recipient_json(const FindingRecord& record) {
  if (record.masked()) {
    const Json id = record.copies.empty() ? Json() : Json(record.copies.front().recipient.text());
    return {{"id", id}, {"masked", true}};
  }
  return {{"name", record.recipient.name}, {"outlet", record.recipient.outlet}, {"email", record.recipient.email}};
}

// Of a chance given by its decimal logarithm; never 0, also where a double would be.
double chance_of(double log10_chance) {
  constexpr double kSmallestLog10 = -300;
  return std::pow(10.0, std::max(kSmallestLog10, log10_chance));
}

Json finding_json(const FindingRecord& record) {
  const code::Finding& finding = record.finding;
  Json copies = Json::array();
  for (const CopyEvidence& copy : record.copies) copies.push_back(copy_json(copy, record.masked()));
  return {{"role", record.role == Role::accused ? "accused" : "lead"},
          {"pass", finding.pass},
          {"decoder", std::string(finding.decoder)},
          {"cells", finding.cells},
          {"agreeing_cells", finding.agreeing_cells},
          {"score", finding.score},
          {"maximum", finding.maximum},
          {"standard_score", finding.standard_score},
          {"log10_single", finding.log10_single},
          {"log10_total", finding.log10_total},
          {"log10_lugannani_rice", finding.log10_lugannani_rice},
          {"recipient", recipient_json(record)},
          {"copies", std::move(copies)}};
}

Json trials_json(const code::Trials& trials) {
  return {{"candidates", trials.candidates},
          {"alignments", trials.alignments},
          {"masters", trials.masters},
          {"decoders", trials.decoders},
          {"passes", trials.passes}};
}

Json plot_json(const ScorePlot& plot) {
  return {
      {"decoder", plot.decoder},    {"first_bin", plot.first_bin},         {"bins_per_unit", kBinsPerUnit},
      {"counts", plot.counts},      {"highest_other", plot.highest_other}, {"identified_line", plot.identified_line},
      {"lead_line", plot.lead_line}};
}

Json words_json(const Report& report, Language language) {
  return {{"title", verdict_title(report.outcome, language)},
          {"verdict", verdict_sentence(report, language)},
          {"bound", bound_sentence(report, language)}};
}

template <class List, class ToJson>
Json array_json(const List& list, ToJson to_json) {
  Json array = Json::array();
  for (const auto& item : list) array.push_back(to_json(item));
  return array;
}

// What scripts ask for first: all of it follows from the record.
void add_summary(Json& json, const Report& report) {
  const FindingRecord* leading = report.leading();
  const bool has_copy = leading != nullptr && !leading->copies.empty();
  json["verdict"] = std::string(outcome_name(report.outcome));
  json["copy"] = has_copy ? Json(leading->copies.front().copy.text()) : Json();
  json["recipient"] = leading != nullptr ? recipient_json(*leading) : Json();
  json["bound"] = leading != nullptr ? Json(chance_of(leading->finding.log10_total)) : Json();
  const bool has_asset = report.outcome != Outcome::does_not_align && !report.assets.empty();
  json["asset"] = has_copy    ? Json(leading->copies.front().asset.text())
                  : has_asset ? Json(report.assets.front().id.text())
                              : Json();
  json["words"] = {{"en", words_json(report, Language::en)}, {"zh", words_json(report, Language::zh)}};
}

}  // namespace

Json lay_to_json(const Lay& lay) {
  Json outline = Json::array();
  for (const cv::Point2d& point : lay.outline) outline.push_back({point.x, point.y});
  return {{"method", lay.method},
          {"inliers", lay.inliers},
          {"structure_agreement", lay.structure_agreement},
          {"share_shown", lay.share_shown},
          {"share_foreign", lay.share_foreign},
          {"scale", lay.scale},
          {"rotation_degrees", lay.rotation_degrees},
          {"mirrored", lay.mirrored},
          {"stretch", lay.stretch},
          {"perspective", lay.perspective},
          {"bend_px", lay.bend_px},
          {"cells_seen", lay.cells_seen},
          {"mark_gain", lay.mark_gain},
          {"outline_px", std::move(outline)}};
}

Json record_to_json(const Report& report) {
  Json json = {{"format", "probity trace report"},
               {"version", 1},
               {"software", report.software},
               {"created_ms", report.created_ms},
               {"created", to_rfc3339(report.created_ms)},
               {"files", array_json(report.files, file_json)},
               {"assets", array_json(report.assets, asset_json)},
               {"trials", trials_json(report.trials)},
               {"findings", array_json(report.findings, finding_json)},
               {"plot", report.plot ? plot_json(*report.plot) : Json()}};
  add_summary(json, report);
  return json;
}

Hash report_digest(const Report& report) { return sha256(as_bytes(record_to_json(report).dump())); }

std::string report_json(const Report& report, const FolderHashes& folder) {
  Json json = record_to_json(report);
  json["digest"] = to_hex(sha256(as_bytes(json.dump())));
  json["folder"] = Json::object();
  for (const auto& [name, hash] : folder) json["folder"][name] = to_hex(hash);
  return json.dump(2) + "\n";
}

}  // namespace probity::leaks
