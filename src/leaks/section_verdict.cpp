// The top of the report page: the verdict, its bound, and the pictures it is about.
#include <algorithm>

#include "leaks/report_sections.h"

namespace probity::leaks {
namespace {

std::string fact(const std::string& name, const std::string& value) {
  return "<div>" + element("dt", "", escape_html(name)) + element("dd", "", value) + "</div>\n";
}

std::string copy_facts(const FindingRecord& finding, const Say& say) {
  std::string facts;
  for (const CopyEvidence& copy : finding.copies) {
    const std::string issued = time_in_words(copy.issued_ms, say.language());
    facts += fact(say("Issued to", "收件人"),
                  finding.masked() ? say("masked until a second person agrees to name them", "须经第二人同意后公开")
                                   : escape_html(recipient_in_words(finding)));
    facts += fact(say("Issued on", "发出时间"), escape_html(issued));
    facts += fact(say("Copy", "副本编号"), "<code>" + copy.copy.text() + "</code>");
  }
  return facts;
}

std::string facts_list(const Report& report, const Say& say) {
  std::string facts;
  for (const FindingRecord& finding : report.findings) facts += copy_facts(finding, say);
  for (const AssetRecord& asset : report.assets) {
    if (report.outcome == Outcome::does_not_align) break;
    const int width = asset.size_px.width;
    const int height = asset.size_px.height;
    facts += fact(say("Master", "母版"), escape_html(asset.title) + "<br><small>" +
                                             say("{} × {} px", "{} × {} 像素", width, height) + "</small>");
  }
  if (!report.assets.empty()) {
    const std::string count = number_in_words(report.trials.candidates);
    facts += fact(say("Compared with", "比对范围"), say("{} copies", "{} 份副本", count));
  }
  if (const FindingRecord* leading = report.leading()) {
    const std::string agreeing = number_in_words(leading->finding.agreeing_cells);
    const std::string cells = number_in_words(leading->finding.cells);
    facts += fact(say("Code cells that agree", "相符的编码单元"), say("{} of {}", "{0}（共 {1}）", agreeing, cells));
  }
  return facts.empty() ? std::string() : element("dl", "facts", facts);
}

std::string bound_block(const Report& report, const Say& say) {
  const std::string sentence = escape_html(bound_sentence(report, say.language()));
  if (report.findings.empty()) return element("p", "", sentence);
  double weakest = -1e300;
  for (const FindingRecord& finding : report.findings)
    if (finding.role == report.findings.front().role) weakest = std::max(weakest, finding.finding.log10_total);
  const std::string chance = chance_in_words(weakest, say.language());
  return "<div class=\"bound\"><div><small>" + say("chance of a false match: less than", "误指概率低于") +
         "</small><b>" + escape_html(chance) + "</b></div>" + element("p", "", sentence) + "</div>\n";
}

// The master with everything dimmed that the leak does not show.
Result<std::string> outlined_master(const LeakFileRecord& file, const AssetRecord& asset, const FilePictures& pictures,
                                    const std::string& alt) {
  const bool tall = pictures.master.rows > pictures.master.cols;
  TRY_ASSIGN(const std::string picture, picture_element(pictures.master, alt, tall ? "tall" : ""));
  std::string points;
  std::string hole;
  for (const cv::Point2d& point : file.lay.outline) {
    points += fmt::format("{:.1f},{:.1f} ", point.x, point.y);
    hole += fmt::format("{}{:.1f} {:.1f}", hole.empty() ? "M" : "L", point.x, point.y);
  }
  const int width = asset.size_px.width;
  const int height = asset.size_px.height;
  return fmt::format(
      "<div class=\"on-master\">{0}<svg viewBox=\"0 0 {1} {2}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
      "<path fill-rule=\"evenodd\" d=\"M0 0H{1}V{2}H0Z{3}Z\"/><polygon points=\"{4}\"/></svg></div>",
      picture, width, height, hole, points);
}

Result<std::string> compare_slider(const FilePictures& pictures, const std::string& name, const Say& say) {
  const std::string master_alt = say("The part of the master that {} shows.", "{} 所对应的母版部分。", name);
  const std::string leak_alt = say("{} laid over the same part of the master.", "叠放在母版同一部分上的 {}。", name);
  TRY_ASSIGN(const std::string master, picture_element(pictures.master_part, master_alt));
  TRY_ASSIGN(const std::string leak, picture_element(pictures.leak_part, leak_alt, "over"));
  return "<figure><div class=\"compare\">" + master + leak + "<span class=\"edge\"></span><span class=\"tag left\">" +
         say("Leak", "泄露图片") + "</span><span class=\"tag right\">" + say("Master", "母版") +
         "</span><input type=\"range\" min=\"0\" max=\"100\" value=\"50\" aria-label=\"" +
         say("Share of the leak that is shown over the master", "泄露图片在母版上的显示比例") +
         "\"></div><figcaption>" +
         say("The leak laid over the master. Drag across the picture, or focus it and use the arrow keys.",
             "叠放在母版上的泄露图片。可在图上拖动，或选中后使用方向键。") +
         "</figcaption></figure>\n";
}

Result<std::string> picture_section(const LeakFileRecord& file, const AssetRecord& asset, const FilePictures& pictures,
                                    const Say& say) {
  const std::string leak_alt = say("The leaked picture {}, as it was found.", "发现时的泄露图片 {}。", file.name);
  const std::string master_alt =
      say("The master {}, with what the leak shows outlined.", "母版《{}》，标出了泄露图片所示部分。", asset.title);
  const bool tall = pictures.leak.rows > pictures.leak.cols;
  TRY_ASSIGN(const std::string leak, picture_element(pictures.leak, leak_alt, tall ? "tall" : ""));
  TRY_ASSIGN(const std::string master, outlined_master(file, asset, pictures, master_alt));
  TRY_ASSIGN(const std::string slider, compare_slider(pictures, file.name, say));
  std::string html = element("h2", "", say("Leak and master: {}", "泄露图片与母版：{}", escape_html(file.name)));
  html += "<div class=\"pair\"><figure>" + leak + "<figcaption>" + say("As it was found", "发现时的样子") +
          "</figcaption></figure><figure>" + master + "<figcaption>" +
          say("What it shows of the master “{}”", "在母版《{}》中的位置", escape_html(asset.title)) +
          "</figcaption></figure></div>\n";
  return element("section", "pictures", html + slider);
}

}  // namespace

std::string verdict_section(const Report& report, const Say& say) {
  const Language language = say.language();
  std::string html = element("p", "badge", escape_html(verdict_title(report.outcome, language)));
  html += element("h1", "", escape_html(verdict_sentence(report, language)));
  html += bound_block(report, say);
  if (report.outcome == Outcome::identified) {
    html +=
        element("p", "notice",
                say("<strong>A copy, not a person.</strong> This says which copy the picture was made from. It does "
                    "not say who passed it on.",
                    "<strong>指认的是副本，不是人。</strong>本报告说明图片出自哪份副本，不说明是谁传出去的。"));
  }
  if (report.outcome == Outcome::lead) {
    html +=
        element("p", "notice",
                say("<strong>A reason to look further, no more.</strong> This does not say that the picture was made "
                    "from this copy, and nothing about any person.",
                    "<strong>仅供继续调查。</strong>本报告不能说明图片出自这份副本，更不针对任何人。"));
  }
  return element("section", "verdict", html + facts_list(report, say));
}

Result<std::string> picture_sections(const Investigation& investigation, const Say& say) {
  std::string html;
  for (std::size_t i = 0; i < investigation.pictures.size(); ++i) {
    const LeakFileRecord& file = investigation.report.files[i];
    const FilePictures& pictures = investigation.pictures[i];
    const AssetRecord* asset = file.asset ? investigation.report.asset(*file.asset) : nullptr;
    if (asset == nullptr || pictures.leak.empty()) continue;
    TRY_ASSIGN(const std::string section, picture_section(file, *asset, pictures, say));
    html += section;
  }
  return html;
}

}  // namespace probity::leaks
