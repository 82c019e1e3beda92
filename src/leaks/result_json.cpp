#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "leaks/leak_json.h"
#include "leaks/report_json.h"

namespace probity::leaks {
namespace {

using nlohmann::json;

// "A", "B" … "Z", "A2": stands for a finding's copies while they are masked.
std::string label_of(std::size_t finding) {
  std::string label(1, static_cast<char>('A' + finding % 26));
  return finding < 26 ? label : label + std::to_string(finding / 26 + 1);
}

// A veil: takes the numbers of masked copies out of sentences.
class Veil {
 public:
  explicit Veil(const TraceResult& result) {
    for (std::size_t i = 0; i < result.report.findings.size(); ++i) {
      if (result.is_named(i)) continue;
      for (const CopyEvidence& copy : result.report.findings[i].copies)
        hidden_.emplace_back(copy.copy.text(), label_of(i));
    }
  }

  json operator()(std::string en, std::string zh) const { return {{"en", veiled(en)}, {"zh", veiled(zh)}}; }
  // The sentences of both languages, which stand in the same order.
  json list(const std::vector<std::string>& en, const std::vector<std::string>& zh) const {
    json lines = json::array();
    for (std::size_t i = 0; i < en.size(); ++i) lines.push_back((*this)(en[i], i < zh.size() ? zh[i] : en[i]));
    return lines;
  }

 private:
  std::string veiled(std::string text) const {
    for (const auto& [number, label] : hidden_)
      for (std::size_t at = text.find(number); at != std::string::npos; at = text.find(number, at + label.size()))
        text.replace(at, number.size(), label);
    return text;
  }

