#include "cli/leak_person.h"

#include <termios.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "accounts/permissions.h"
#include "base/encoding.h"
#include "cli/find.h"

namespace probity::cli {
namespace {

// A line from the terminal that does not show it; whatever comes on standard input when that is none.
std::string ask_password(const std::string& email) {
  if (const char* given = std::getenv("PROBITY_PASSWORD")) return given;
  std::string password;
  const bool terminal = ::isatty(STDIN_FILENO) != 0;
  termios before{};
  if (terminal) {
    std::cerr << "Password of " << email << ": " << std::flush;
    ::tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &silent);
  }
  std::getline(std::cin, password);
  if (terminal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::cerr << "\n";
  }
  return password;
}

}  // namespace

Result<leaks::LeakRow> find_leak(app::Records& records, const std::string& text) {
  if (const auto id = Id::parse(text)) return records.leaks.find(*id);
  TRY_ASSIGN(auto found, find_all<leaks::LeakRow>(
                             text,
                             [&](const std::string& search, std::uint32_t offset, std::uint32_t limit) {
                               leaks::LeakFilter filter;
                               filter.page.search = search;
                               filter.page.offset = offset;
                               filter.page.limit = limit;
                               return records.leaks.list(filter);
                             },
                             [](const leaks::LeakRow& row) {
                               return Called{row.leak.id.text(), {row.leak.number, row.leak.title}};
                             }));
  return the_one("leak", text, std::move(found));
}

Result<evidence::Item> find_evidence(app::Records& records, const std::vector<Id>& matters, const std::string& text) {
  constexpr std::size_t kLeastOfHash = 8;
  std::vector<evidence::Item> found;
  for (const Id& matter : matters) {
    TRY_ASSIGN(const auto items, records.evidence.items(matter));
    for (const evidence::Item& item : items)
      if (item.name == text || (is_start_of_id(text) && item.id.text().starts_with(text)) ||
          (text.size() >= kLeastOfHash && to_hex(item.sha256).starts_with(text)))
        found.push_back(item);
  }
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(ErrorCode::not_found, "there is no evidence called " + text,
                "`probity leak show` and `probity case show --json` list it");
  return fail(ErrorCode::invalid_argument, "several pieces of evidence are called " + text,
              "name it by its id or by the start of its hash");
}

Result<events::Actor> act_as(app::Records& records, const std::optional<std::string>& email,
                             const std::optional<std::string>& code, accounts::Permission permission) {
  if (!email) return command_line_actor();
  const accounts::Visitor visitor{"command line", "probity"};
  TRY_ASSIGN(const auto opened,
             records.accounts.sign_in.sign_in({*email, ask_password(*email), code.value_or("")}, visitor));
  TRY_ASSIGN(const auto signed_in, records.accounts.sessions.authenticate(opened.reference, visitor));
  TRY(records.accounts.sessions.sign_out(signed_in.caller));
  if (!signed_in.caller.may(permission))
    return fail(ErrorCode::forbidden, "the roles of this account do not allow this",
                "an administrator can change them");
  return signed_in.caller.actor;
}

}  // namespace probity::cli
