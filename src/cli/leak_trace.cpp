// probity leak trace: whose copy a leaked picture is.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/leak_jobs.h"
#include "app/masters.h"
#include "cli/commands.h"
#include "cli/leak_person.h"
#include "cli/session.h"
#include "leaks/leak_json.h"
#include "leaks/report_folder.h"
#include "leaks/report_json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

std::string stage_in_words(const Words& say, leaks::Stage stage) {
  switch (stage) {
    case leaks::Stage::finding_master:
      return say("finding the master", "查找母版");
    case leaks::Stage::aligning:
      return say("aligning", "对齐");
    case leaks::Stage::reading:
      return say("reading the code", "读取编码");
    case leaks::Stage::scoring:
    case leaks::Stage::done:
      return say("scoring every copy", "比对每个副本");
  }
  return {};
}

std::string report_path(const LeakTraceOptions& options, const std::string& name) {
  return (std::filesystem::path(*options.report_folder) / name).string();
}

// Before the work, so that nobody waits for a trace whose report has no place.
Result<void> prepare_report_folder(const LeakTraceOptions& options) {
  TRY(store::make_folder(*options.report_folder));
  if (!options.force && std::filesystem::exists(report_path(options, leaks::kReportJsonName)))
    return fail(ErrorCode::already_exists, *options.report_folder + " holds a report already",
                "choose another folder, or write over it with --force");
  return {};
}

Result<leaks::Investigation> investigate(Terminal& terminal, const LeakTraceOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  if (options.report_folder) TRY(prepare_report_folder(options));
  TRY_ASSIGN(const auto counts, workspace->copies().store().counts());
  if (counts.assets == 0)
    return fail(ErrorCode::not_found, "the workspace has no assets to compare the leak with",
                "`probity asset add` adds masters");
  std::vector<leaks::LeakFile> files;
  for (const std::string& path : options.files) {
    terminal.progress(terminal.words()("opening {}", "打开 {}", path), 0);
    TRY_ASSIGN(leaks::LeakFile file, app::load_leak(path));
    files.push_back(std::move(file));
  }
  app::WorkspaceMasters masters(*workspace);
  leaks::InvestigateOptions investigate;
  investigate.pictures = options.report_folder.has_value();
  investigate.progress = [&](leaks::Stage stage, double fraction) {
    terminal.progress(stage_in_words(terminal.words(), stage), fraction);
  };
  return leaks::investigate(files, masters, workspace->clock().now_ms(), investigate);
}

Result<void> write_report(const LeakTraceOptions& options, const leaks::Investigation& investigation,
                          Language language) {
  TRY_ASSIGN(const leaks::FolderFiles files, leaks::render_report(investigation, language));
  for (const auto& [name, bytes] : files)
    TRY(store::write_file(report_path(options, name), bytes, {.existing = store::Existing::replace}));
  return {};
}

void list(Terminal& terminal, const std::string& title, const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  terminal.line(title);
  for (const auto& sentence : sentences) terminal.line("  - " + sentence);
}

void tell(Terminal& terminal, const leaks::Report& report, bool brief) {
  const Words& say = terminal.words();
  const Language language = say.language();
  terminal.line(leaks::verdict_title(report.outcome, language) + ": " + leaks::verdict_sentence(report, language));
  if (const leaks::FindingRecord* finding = report.leading()) {
    terminal.line(leaks::bound_sentence(report, language));
    for (const auto& copy : finding->copies)
      terminal.line(say("  copy {}, issued {}", "  副本 {}，发出于 {}", copy.copy.text(),
                        leaks::time_in_words(copy.issued_ms, language)));
    if (finding->masked())
      terminal.line(say("  Whose it is stays masked: naming a recipient takes a second person.",
                        "  收件人姓名未公开：公开姓名须经第二人同意。"));
    if (!brief)
      list(terminal, say("Times its bytes were made:", "该副本的制作记录："),
           leaks::makings_in_words(*finding, language));
  }
  for (const auto& file : report.files)
    list(terminal, say("What was done to {}:", "{} 经过的处理：", file.name), leaks::what_was_done(file, language));
  if (brief) return;
  list(terminal, say("What this cannot show:", "本结果不能说明的："), leaks::what_it_cannot_show(report, language));
  list(terminal, say("What would change the answer:", "哪些情况会改变结论："),
       leaks::what_would_change_it(report, language));
}

// All files of a reported leak, in this process; what is found becomes its latest trace.
Result<leaks::TraceResult> trace_reported(Terminal& terminal, const LeakTraceOptions& options) {
  if (!options.files.empty() || options.report_folder)
    return fail(ErrorCode::invalid_argument, "--matter traces the leak's own files and keeps the report as evidence",
                "leave files and --report out");
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto found, find_leak(*session.records, *options.matter));
  if (!found.leak.answers || found.leak.files == 0)
    return fail(ErrorCode::conflict, "files and the two first questions come before a trace",
                "`probity leak add` and `probity leak answer`");
  const app::TraceWatch watch{[&](const std::string& what, double fraction) { terminal.progress(what, fraction); },
                              []() -> Result<void> {
                                if (interrupted()) return fail(ErrorCode::cancelled, "stopped; nothing was recorded");
                                return {};
                              }};
  TRY(app::trace_matter(*session.records, found.leak.id, command_line_actor(), watch));
  terminal.end_progress();
  return session.records->leak_traces.look(found.leak.id, command_line_actor());
}

int run_reported(Terminal& terminal, const LeakTraceOptions& options) {
  const auto result = trace_reported(terminal, options);
  if (!result) return terminal.failure(result.error());
  const nlohmann::json json = leaks::to_json(*result);
  const char* language = terminal.words().language() == Language::zh ? "zh" : "en";
  terminal.document(json);
  for (const char* words : {"title", "verdict", "bound"}) terminal.line(json[words][language].get<std::string>());
  return leaks::exit_code(result->report.outcome);
}

}  // namespace

int run_leak_trace(Terminal& terminal, const LeakTraceOptions& options) {
  if (options.matter) return run_reported(terminal, options);
  if (options.files.empty())
    return terminal.failure(
        {ErrorCode::invalid_argument, "there is nothing to trace", "name pictures, or a leak with --matter"});
  const auto start = std::chrono::steady_clock::now();
  const auto investigation = investigate(terminal, options);
  if (!investigation) return terminal.failure(investigation.error());
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  if (options.report_folder) {
    const auto written = write_report(options, *investigation, terminal.words().language());
    if (!written) return terminal.failure(written.error());
  }
  const leaks::Report& report = investigation->report;
  nlohmann::json json = leaks::record_to_json(report);
  json["seconds"] = elapsed.count();
  if (options.report_folder) json["report"] = *options.report_folder;
  terminal.document(json);
  tell(terminal, report, options.brief);
  terminal.line(terminal.words()("Traced in {:.1f} s.", "用时 {:.1f} 秒。", elapsed.count()));
  if (options.report_folder)
    terminal.line(terminal.words()("Report: {}", "报告：{}", report_path(options, leaks::kReportHtmlName)));
  return leaks::exit_code(report.outcome);
}

}  // namespace probity::cli
