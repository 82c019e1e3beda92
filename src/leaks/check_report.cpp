#include "leaks/check_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "leaks/check_lines.h"
#include "leaks/report_json.h"

namespace probity::leaks {
namespace {

using Json = nlohmann::json;

// The fields of `stated` that differ from `expected`, as paths: "/words/en/verdict".
void differences(const Json& expected, const Json& stated, const std::string& path, std::vector<std::string>& found) {
  if (expected.is_object() && stated.is_object()) {
    for (const auto& [key, value] : stated.items()) {
      const std::string below = path + "/" + key;
      if (!expected.contains(key)) {
        found.push_back(below);
      } else {
        differences(expected.at(key), value, below, found);
      }
    }
    return;
  }
  if (expected.is_array() && stated.is_array() && expected.size() == stated.size()) {
    for (std::size_t i = 0; i < stated.size(); ++i)
      differences(expected[i], stated[i], path + "/" + std::to_string(i), found);
    return;
  }
  if (expected != stated) found.push_back(path);
}

// What follows from the record (summary, words, dates in text) must be what the record gives.
void check_derived(const Json& record, const Report& report, CheckLines& lines) {
  std::vector<std::string> found;
  differences(record_to_json(report), record, "", found);
  if (found.empty()) {
    lines.add(true,
              lines.say("Verdict, names and sentences follow from the numbers.", "结论、名称与文字均与数据一致。"));
    return;
  }
  for (const std::string& path : found)
    lines.add(false, lines.say("The field {} does not follow from the rest.", "字段 {} 与其余内容不符。", path));
}

void check_digest(const Json& record, const Hash& digest, CheckLines& lines) {
  const std::string short_form = to_hex(digest).substr(0, 16);
  lines.add(sha256(as_bytes(record.dump())) == digest,
            lines.say("The digest {}… is of this record: no field was changed since it was written.",
                      "摘要 {}… 与记录相符：写成之后没有任何字段被改动。", short_form));
}

void check_folder(const StoredReport& stored, const FolderFiles& folder, CheckLines& lines) {
  for (const auto& [name, hash] : stored.folder) {
    const auto file = folder.find(name);
    if (file == folder.end()) {
      lines.add(false, lines.say("{} is missing from the folder.", "文件夹中缺少 {}。", name));
      continue;
    }
    lines.add(sha256(file->second) == hash,
              lines.say("{} is the file that was written with this report.", "{} 与本报告生成时一致。", name));
  }
  for (const LeakFileRecord& leak : stored.report.files) {
    const bool held = std::ranges::any_of(folder, [&](const auto& item) { return sha256(item.second) == leak.sha256; });
    if (held) continue;
    lines.state(lines.say("The leaked file “{}” is not in the folder; compare its SHA-256 with the report's.",
                          "泄露文件“{}”不在文件夹中；请将其 SHA-256 与报告核对。", leak.name));
  }
}

// An evidence package holds what of the master the leak needs; from that it is read again (check_relay.h).
bool has_masters(const FolderFiles& folder) {
  return std::ranges::any_of(folder, [](const auto& item) { return item.first.starts_with("master/"); });
}

void state_limits(const Report& report, const FolderFiles& folder, CheckLines& lines) {
  if (!report.assets.empty() && !has_masters(folder)) {
    lines.state(
        lines.say("How the leak lies over the master and what its cells say needs the master: trace it again "
                  "where the master is kept.",
                  "泄露图片如何与母版对齐、编码单元读数如何，需要母版才能核实：请在保存母版之处重新溯源。"));
  }
  if (!report.findings.empty()) {
    lines.state(
        lines.say("That the entries stand in the register's chain needs the register: `probity register verify` "
                  "against a head noted earlier.",
                  "登记条目是否在登记链中需要登记册：请用 `probity register verify` 与先前记下的链首核对。"));
  }
}

}  // namespace

bool ReportCheck::holds() const {
  return std::ranges::none_of(lines, [](const CheckLine& line) { return line.mark == CheckMark::wrong; });
}

Result<ReportCheck> check_report(BytesView report_json, const FolderFiles& folder, Language language) {
  Json json = Json::parse(report_json.begin(), report_json.end(), nullptr, false);
  if (json.is_discarded()) return fail(ErrorCode::corrupt, "report.json is not JSON", "was it cut off while copying?");
  TRY_ASSIGN(const StoredReport stored, parse_report(json));
  Json record = std::move(json);
  record.erase("digest");
  record.erase("folder");
  const Report& report = stored.report;
  CheckLines lines(language);
  check_digest(record, stored.digest, lines);
  check_derived(record, report, lines);
  for (const AssetRecord& asset : report.assets) check_asset(asset, lines);
  for (std::size_t i = 0; i < report.findings.size(); ++i) check_finding(report, report.findings[i], i + 1, lines);
  check_verdict(report, lines);
  check_trials(report, lines);
  check_files(report, lines);
  check_plot(report, lines);
  check_folder(stored, folder, lines);
  state_limits(report, folder, lines);
  return ReportCheck{lines.take(), report.outcome};
}

}  // namespace probity::leaks
