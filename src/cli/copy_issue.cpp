// probity copy issue: register one copy for every asset and recipient, then write the files.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/copy_files.h"
#include "app/file_name.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "copies/json.h"
#include "parties/recipient_csv.h"
#include "store/file.h"

namespace probity::cli {
namespace {

constexpr std::size_t kMostLinesShown = 20;

Result<parties::RecipientList> read_list(const std::string& file) {
  TRY_ASSIGN(const Bytes bytes, store::read_file(file, parties::kMaxCsvBytes));
  auto list = parties::read_recipients_csv(as_text(bytes));
  if (!list) list.error().message = file + ": " + list.error().message;
  return list;
}

// Tells what the file holds; an error when it holds a row that cannot be used.
Result<void> review(Terminal& terminal, const std::string& file, const parties::RecipientList& list) {
  const Words& say = terminal.words();
  for (const auto& column : list.ignored_columns)
    terminal.note(say("{}: the column {} is ignored", "{}：忽略“{}”列", file, column));
  for (std::size_t i = 0; i < std::min(list.duplicates.size(), kMostLinesShown); ++i)
    terminal.note(say("{}: line {} is the same recipient as line {}", "{}：第 {} 行与第 {} 行是同一收件人", file,
                      list.duplicates[i].line, list.duplicates[i].first_line));
  for (std::size_t i = 0; i < std::min(list.problems.size(), kMostLinesShown); ++i)
    terminal.note(say("{}: line {}: {}", "{}：第 {} 行：{}", file, list.problems[i].line, list.problems[i].message));
  if (list.problems.empty()) return {};
  return fail(ErrorCode::invalid_argument,
              fmt::format("{} has {} rows that cannot be used; nothing was issued", file, list.problems.size()),
              "correct them and run the same command again");
}

Result<std::vector<parties::RecipientDetails>> gather_recipients(Terminal& terminal, const CopyIssueOptions& options) {
  std::vector<parties::RecipientDetails> recipients;
  std::vector<std::string> keys;
  for (const std::string& text : options.recipients) {
    TRY_ASSIGN(parties::RecipientDetails details, parties::RecipientDetails::parse(text));
    recipients.push_back(std::move(details));
  }
  if (options.csv_file) {
    TRY_ASSIGN(parties::RecipientList list, read_list(*options.csv_file));
    TRY(review(terminal, *options.csv_file, list));
    std::move(list.recipients.begin(), list.recipients.end(), std::back_inserter(recipients));
  }
  if (recipients.empty())
    return fail(ErrorCode::invalid_argument, "no recipient is given",
                "name them with --to \"Name, outlet\" or --csv people.csv");
  return recipients;
}

Result<std::vector<copies::Asset>> gather_assets(copies::CopyService& service, const std::vector<std::string>& texts) {
  std::vector<copies::Asset> assets;
  for (const std::string& text : texts) {
    TRY_ASSIGN(copies::Asset asset, service.find_asset(text));
    const bool seen =
        std::any_of(assets.begin(), assets.end(), [&](const auto& other) { return other.id == asset.id; });
    if (!seen) assets.push_back(std::move(asset));
  }
  return assets;
}

struct Issue {
  std::vector<copies::Asset> assets;
  std::vector<copies::IssuedCopy> copies;  // by asset, then recipient
  std::vector<app::CopyFile> files;        // empty without --out
  std::size_t new_count = 0;
  app::CopyFilesOutcome outcome;
};

std::vector<app::CopyFile> files_of(const Issue& issue, const std::string& folder) {
  std::vector<app::CopyFile> files;
  const std::size_t recipient_count = issue.copies.size() / issue.assets.size();
  for (std::size_t i = 0; i < issue.copies.size(); ++i) {
    const copies::Asset& asset = issue.assets[i / recipient_count];
    const auto& issued = issue.copies[i].issued;
    files.push_back({&asset, issued, (std::filesystem::path(folder) / app::copy_file_name(asset, issued)).string()});
  }
  return files;
}

Result<void> write_files(Terminal& terminal, app::Workspace& workspace, const CopyIssueOptions& options, Issue& issue) {
  TRY(store::make_folder(*options.out_folder));
  store::remove_stale_temporaries(*options.out_folder);
  issue.files = files_of(issue, *options.out_folder);
  app::CopyFileOptions write;
  write.operator_name = app::operator_name();
  write.replace = options.force;
  write.stop_requested = interrupted;
  write.progress = [&](std::size_t done, std::size_t total) {
    terminal.progress(terminal.words()("writing copies {} / {}", "写出副本 {} / {}", done, total),
                      static_cast<double>(done) / static_cast<double>(total));
  };
  TRY_ASSIGN(issue.outcome, app::write_copy_files(workspace, issue.files, write));
  return {};
}

Result<Issue> issue_copies(Terminal& terminal, const CopyIssueOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  copies::CopyService& service = workspace->copies();
  TRY_ASSIGN(const auto recipients, gather_recipients(terminal, options));
  Issue issue;
  TRY_ASSIGN(issue.assets, gather_assets(service, options.assets));
  if (options.dry_run) {
    terminal.line(terminal.words()("{} recipients x {} assets: nothing was issued (--dry-run)",
                                   "{} 位收件人 x {} 个素材：未发出任何副本（--dry-run）", recipients.size(),
                                   issue.assets.size()));
    return issue;
  }
  TRY_ASSIGN(const app::WorkspaceLock lock, workspace->lock_for_writing(lock_options(terminal)));
  terminal.progress(terminal.words()("registering copies", "登记副本"), 0);
  TRY_ASSIGN(issue.copies, service.issue_copies(issue.assets, recipients));
  for (const auto& copy : issue.copies) issue.new_count += copy.is_new ? 1 : 0;
  if (options.out_folder) TRY(write_files(terminal, *workspace, options, issue));
  return issue;
}

nlohmann::json to_json(const Issue& issue) {
  nlohmann::json copies = nlohmann::json::array();
  for (std::size_t i = 0; i < issue.copies.size(); ++i) {
    nlohmann::json json = copies::copy_to_json(issue.copies[i].issued);
    json["is_new"] = issue.copies[i].is_new;
    if (!issue.files.empty()) json["file"] = issue.files[i].path;
    copies.push_back(std::move(json));
  }
  return {{"copies", copies},
          {"registered", issue.new_count},
          {"written", issue.outcome.written},
          {"present", issue.outcome.present}};
}

}  // namespace

int run_copy_issue(Terminal& terminal, const CopyIssueOptions& options) {
  const auto issue = issue_copies(terminal, options);
  if (!issue) return terminal.failure(issue.error());
  terminal.document(to_json(*issue));
  if (options.dry_run) return 0;
  const Words& say = terminal.words();
  terminal.line(say("{} copies registered, {} had been before", "新登记 {} 个副本，{} 个此前已登记", issue->new_count,
                    issue->copies.size() - issue->new_count));
  if (!options.out_folder) {
    terminal.line(say("No files were written: --out FOLDER writes them, `probity copy export` writes one.",
                      "未写出文件：--out 目录 可全部写出，`probity copy export` 写出单个。"));
    return 0;
  }
  terminal.line(say("{} files written to {}, {} were there already", "已写出 {} 个文件到 {}，{} 个原已存在",
                    issue->outcome.written, *options.out_folder, issue->outcome.present));
  for (std::size_t i = 0; i < std::min<std::size_t>(issue->files.size(), 5); ++i)
    terminal.line("  " + issue->files[i].path);
  if (issue->files.size() > 5) terminal.line("  …");
  return 0;
}

}  // namespace probity::cli
