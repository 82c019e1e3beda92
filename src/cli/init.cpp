// probity init: make a workspace.
#include <nlohmann/json.hpp>

#include "app/workspace.h"
#include "cli/commands.h"

namespace probity::cli {

int run_init(Terminal& terminal, const InitOptions& options) {
  const auto made = app::Workspace::init(options.folder);
  if (!made) return terminal.failure(made.error());
  const Words& say = terminal.words();
  terminal.document({{"workspace", options.folder}});
  terminal.line(say("Workspace made in {}", "工作区已建立：{}", options.folder));
  terminal.line(
      say("Keep {}/keys/master.key safe and backed up: with it copies are made and traced, without it neither.",
          "请妥善保管并备份 {}/keys/master.key：制作与溯源副本都离不开它。", options.folder));
  return 0;
}

}  // namespace probity::cli
