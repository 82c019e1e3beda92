// probity copy export: make one copy's bytes again, as a registered making.
#include <nlohmann/json.hpp>

#include "app/copy_files.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "copies/json.h"

namespace probity::cli {
namespace {

Result<copies::CopyWithRecipient> export_copy(Terminal& terminal, const CopyExportOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  copies::CopyService& service = workspace->copies();
  TRY_ASSIGN(const copies::Asset asset, service.find_asset(options.asset));
  TRY_ASSIGN(const auto recipient, parties::RecipientDetails::parse(options.recipient));
  TRY_ASSIGN(copies::CopyWithRecipient issued, service.find_copy(asset, recipient));
  TRY_ASSIGN(const app::WorkspaceLock lock, workspace->lock_for_writing(lock_options(terminal)));
  const app::CopyFile file{&asset, issued, options.out_file};
  app::CopyFileOptions write;
  write.purpose = copies::Purpose::export_again;
  write.operator_name = app::operator_name();
  write.replace = options.force;
  TRY_ASSIGN(const app::CopyFilesOutcome outcome, app::write_copy_files(*workspace, {&file, 1}, write));
  // Unlike an issued file, this name was the user's: what is there may be anything.
  if (outcome.written == 0)
    return fail(ErrorCode::already_exists, options.out_file + " exists already", "write over it with --force");
  return issued;
}

}  // namespace

int run_copy_export(Terminal& terminal, const CopyExportOptions& options) {
  const auto issued = export_copy(terminal, options);
  if (!issued) return terminal.failure(issued.error());
  nlohmann::json json = copies::copy_to_json(*issued);
  json["file"] = options.out_file;
  terminal.document(json);
  terminal.line(terminal.words()("{}: copy {} of {}; this making is in the register",
                                 "{}：副本 {}，收件人 {}；本次制作已登记", options.out_file, issued->copy.id.text(),
                                 parties::display_name(issued->recipient.details)));
  return 0;
}

}  // namespace probity::cli
