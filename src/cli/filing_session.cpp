#include "cli/filing_session.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "cli/leak_person.h"

namespace probity::cli {

Result<FilingSession> open_filing_session(const PersonOptions& options, accounts::Permission permission) {
  FilingSession opened;
  TRY_ASSIGN(opened.session, open_session(options.common));
  app::Workspace& workspace = *opened.session.workspace;
  const app::MemberFolder folder(workspace.folder());
  if (!folder.exists())
    return fail(ErrorCode::not_found, "this workspace belongs to no alliance", "`probity member init` makes it one");
  TRY_ASSIGN(app::MemberFacts facts, folder.facts());
  TRY_ASSIGN(oprf::Identity identity, folder.identity());
  TRY_ASSIGN(opened.actor, act_as(*opened.session.records, options.as, options.code, permission));
  opened.membership = std::make_unique<app::LiveMembership>(
      std::move(facts), identity, workspace.derived_key("alliance member"), workspace.clock(), workspace.random());
  (void)opened.membership->refresh().has_value();
  TRY_ASSIGN(opened.desk,
             app::FilingDesk::open({workspace.folder(), workspace.database(), opened.session.records->events,
                                    *opened.membership, std::move(identity), "", workspace.clock(), workspace.random(),
                                    app::cases_for_filings(workspace.database())}));
  return opened;
}

Result<std::string> ask_line(Terminal& terminal, const std::string& what) {
  std::string text;
  const bool is_terminal = ::isatty(STDIN_FILENO) != 0;
  termios before{};
  if (is_terminal) {
    terminal.note(what);
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  std::getline(std::cin, text);
  if (is_terminal) ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
  while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.pop_back();
  if (text.empty()) return fail(ErrorCode::invalid_argument, "nothing came on standard input", what + ": one line");
  return text;
}

void wipe(std::string& text) {
  volatile char* at = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) at[i] = '\0';
}

}  // namespace probity::cli
