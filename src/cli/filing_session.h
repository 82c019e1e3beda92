// What commands about filings and the ombudsman's desk begin with: the records, the membership, and who acts.
#pragma once

#include <memory>

#include "accounts/permissions.h"
#include "app/filing_desk.h"
#include "app/live_membership.h"
#include "cli/session.h"

namespace probity::cli {

struct PersonOptions {
  CommonOptions common;
  std::optional<std::string> as, code;  // account and its one-time code
};

struct FilingSession {
  Session session;
  std::unique_ptr<app::LiveMembership> membership;
  std::unique_ptr<app::FilingDesk> desk;
  events::Actor actor;
};

// Errors: not_found in a workspace that belongs to no alliance; those of act_as. A hub that does not answer is no error
// yet: what needs it says so.
Result<FilingSession> open_filing_session(const PersonOptions& options, accounts::Permission permission);

// A line that is not to be seen in a list of processes: typed without being shown, or from standard input.
Result<std::string> ask_line(Terminal& terminal, const std::string& what);
// Overwrites the text.
void wipe(std::string& text);

}  // namespace probity::cli
