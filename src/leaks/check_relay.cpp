#include "leaks/check_relay.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "code/observation.h"
#include "leaks/check_lines.h"
#include "leaks/report_json.h"
#include "trace/reading.h"

namespace probity::leaks {
namespace {

// Two readings of one file on different computers agree nearly everywhere.
constexpr double kLeastAgreement = 0.9;

struct Reread {
  std::vector<std::vector<float>> soft;  // one a file
  bool whole = true;                     // every file that shows the asset was read
};

// The soft values of the files that show an asset, read again; what cannot be read is told.
Reread read_files(const Report& report, const Id& asset, std::span<const LeakFile> files,
                  const trace::Reference& reference, CheckLines& lines) {
  Reread reread;
  for (const LeakFileRecord& record : report.files) {
    if (record.asset != asset) continue;
    const auto file = std::ranges::find(files, record.sha256, &LeakFile::sha256);
    if (file == files.end()) {
      reread.whole = false;
      lines.state(lines.say("The leaked file “{}” is not in the package.", "证据包中没有泄露文件“{}”。", record.name));
      continue;
    }
    trace::PreparedLeak leak(file->picture.empty() ? trace::LeakPicture(file->luma)
                                                   : trace::leak_picture(file->picture));
    const auto read = trace::read_leak(leak, reference);
    if (!read) {
      reread.whole = false;
      lines.add(false, lines.say("“{}” does not lie over the master in the package.", "“{}”与证据包中的母版不能对齐。",
                                 record.name));
      continue;
    }
    reread.soft.push_back(read->observation.soft);
  }
  return reread;
}

// Correlation over the cells that either reading saw.
double agreement(std::span<const std::int8_t> a, std::span<const std::int8_t> b) {
  if (a.size() != b.size()) return 0;
  double products = 0, squares_a = 0, squares_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    products += double{1} * a[i] * b[i];
    squares_a += double{1} * a[i] * a[i];
    squares_b += double{1} * b[i] * b[i];
  }
  return squares_a == 0 || squares_b == 0 ? 0 : products / std::sqrt(squares_a * squares_b);
}

// Replaces the asset's soft values by those of this reading. False when there was nothing to read them from.
bool reread_asset(Report& report, AssetRecord& asset, std::span<const LeakFile> files, const References& references,
                  CheckLines& lines) {
  const auto reference = references.find(asset.id);
  if (reference == references.end()) {
    lines.state(lines.say("The master of “{}” is not in the package.", "证据包中没有“{}”的母版。", asset.title));
    return false;
  }
  const Reread reread = read_files(report, asset.id, files, reference->second, lines);
  const auto combined = code::combine(reread.soft);
  if (reread.soft.empty() || !reread.whole || !combined) return false;
  const std::vector<std::int8_t> soft = to_steps(*combined);
  const double same = agreement(asset.soft, soft);
  const int percent = static_cast<int>(std::lround(same * 100));
  lines.add(same >= kLeastAgreement,
            lines.say("Laid over “{}” and read again: the cells say what the report says ({} % alike).",
                      "与“{}”重新对齐并读取：各单元读数与报告一致（相似度 {}%）。", asset.title, percent));
  asset.soft = soft;
  return true;
}

void check_named(const Report& reread, const FindingRecord& record, CheckLines& lines) {
  const auto found = code::recompute(evidence_channels(reread, record), reread.trials, record.finding.pass);
  if (!found) {
    lines.add(false, lines.say("The score cannot be recomputed: {}", "无法重新计算得分：{}", found.error().message));
    return;
  }
  const double limit = record.role == Role::accused ? code::kIdentifiedLog10 : code::kLeadLog10;
  const std::size_t agreeing = found->agreeing_cells;
  const std::size_t cells = found->cells;
  const std::string chance = chance_in_words(found->log10_total, lines.language());
  lines.add(
      found->log10_total <= limit,
      lines.say("From that reading alone {} of {} cells agree with the opened copy; an innocent one scores so with a "
                "chance of less than {}.",
                "仅凭此次读取，{1} 个单元中 {0} 个与所公开的副本相符；无辜副本得此分的概率低于 {2}。", agreeing, cells,
                chance));
}

}  // namespace

Result<std::vector<CheckLine>> check_relay(BytesView report_json, std::span<const LeakFile> files,
                                           const References& references, Language language) {
  const auto json = nlohmann::json::parse(report_json.begin(), report_json.end(), nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return fail(ErrorCode::corrupt, "report.json is not JSON");
  TRY_ASSIGN(const StoredReport stored, parse_report(json));
  CheckLines lines(language);
  Report reread = stored.report;
  bool complete = true;
  for (AssetRecord& asset : reread.assets)
    if (asset.scored) complete = reread_asset(reread, asset, files, references, lines) && complete;
  if (complete)
    for (const FindingRecord& record : reread.findings) check_named(reread, record, lines);
  return lines.take();
}

}  // namespace probity::leaks
