// What most commands begin with: finding and opening the workspace, its records, and taking the turn to write.
#pragma once

#include <memory>

#include "app/records.h"
#include "app/workspace.h"
#include "cli/commands.h"

namespace probity::cli {

// Errors: as of Workspace::find and Workspace::open.
Result<std::unique_ptr<app::Workspace>> open_workspace(const CommonOptions& common);

// The workspace with every record of it.
struct Session {
  std::unique_ptr<app::Workspace> workspace;
  std::unique_ptr<app::Records> records;
};
// Errors: those of open_workspace and Records::open.
Result<Session> open_session(const CommonOptions& common);

// Waits for other writers, saying so once, and until Ctrl-C.
app::WorkspaceLock::Options lock_options(Terminal& terminal);

// The account that runs this process, as timeline and evidence name it.
events::Actor command_line_actor();
commitments::Witness command_line_witness();
// Who can read the workspace's key may do everything.
accounts::Caller command_line_caller();

// The project of that name or id (or the start of one); without a text the only open one, or a first one called
// "Main". Errors: not_found; invalid_argument when several fit.
Result<Id> find_project(app::Records& records, const std::optional<std::string>& text);
// The person of that name in that organisation, made when there is none.
Result<Id> find_person(app::Records& records, const parties::RecipientDetails& details);

}  // namespace probity::cli
