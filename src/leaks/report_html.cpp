#include "leaks/report_html.h"

#include "base/encoding.h"
#include "leaks/report_json.h"
#include "leaks/report_sections.h"

namespace probity::leaks {
namespace {

std::string head(const Report& report, const Say& say) {
  const std::string title = verdict_sentence(report, say.language());
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{}</style>\n</head>\n",
      say("en", "zh-Hans"), escape_html(title), report_style());
}

std::string top(const Report& report, const Say& say) {
  const std::string when = time_in_words(report.created_ms, say.language());
  return "<header class=\"top\"><b>Probity</b><span>" + say("Trace report", "溯源报告") + "</span><span>" +
         escape_html(when) + "</span></header>\n";
}

std::string foot(const Report& report, const Say& say) {
  const std::string digest = to_hex(report_digest(report));
  return "<footer>" + escape_html(report.software) + " · " + say("digest of this report", "报告摘要") +
         " <span class=\"hash\">" + digest + "</span></footer>\n";
}

}  // namespace

Result<std::string> report_html(const Investigation& investigation, Language language) {
  const Say say(language);
  const Report& report = investigation.report;
  TRY_ASSIGN(const std::string pictures, picture_sections(investigation, say));
  const bool named = report.outcome == Outcome::identified || report.outcome == Outcome::lead;
  std::string html = head(report, say);
  html += fmt::format("<body class=\"{}\">\n", named ? outcome_name(report.outcome) : "quiet");
  html += top(report, say) + "<main>\n";
  html += verdict_section(report, say) + pictures + plot_section(report, say) + arithmetic_section(report, say) +
          damage_section(report, say) + limits_section(report, say) + makings_section(report, say) +
          check_section(report, say);
  html += "</main>\n" + foot(report, say);
  html += fmt::format("<script>\n{}</script>\n</body>\n</html>\n", report_script());
  return html;
}

}  // namespace probity::leaks
