// probity copy issue: register one copy for every asset and recipient, then write the files.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/copy_files.h"
#include "app/file_name.h"
#include "cli/commands.h"
#include "cli/recipients.h"
#include "cli/session.h"
#include "copies/json.h"
#include "store/file.h"

namespace probity::cli {
namespace {

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

// All of them in one transaction, by asset, then recipient.
Result<std::vector<copies::IssuedCopy>> register_copies(app::Records& records, const std::vector<copies::Asset>& assets,
                                                        const std::vector<parties::RecipientDetails>& recipients) {
  std::vector<copies::IssuedCopy> issued;
  issued.reserve(assets.size() * recipients.size());
  TRY(records.workspace.database().write([&]() -> Result<void> {
    std::vector<Id> people;
    for (const auto& details : recipients) {
      TRY_ASSIGN(const Id person, find_person(records, details));
      people.push_back(person);
    }
    for (const copies::Asset& asset : assets)
      for (const Id& person : people) {
        TRY_ASSIGN(auto copy, records.deliveries.issue_one(asset, person));
        issued.push_back(std::move(copy));
      }
    return {};
  }));
  return issued;
}

Result<Issue> issue_copies(Terminal& terminal, const CopyIssueOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  copies::CopyService& service = session.workspace->copies();
  TRY_ASSIGN(const auto recipients, gather_recipients(terminal, options.recipients, options.csv_file));
  Issue issue;
  TRY_ASSIGN(issue.assets, gather_assets(service, options.assets));
  if (options.dry_run) {
    terminal.line(terminal.words()("{} recipients x {} assets: nothing was issued (--dry-run)",
                                   "{} 位收件人 x {} 个素材：未发出任何副本（--dry-run）", recipients.size(),
                                   issue.assets.size()));
    return issue;
  }
  TRY_ASSIGN(const app::WorkspaceLock lock, session.workspace->lock_for_writing(lock_options(terminal)));
  terminal.progress(terminal.words()("registering copies", "登记副本"), 0);
  TRY_ASSIGN(issue.copies, register_copies(*session.records, issue.assets, recipients));
  for (const auto& copy : issue.copies) issue.new_count += copy.is_new ? 1 : 0;
  if (options.out_folder) TRY(write_files(terminal, *session.workspace, options, issue));
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
