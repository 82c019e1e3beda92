// What most commands begin with: finding and opening the workspace, and taking the turn to write.
#pragma once

#include <memory>

#include "app/workspace.h"
#include "cli/commands.h"

namespace probity::cli {

// Errors: as of Workspace::find and Workspace::open.
Result<std::unique_ptr<app::Workspace>> open_workspace(const CommonOptions& common);

// Waits for other writers, saying so once, and until Ctrl-C.
app::WorkspaceLock::Options lock_options(Terminal& terminal);

}  // namespace probity::cli
