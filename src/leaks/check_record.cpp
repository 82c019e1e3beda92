// The parts of a report that are not about one copy: verdict, trials, files, assets and plot.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "base/encoding.h"
#include "code/bank.h"
#include "code/bound.h"
#include "leaks/check_lines.h"

namespace probity::leaks {
namespace {

std::uint64_t asset_count(const Report& report) { return report.assets.size(); }

// The lines of the plot, from the soft values alone: scores at which a candidate with a copy of every scored asset
// would be a lead or identified.
std::optional<std::pair<double, double>> plot_lines(const Report& report) {
  std::vector<std::vector<float>> soft;
  std::vector<std::vector<std::uint8_t>> thresholds;
  for (const AssetRecord& asset : report.assets) {
    if (!asset.scored) continue;
    soft.push_back(from_steps(asset.soft));
    thresholds.push_back(code::cell_thresholds(asset.law, asset.bias_seed, asset.soft.size()));
  }
  std::vector<code::ChannelView> views;
  for (std::size_t i = 0; i < soft.size(); ++i) views.push_back({soft[i], thresholds[i], nullptr});
  if (views.empty()) return std::nullopt;
  const std::vector<code::Bank> banks = code::decoder_banks(views);
  for (std::size_t d = 0; d < code::decoder_count(); ++d) {
    if (banks.front().decoders[d].name != report.plot->decoder) continue;
    const code::ScoreLaw law = code::score_law(banks, d);
    const auto line = [&](double log10_total) {
      return law.standard_score(law.score_at((log10_total - report.trials.log10_total()) * std::log(10.0)));
    };
    return std::pair{line(code::kIdentifiedLog10), line(code::kLeadLog10)};
  }
  return std::nullopt;
}

int bin_of(double score) { return static_cast<int>(std::floor(static_cast<float>(score) * kBinsPerUnit)); }

std::uint64_t count_in(const ScorePlot& plot, int bin) {
  const int at = bin - plot.first_bin;
  return at < 0 || at >= static_cast<int>(plot.counts.size()) ? 0 : plot.counts[static_cast<std::size_t>(at)];
}

// Everyone not named scored at most `highest_other`, and somebody scored that.
bool highest_other_fits(const Report& report) {
  const ScorePlot& plot = *report.plot;
  if (report.trials.candidates <= report.findings.size()) return plot.highest_other == 0;
  const int bin = bin_of(plot.highest_other);
  std::uint64_t above = 0;
  const int last = plot.first_bin + static_cast<int>(plot.counts.size()) - 1;
  for (int higher = bin + 1; higher <= last; ++higher) above += count_in(plot, higher);
  return count_in(plot, bin) > 0 && above <= report.findings.size();
}

}  // namespace

bool about_equal(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)}); }

bool entry_holds(const copies::RegisterEntry& entry, copies::EntryKind kind, std::string_view payload) {
  return entry.kind == kind && entry.payload == payload && entry.hash == copies::entry_hash(entry);
}

void check_verdict(const Report& report, CheckLines& lines) {
  const bool lead =
      std::ranges::any_of(report.findings, [](const FindingRecord& finding) { return finding.role == Role::lead; });
  const bool sure = std::ranges::any_of(
      report.files, [](const LeakFileRecord& file) { return file.miss == Miss::none && is_sure(file.lay); });
  const Outcome expected = report.accused_count() > 0 ? Outcome::identified
                           : lead                     ? Outcome::lead
                           : sure                     ? Outcome::no_match
                                                      : Outcome::does_not_align;
  const std::string title = verdict_title(expected, lines.language());
  lines.add(expected == report.outcome,
            lines.say("The verdict follows from what was found: {}.", "结论与所得结果一致：{}。", title));
}

