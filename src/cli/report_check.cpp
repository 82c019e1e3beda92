// probity report check: recompute a verdict from its report alone.
#include "leaks/report_folder.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostFileBytes = std::size_t{256} << 20;

Result<leaks::ReportCheck> check(const std::string& folder, Language language) {
  namespace fs = std::filesystem;
  leaks::FolderFiles files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file()) continue;
    TRY_ASSIGN(files[entry->path().filename().string()], store::read_file(entry->path().string(), kMostFileBytes));
  }
  const auto report = files.find(leaks::kReportJsonName);
  if (report == files.end())
    return fail(ErrorCode::not_found, folder + " holds no report.json",
                "name the folder that `probity leak trace --report` wrote");
  const Bytes json = std::move(report->second);
  files.erase(report);
  return leaks::check_report(json, files, language);
}

const char* mark_name(leaks::CheckMark mark) {
  switch (mark) {
    case leaks::CheckMark::right:
      return "right";
    case leaks::CheckMark::wrong:
      return "wrong";
    case leaks::CheckMark::unchecked:
      return "unchecked";
  }
  return "";
}

const char* mark_sign(leaks::CheckMark mark) {
  switch (mark) {
    case leaks::CheckMark::right:
      return "✓";
    case leaks::CheckMark::wrong:
      return "✗";
    case leaks::CheckMark::unchecked:
      return "·";
  }
  return "";
}

}  // namespace

int run_report_check(Terminal& terminal, const ReportCheckOptions& options) {
  const Words& say = terminal.words();
  const auto result = check(options.folder, say.language());
  if (!result) return terminal.failure(result.error());
  nlohmann::json lines = nlohmann::json::array();
  for (const auto& line : result->lines) {
    lines.push_back({{"mark", mark_name(line.mark)}, {"text", line.text}});
    terminal.line(fmt::format("  {} {}", mark_sign(line.mark), line.text));
  }
  terminal.document(
      {{"holds", result->holds()}, {"verdict", std::string(leaks::outcome_name(result->outcome))}, {"lines", lines}});
  if (result->holds()) {
    terminal.line(say("The report holds: everything that can be recomputed comes out as it says.",
                      "报告成立：凡可重新计算的，结果均与报告一致。"));
    return 0;
  }
  terminal.line(say("The report does NOT hold.", "报告不成立。"));
  return catalogue_entry(ErrorCode::corrupt).exit_code;
}

}  // namespace probity::cli
