// probity gc: remove what interrupted verbs left in the blob folder.
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/session.h"
#include "store/blob_users.h"

namespace probity::cli {
namespace {

Result<std::size_t> clean(Terminal& terminal, const CleanOptions& options) {
  TRY_ASSIGN(const auto workspace, open_workspace(options.common));
  TRY_ASSIGN(const app::WorkspaceLock lock, workspace->lock_for_writing(lock_options(terminal)));
  store::BlobUsers users(workspace->database());
  return copies::remove_orphan_blobs(workspace->blobs(), users, workspace->clock().now_ms() - copies::kBlobGraceMs);
}

}  // namespace

int run_clean(Terminal& terminal, const CleanOptions& options) {
  const auto removed = clean(terminal, options);
  if (!removed) return terminal.failure(removed.error());
  terminal.document({{"removed", *removed}});
  terminal.line(
      terminal.words()("{} files that no record names were removed", "已删除 {} 个无记录引用的文件", *removed));
  return 0;
}

}  // namespace probity::cli
