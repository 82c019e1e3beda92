#include "leaks/report_folder.h"

#include "leaks/report_html.h"
#include "leaks/report_json.h"

namespace probity::leaks {
namespace {

Bytes bytes_of(std::string_view text) {
  const BytesView view = as_bytes(text);
  return {view.begin(), view.end()};
}

std::string readme(const Report& report, const Say& say) {
  const std::string verdict = verdict_sentence(report, say.language());
  const std::string bound = bound_sentence(report, say.language());
  return say(
      "{}\n{}\n\n"
      "report.html  the report for people; opens in any browser, without a network\n"
      "report.json  the same as data, with everything needed to work the verdict out again\n"
      "README.txt   this text\n\n"
      "To check it, on any machine that has probity:\n"
      "    probity report check FOLDER\n\n"
      "The leaked files are not in this folder. report.json holds their SHA-256.\n"
      "The report opens the named copy's secret code, so show it only to those who need to check it.\n",
      "{}\n{}\n\n"
      "report.html  供人阅读的报告；任何浏览器均可打开，无需联网\n"
      "report.json  同一报告的数据，包含重新推算结论所需的一切\n"
      "README.txt   本说明\n\n"
      "在任何装有 probity 的机器上核对：\n"
      "    probity report check 文件夹\n\n"
      "泄露文件不在本文件夹中，其 SHA-256 记于 report.json。\n"
      "报告公开了被指认副本的秘密编码，请只交给需要核对的人。\n",
      verdict, bound);
}

}  // namespace

Result<FolderFiles> render_report(const Investigation& investigation, Language language) {
  FolderFiles files;
  TRY_ASSIGN(const std::string html, report_html(investigation, language));
  files[kReportHtmlName] = bytes_of(html);
  files[kReportReadmeName] = bytes_of(readme(investigation.report, Say(language)));
  FolderHashes hashes;
  for (const auto& [name, bytes] : files) hashes[name] = sha256(bytes);
  files[kReportJsonName] = bytes_of(report_json(investigation.report, hashes));
  return files;
}

}  // namespace probity::leaks
