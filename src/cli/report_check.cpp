// probity report check: recompute a verdict from its report alone, or from an evidence package down to the pixels.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/masters.h"
#include "cli/commands.h"
#include "evidence/package_check.h"
#include "leaks/check_relay.h"
#include "leaks/report_folder.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostFileBytes = std::size_t{256} << 20;
constexpr std::size_t kMostPackageBytes = std::size_t{1} << 30;

Result<leaks::ReportCheck> check_folder(const std::string& folder, Language language) {
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
                "name the folder that `probity leak trace --report` wrote, or an evidence package (.asice)");
  const Bytes json = std::move(report->second);
  files.erase(report);
  return leaks::check_report(json, files, language);
}

leaks::CheckMark mark_of(evidence::Mark mark) {
  switch (mark) {
    case evidence::Mark::right:
      return leaks::CheckMark::right;
    case evidence::Mark::wrong:
      return leaks::CheckMark::wrong;
    case evidence::Mark::missing:
      break;
  }
  return leaks::CheckMark::unchecked;
}

// The leaked files laid over the master's part once more.
Result<std::vector<leaks::CheckLine>> read_again(const evidence::Package& package, BytesView report,
                                                 Language language) {
  std::vector<leaks::LeakFile> files;
  for (const evidence::PackageFile& leak : package.leaks) {
    TRY_ASSIGN(leaks::LeakFile file, app::load_leak(leak.bytes, leak.name));
    files.push_back(std::move(file));
  }
  leaks::References references;
  for (const evidence::PackageMaster& master : package.masters) {
    TRY_ASSIGN(references[master.asset], trace::parse_reference(master.reference));
  }
  return leaks::check_relay(report, files, references, language);
}

Result<leaks::ReportCheck> check_package(const std::string& path, Language language) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(path, kMostPackageBytes));
  TRY_ASSIGN(const evidence::Package package, evidence::read_package(bytes));
  leaks::FolderFiles files = package.report;
  const auto report = files.find(leaks::kReportJsonName);
  if (report == files.end()) return fail(ErrorCode::not_found, path + " holds no report.json");
  const Bytes json = std::move(report->second);
  files.erase(report);
  for (const evidence::PackageFile& leak : package.leaks) files.emplace("leak/" + leak.name, leak.bytes);
  for (const evidence::PackageMaster& master : package.masters)
    files.emplace("master/" + master.asset.text(), master.reference);
  TRY_ASSIGN(leaks::ReportCheck check, leaks::check_report(json, files, language));
  std::vector<leaks::CheckLine> lines;
  for (const evidence::PackageLine& line : package.lines)
    lines.push_back({mark_of(line.mark), language == Language::zh ? line.zh : line.en});
  TRY_ASSIGN(const auto reread, read_again(package, json, language));
  lines.insert(lines.end(), check.lines.begin(), check.lines.end());
  lines.insert(lines.end(), reread.begin(), reread.end());
  check.lines = std::move(lines);
  return check;
}

Result<leaks::ReportCheck> check(const std::string& path, Language language) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) ? check_package(path, language) : check_folder(path, language);
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
