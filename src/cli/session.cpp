#include "cli/session.h"

namespace probity::cli {

Result<std::unique_ptr<app::Workspace>> open_workspace(const CommonOptions& common) {
  TRY_ASSIGN(const std::string folder, app::Workspace::find(common.workspace));
  return app::Workspace::open(folder);
}

app::WorkspaceLock::Options lock_options(Terminal& terminal) {
  app::WorkspaceLock::Options options;
  options.on_wait = [&terminal] {
    terminal.note(terminal.words()("another probity is writing to this workspace; waiting for it to finish …",
                                   "另一个 probity 正在写入此工作区，等待其完成……"));
  };
  options.stop_requested = interrupted;
  return options;
}

}  // namespace probity::cli