  std::vector<std::pair<std::string, std::string>> hidden_;
};

json makings_json(const FindingRecord& finding, bool named, const Veil& veil) {
  json makings = json::array();
  const auto en = makings_in_words(finding, Language::en), zh = makings_in_words(finding, Language::zh);
  std::size_t line = 0;
  for (const CopyEvidence& copy : finding.copies) {
    for (const MakingEvidence& evidence : copy.makings) {
      const copies::Purpose purpose = evidence.making.purpose;
      makings.push_back(
          {{"purpose", copies::purpose_name(purpose)},
           {"made_at", named ? json(to_rfc3339(evidence.making.made_ms)) : json(nullptr)},
           {"words", named ? veil(en.at(line), zh.at(line))
                           : veil(purpose_in_words(purpose, Language::en) + "; when and by whom is masked",
                                  purpose_in_words(purpose, Language::zh) + "；时间与操作者未公开")}});
      ++line;
    }
  }
  return makings;
}

json recipient_json(const TraceResult& result, std::size_t finding) {
  for (const NamedRecipient& recipient : result.named)
    if (recipient.finding == finding)
      return {{"party", id_or_null(recipient.party)},
              {"name", recipient.details.name},
              {"organisation", recipient.details.outlet},
              {"email", recipient.details.email}};
  return nullptr;
}

json finding_json(const TraceResult& result, std::size_t index, const Veil& veil) {
  const FindingRecord& finding = result.report.findings[index];
  const bool named = result.is_named(index);
  json titles = json::array();
  for (const CopyEvidence& copy : finding.copies)
    if (const AssetRecord* asset = result.report.asset(copy.asset)) titles.push_back(asset->title);
  const CopyEvidence* first = finding.copies.empty() ? nullptr : &finding.copies.front();
  return {{"role", finding.role == Role::accused ? "accused" : "lead"},
          {"label", label_of(index)},
          {"copy", named && first != nullptr ? json(first->copy.text()) : json(nullptr)},
          {"issued_at", named && first != nullptr ? json(to_rfc3339(first->issued_ms)) : json(nullptr)},
          {"cells", finding.finding.cells},
          {"agreeing_cells", finding.finding.agreeing_cells},
          {"standard_score", finding.finding.standard_score},
          {"log10_bound", finding.finding.log10_total},
          {"makings", makings_json(finding, named, veil)},
          {"asset_titles", std::move(titles)},
          {"recipient", recipient_json(result, index)}};
}

json plot_json(const std::optional<ScorePlot>& plot) {
  if (!plot) return nullptr;
  return {
      {"decoder", plot->decoder},    {"first_bin", plot->first_bin},         {"bins_per_unit", kBinsPerUnit},
      {"counts", plot->counts},      {"highest_other", plot->highest_other}, {"identified_line", plot->identified_line},
      {"lead_line", plot->lead_line}};
}

json file_json(const TraceResult& result, std::size_t index, const Veil& veil) {
  const LeakFileRecord& file = result.report.files[index];
  const bool aligned = file.asset && file.miss == Miss::none;
  const AssetRecord* asset = file.asset ? result.report.asset(*file.asset) : nullptr;
  json pictures = nullptr;
  json item = nullptr;
  if (index < result.trace.files.size()) {
    const TracePictures& kept = result.trace.files[index].pictures;
    item = result.trace.files[index].item.text();
    if (kept.leak)
      pictures = {{"leak", id_or_null(kept.leak)},
                  {"master", id_or_null(kept.master)},
                  {"master_part", id_or_null(kept.master_part)},
                  {"leak_part", id_or_null(kept.leak_part)}};
  }
  return {{"item", std::move(item)},
          {"name", index < result.items.size() ? result.items[index].name : file.name},
          {"sha256", to_hex(file.sha256)},
          {"aligned", aligned},
          {"miss", miss_name(file.miss)},
          {"done", veil.list(what_was_done(file, Language::en), what_was_done(file, Language::zh))},
          {"asset_title", asset != nullptr ? json(asset->title) : json(nullptr)},
          {"master_width_px", asset != nullptr ? json(asset->size_px.width) : json(nullptr)},
          {"master_height_px", asset != nullptr ? json(asset->size_px.height) : json(nullptr)},
          {"lay", file.asset ? lay_to_json(file.lay) : json(nullptr)},
          {"pictures", std::move(pictures)}};
}

json coverage_json(const TraceResult& result) {
  Coverage none;
  const FindingRecord* leading = result.report.leading();
  if (leading == nullptr || leading->role != Role::accused)
    none.words.push_back({"No copy is identified, so no commitment can be named.", "未认定副本，故无从指明承诺书。"});
  else
    none.words.push_back({"This copy was written to a file and not delivered through the portal.",
                          "该副本以文件形式导出，未经门户交付。"});
  const Coverage& coverage = result.coverage ? *result.coverage : none;
  const bool shown = result.is_named(0);
  json words = json::array();
  for (const Said& sentence : coverage.words) words.push_back({{"en", sentence.en}, {"zh", sentence.zh}});
  return {{"answer", answer_name(coverage.answer)},
          {"words", std::move(words)},
          {"commitment", shown ? id_or_null(coverage.commitment) : json(nullptr)},
          {"commitment_number", shown && coverage.commitment ? json(coverage.commitment_number) : json(nullptr)}};
}

}  // namespace

json to_json(const TraceResult& result) {
  const Report& report = result.report;
  const Veil veil(result);
  const FindingRecord* leading = report.leading();
  json findings = json::array(), files = json::array();
  for (std::size_t i = 0; i < report.findings.size(); ++i) findings.push_back(finding_json(result, i, veil));
  for (std::size_t i = 0; i < report.files.size(); ++i) files.push_back(file_json(result, i, veil));
  return {{"trace", result.trace.id.text()},
          {"created_at", to_rfc3339(result.trace.created_ms)},
          {"outcome", outcome_name(report.outcome)},
          {"title", veil(verdict_title(report.outcome, Language::en), verdict_title(report.outcome, Language::zh))},
          {"verdict", veil(verdict_sentence(report, Language::en), verdict_sentence(report, Language::zh))},
          {"bound", veil(bound_sentence(report, Language::en), bound_sentence(report, Language::zh))},
          {"log10_bound", leading != nullptr ? json(leading->finding.log10_total) : json(nullptr)},
          {"limits", veil.list(what_it_cannot_show(report, Language::en), what_it_cannot_show(report, Language::zh))},
          {"would_change",
           veil.list(what_would_change_it(report, Language::en), what_would_change_it(report, Language::zh))},
          {"masked", result.masked()},
          {"stale", result.stale},
          {"findings", std::move(findings)},
          {"plot", plot_json(report.plot)},
          {"trials",
           {{"candidates", report.trials.candidates},
            {"alignments", report.trials.alignments},
            {"masters", report.trials.masters},
            {"decoders", report.trials.decoders},
            {"passes", report.trials.passes}}},
          {"files", std::move(files)},
          {"coverage", coverage_json(result)},
          {"report",
           {{"json", result.trace.report_json.text()},
            {"html", result.trace.report_html.text()},
            {"readme", result.trace.report_readme.text()},
            {"sha256", to_hex(result.trace.report_sha256)}}}};
}

}  // namespace probity::leaks