void check_trials(const Report& report, CheckLines& lines) {
  const code::Trials& trials = report.trials;
  if (report.assets.empty()) {
    lines.add(report.findings.empty() && !report.plot, lines.say("No copy was compared.", "没有与任何副本进行比对。"));
    return;
  }
  std::uint64_t masters = 1;
  for (const LeakFileRecord& file : report.files) masters *= std::max<std::uint64_t>(1, file.masters_passed);
  std::uint64_t most = 0, sum = 0;
  for (const AssetRecord& asset : report.assets) {
    if (asset.scored) most = std::max(most, asset.copies);
    if (asset.scored) sum += asset.copies;
  }
  const std::uint64_t readings = asset_count(report) > 1 ? asset_count(report) + 1 : 1;
  const bool right = trials.decoders == code::decoder_count() && trials.passes == code::kMaxAccused &&
                     trials.masters == masters && trials.alignments == readings && trials.candidates >= most &&
                     trials.candidates <= sum;
  const std::string total =
      number_in_words(static_cast<std::uint64_t>(std::llround(std::pow(10.0, trials.log10_total()))));
  lines.add(right,
            lines.say("All that was tried is counted in the bound: {} trials.", "全部尝试均已计入：共 {} 次。", total));
}

void check_files(const Report& report, CheckLines& lines) {
  std::set<Id> seen;
  bool right = !report.files.empty();
  for (const LeakFileRecord& file : report.files) {
    const bool laid = file.miss == Miss::none || file.miss == Miss::unsure;
    right = right && file.asset.has_value() == laid && (file.miss != Miss::unsure || report.findings.empty()) &&
            file.asset.has_value() == (file.masters_passed > 0) && file.masters_passed <= file.masters_tried;
    if (!file.asset) continue;
    seen.insert(*file.asset);
    const AssetRecord* asset = report.asset(*file.asset);
    right = right && asset != nullptr && file.lay.cells_seen >= 0 &&
            static_cast<std::size_t>(file.lay.cells_seen) <= asset->soft.size();
  }
  const bool every_asset = seen.size() == report.assets.size();
  lines.add(right && every_asset, lines.say("Every leaked file is accounted for, and every asset was seen in one.",
                                            "每个泄露文件与每张母版均有对应。"));
}

void check_asset(const AssetRecord& asset, CheckLines& lines) {
  const auto payload = nlohmann::json::parse(asset.entry.payload, nullptr, false);
  bool holds = payload.is_object() && asset.entry.kind == copies::EntryKind::asset_added &&
               asset.entry.hash == copies::entry_hash(asset.entry);
  const auto says = [&](const char* name, const nlohmann::json& value) {
    const auto found = payload.find(name);
    return found != payload.end() && *found == value;
  };
  holds = holds && says("asset", asset.id.text()) && says("bias_seed", to_hex(asset.bias_seed)) &&
          says("law", static_cast<int>(asset.law)) && says("cells", asset.soft.size());
  const std::uint64_t sequence = asset.entry.sequence;
  lines.add(holds,
            lines.say("Register entry {} fixed the code of “{}” (law, bias seed, number of cells) beforehand.",
                      "登记册第 {} 条事先确定了《{}》的编码（规律、偏置种子、单元数）。", sequence, asset.title));
}

void check_plot(const Report& report, CheckLines& lines) {
  if (!report.plot) {
    const bool right = report.trials.candidates == 0 || report.assets.empty();
    lines.add(right, lines.say("There are no scores to plot.", "没有可绘制的得分。"));
    return;
  }
  const ScorePlot& plot = *report.plot;
  const std::uint64_t total = std::accumulate(plot.counts.begin(), plot.counts.end(), std::uint64_t{0});
  bool right = total == report.trials.candidates && highest_other_fits(report);
  for (const FindingRecord& record : report.findings) {
    if (&record == report.leading()) right = right && record.finding.decoder == plot.decoder;
    if (record.finding.pass == 1 && record.finding.decoder == plot.decoder)
      right = right && count_in(plot, bin_of(record.finding.standard_score)) > 0;
  }
  const std::string count = number_in_words(total);
  lines.add(right, lines.say("The plot holds the scores of all {} copies.", "分布图包含全部 {} 份副本的得分。", count));
  const auto drawn = plot_lines(report);
  lines.add(
      drawn && about_equal(drawn->first, plot.identified_line) && about_equal(drawn->second, plot.lead_line),
      lines.say("Its threshold lines, worked out again, are where they are drawn.", "重新计算的门槛线与图中一致。"));
}

}  // namespace probity::leaks
