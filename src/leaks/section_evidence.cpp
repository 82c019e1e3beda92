// The rest of the report page: the scores, the arithmetic, the limits, and how to check all of it.
#include <algorithm>
#include <cmath>

#include "base/encoding.h"
#include "leaks/report_json.h"
#include "leaks/report_sections.h"
#include "leaks/score_plot.h"

namespace probity::leaks {
namespace {

constexpr PlotShape kWide{760, 310};
constexpr PlotShape kNarrow{350, 300};

// 10^log10_value as "3.9 × 10<sup>−29</sup>", rounded up.
std::string power_of_ten(double log10_value) {
  if (log10_value > -1e-12) return "1";
  double power = std::floor(log10_value);
  double digits = std::ceil(std::pow(10.0, log10_value - power) * 10 - 1e-6) / 10;
  if (digits >= 10) {
    digits = 1;
    power += 1;
  }
  return fmt::format("{:.1f} × 10<sup>−{:.0f}</sup>", digits, -power);
}

std::string ledger_row(const std::string& name, const std::string& note, const std::string& value, bool sum = false) {
  const std::string small = note.empty() ? std::string() : "<small>" + note + "</small>";
  return fmt::format("<tr{}><td>{}{}</td><td>{}</td></tr>\n", sum ? " class=\"sum\"" : "", name, small, value);
}

std::string ledger(const Report& report, const FindingRecord& record, const Say& say) {
  const code::Trials& trials = report.trials;
  const auto times = [](std::uint64_t factor) { return "× " + number_in_words(factor); };
  const bool accused = record.role == Role::accused;
  const double limit = accused ? code::kIdentifiedLog10 : code::kLeadLog10;
  const std::string nearly = power_of_ten(record.finding.log10_lugannani_rice);
  std::string rows;
  rows += ledger_row(say("One innocent copy scores at least this", "一份无辜副本达到该得分的概率"),
                     say("Chernoff bound; the near-exact figure is {}", "切尔诺夫上界；近似精确值为 {}", nearly),
                     power_of_ten(record.finding.log10_single));
  rows += ledger_row(say("copies compared", "比对的副本数"), {}, times(trials.candidates));
  rows += ledger_row(say("ways of reading the leaked files together", "合并解读泄露文件的方式"), {},
                     times(trials.alignments));
  rows += ledger_row(say("masters it was laid over", "对齐过的母版数"), {}, times(trials.masters));
  rows += ledger_row(say("ways of scoring", "评分方法数"), {}, times(trials.decoders));
  rows += ledger_row(say("passes (for mixtures of copies)", "轮次（针对混合副本）"), {}, times(trials.passes));
  rows += ledger_row(say("Chance that any innocent copy scores so", "任何一份无辜副本如此得分的概率"),
                     chance_in_words(record.finding.log10_total, say.language()),
                     power_of_ten(record.finding.log10_total), true);
  rows += ledger_row(accused ? say("At most this is needed to name a copy", "认定副本的要求不超过")
                             : say("At most this is needed for a lead; to name a copy, 1.0 × 10<sup>−9</sup>",
                                   "线索的要求不超过（认定为 1.0 × 10<sup>−9</sup>）"),
                     {}, power_of_ten(limit));
  return element("table", "ledger", rows);
}

std::string finding_steps(const FindingRecord& record, const Say& say) {
  const code::Finding& finding = record.finding;
  const std::string cells = number_in_words(finding.cells);
  const std::string agreeing = number_in_words(finding.agreeing_cells);
  const double share =
      finding.cells == 0 ? 0 : 100.0 * static_cast<double>(finding.agreeing_cells) / static_cast<double>(finding.cells);
  const std::string score = number_in_words(static_cast<std::uint64_t>(std::max<std::int64_t>(0, finding.score)));
  const std::string maximum = number_in_words(static_cast<std::uint64_t>(std::max<std::int64_t>(0, finding.maximum)));
  const double above = finding.standard_score;
  return say(
      "In {} cells the leak shows something. This copy agrees with it in {} of them ({:.1f} %). Surer cells count "
      "more: its score is {} of at most {}, which is {:.1f} standard deviations above what an innocent copy "
      "scores on average.",
      "泄露图片在 {} 个单元中有读数，该副本与其中 {} 个相符（{:.1f} %）。越可靠的单元权重越大：得分 {}（最高 "
      "{}），比无辜副本的平均得分高 "
      "{:.1f} 个标准差。",
      cells, agreeing, share, score, maximum, above);
}

std::string names_of_copies(const Report& report, const FindingRecord& finding, const CopyEvidence& copy) {
  const AssetRecord* asset = report.asset(copy.asset);
  return escape_html(recipient_in_words(finding)) + " · " + escape_html(asset == nullptr ? "" : asset->title);
}

std::string makings_table(const CopyEvidence& copy, const Say& say) {
  std::string rows = "<tr><th>" + say("When", "时间") + "</th><th>" + say("What for", "用途") + "</th><th>" +
                     say("By", "操作者") + "</th><th>" + say("Register entry", "登记条目") + "</th></tr>\n";
  for (const MakingEvidence& evidence : copy.makings) {
    const copies::Making& making = evidence.making;
    rows += "<tr><td>" + escape_html(time_in_words(making.made_ms, say.language())) + "</td><td>" +
            purpose_in_words(making.purpose, say.language()) + "</td><td>" + escape_html(making.operator_name) +
            "</td><td>" + std::to_string(making.register_sequence) + "</td></tr>\n";
  }
  return "<div class=\"scroll\">" + element("table", "", rows) + "</div>";
}

std::string file_hashes(const Report& report, const Say& say) {
  std::string rows = "<tr><th>" + say("Leaked file", "泄露文件") + "</th><th>SHA-256</th></tr>\n";
  for (const LeakFileRecord& file : report.files)
    rows += "<tr><td>" + escape_html(file.name) + "</td><td class=\"hash\">" + to_hex(file.sha256) + "</td></tr>\n";
  return element("table", "", rows);
}

std::string alignment_details(const Lay& lay, const Say& say) {
  const double agreement = lay.structure_agreement;
  const std::string method = lay.method == "features"
                                 ? say("features ({} matching points)", "特征点（{} 对匹配）", lay.inliers)
                             : lay.method == "lattice" ? say("the grid of the mark's own cells", "标记自身的单元网格")
                                                       : say("correlation of coarse detail", "粗略细节的相关性");
  return "<p><small>" +
         say("Laid over the master by {}; the pictures agree to {:.2f} (1 is perfect).",
             "通过{}与母版对齐；图像一致度 {:.2f}（1 为完全一致）。", method, agreement) +
         "</small></p>";
}

}  // namespace

std::string plot_section(const Report& report, const Say& say) {
  if (!report.plot) return {};
  const std::string count = number_in_words(report.trials.candidates);
  const double highest = report.plot->highest_other;
  const bool others = report.trials.candidates > report.findings.size();
  std::string wide = score_plot_svg(report, kWide, say.language());
  std::string narrow = score_plot_svg(report, kNarrow, say.language());
  wide.replace(wide.find("\"plot\""), 6, "\"plot wide\"");
  narrow.replace(narrow.find("\"plot\""), 6, "\"plot narrow\"");
  std::string html = element("h2", "", say("All {} copies, scored", "全部 {} 份副本的得分", count)) + wide + narrow;
  std::string words =
      say("Each copy's code was compared with what the leak shows. Copies that took no part score around "
          "0, by chance alone.",
          "每份副本的编码都与泄露图片的读数进行了比对。与泄露无关的副本得分在 0 附近，纯属偶然。");
  if (others)
    words += say(" The highest of those not named scored {:.1f}.", "未被指认的副本最高得分为 {:.1f}。", highest);
  return element("section", "", html + element("p", "", words));
}

std::string arithmetic_section(const Report& report, const Say& say) {
  if (report.findings.empty()) return {};
  std::string html = element("h2", "", say("The arithmetic", "计算过程"));
  html +=
      element("p", "",
              say("Every copy carries its own secret random code, fixed before it was sent. The leak was laid over the "
                  "unmarked master and its code read without looking at any copy. Whatever was done to the leak, a "
                  "copy that took no part can agree with it only by chance, and that chance is known exactly.",
                  "每份副本都带有各自的秘密随机编码，在发出之前就已确定。读取泄露图片的编码时只使用未加标记的母版，不参"
                  "看任何副本。无论泄露图片"
                  "经过怎样的处理，与之无关的副本只可能偶然相符，而这种偶然的概率是可以精确计算的。"));
  for (const FindingRecord& record : report.findings) {
    const std::string who = escape_html(recipient_in_words(record));
    if (report.findings.size() > 1) html += element("h3", "", who);
    html += element("p", "", finding_steps(record, say)) + ledger(report, record, say);
  }
  return element("section", "", html);
}

std::string damage_section(const Report& report, const Say& say) {
  std::string html = element("h2", "", say("What was done to the leak", "泄露图片经过的处理"));
  for (const LeakFileRecord& file : report.files) {
    if (report.files.size() > 1) html += element("h3", "", escape_html(file.name));
    html += bullet_list(what_was_done(file, say.language()));
    if (file.miss == Miss::none) html += alignment_details(file.lay, say);
  }
  return element("section", "", html);
}

std::string limits_section(const Report& report, const Say& say) {
  std::string html = element("h2", "", say("What this does not show", "本报告不能说明的"));
  html += bullet_list(what_it_cannot_show(report, say.language()));
  html += element("h3", "", say("What would change the answer", "哪些情况会改变结论"));
  html += bullet_list(what_would_change_it(report, say.language()));
  return element("section", "", html);
}

std::string makings_section(const Report& report, const Say& say) {
  if (report.findings.empty()) return {};
  std::string html = element("h2", "", say("Each time these bytes were made", "该副本的每次制作"));
  for (const FindingRecord& finding : report.findings) {
    for (const CopyEvidence& copy : finding.copies)
      html += element("h3", "", names_of_copies(report, finding, copy)) + makings_table(copy, say);
  }
  return element("section", "", html);
}

std::string check_section(const Report& report, const Say& say) {
  std::string html = element("h2", "", say("Check it yourself", "自行核对"));
  const std::string opened = report.findings.empty()
                                 ? std::string()
                                 : say(" and opens the named copy's secret code", "，并公开了被指认副本的秘密编码");
  html += element(
      "p", "",
      say("Beside this page lies <code>report.json</code>. It holds what was read from the leak{}. From it "
          "alone anyone can work the verdict out again:",
          "本页旁的 <code>report.json</code> 包含从泄露图片读出的内容{}。任何人仅凭它即可重新推算结论：", opened));
  html += "<pre><code>probity report check " + say("FOLDER", "文件夹") + "</code></pre>\n";
  html += element("p", "",
                  say("Compare the leaked file with the one that was traced by its SHA-256 "
                      "(<code>sha256sum FILE</code>):",
                      "请用 SHA-256（<code>sha256sum 文件</code>）核对泄露文件与被溯源的文件是否一致："));
  html += "<div class=\"scroll\">" + file_hashes(report, say) + "</div>";
  for (const FindingRecord& finding : report.findings) {
    for (const CopyEvidence& copy : finding.copies) {
      const std::uint64_t sequence = copy.entry.sequence;
      html += element("p", "",
                      "<br>" +
                          say("The code of copy {} was committed to in register entry {}, whose hash is",
                              "副本 {} 的编码在登记册第 {} 条中作出承诺，其哈希为", copy.copy.text(), sequence) +
                          " <span class=\"hash\">" + to_hex(copy.entry.hash) + "</span>");
    }
  }
  return element("section", "", html);
}

}  // namespace probity::leaks
