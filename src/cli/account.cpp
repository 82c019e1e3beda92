// probity account: the people who work here, and the links by which they set their passwords.
#include <nlohmann/json.hpp>

#include "accounts/json.h"
#include "accounts/permissions.h"
#include "cli/find.h"
#include "cli/listing.h"
#include "cli/values.h"

namespace probity::cli {
namespace {

struct InviteOptions {
  CommonOptions common;
  std::string email, name, locale;
  std::vector<std::string> roles;
};
struct AccountOptions {
  CommonOptions common;
  std::string account;
};

std::string roles_text(const accounts::Account& account) {
  std::string text;
  for (const accounts::Role role : account.roles) {
    if (!text.empty()) text += ", ";
    text += accounts::role_name(role);
  }
  return text;
}

void describe(Terminal& terminal, const accounts::Account& account) {
  terminal.line(fmt::format("{}  {:8} {}  {}  {}", account.id.text(), accounts::account_state_name(account.state),
                            account.email, account.name, roles_text(account)));
}

void show_link(Terminal& terminal, const accounts::Invited& invited) {
  describe(terminal, invited.account);
  terminal.document({{"account", accounts::account_to_json(invited.account)}, {"link", invited.link}});
  terminal.line(
      terminal.words()("Link to set a password, shown once: {}", "设置密码的链接（仅显示一次）：{}", invited.link));
}

Result<void> run_list(Terminal& terminal, const ListOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  ListQuery query;
  query.search = options.search;
  query.limit = options.limit;
  query.offset = options.offset;
  TRY_ASSIGN(const auto listed, session.records->accounts.directory.list(query));
  nlohmann::json items = nlohmann::json::array();
  for (const auto& account : listed.items) {
    items.push_back(accounts::account_to_json(account));
    describe(terminal, account);
  }
  finish_list(terminal, options, "accounts", items, listed.total,
              terminal.words()("No accounts: `probity serve` prints the link that makes the first.",
                               "尚无账户：`probity serve` 会打印创建第一个账户的链接。"));
  return {};
}

Result<void> run_invite(Terminal& terminal, const InviteOptions& options) {
  accounts::NewAccount wanted;
  wanted.email = options.email;
  wanted.name = options.name;
  wanted.locale = options.locale;
  for (const std::string& name : options.roles) {
    const auto role = accounts::parse_role(name);
    if (!role)
      return fail(ErrorCode::invalid_argument, "--role: there is no role " + name,
                  "custodian, investigator, reviewer, screener, administrator, auditor, ombudsman and operator are");
    wanted.roles.insert(*role);
  }
  TRY_ASSIGN(const Session session, open_session(options.common));
  accounts::Directory& directory = session.records->accounts.directory;
  // The first account makes the organisation's settings; one that is invited would leave them unmade for good.
  TRY_ASSIGN(const bool needs_setup, directory.needs_setup());
  if (needs_setup)
    return fail(ErrorCode::conflict, "there is no account yet that could have colleagues",
                "`probity serve` prints the link that makes the first one");
  TRY_ASSIGN(const auto invited, directory.invite(wanted, command_line_caller()));
  show_link(terminal, invited);
  return {};
}

Result<void> run_reset(Terminal& terminal, const AccountOptions& options) {
  TRY_ASSIGN(const Session session, open_session(options.common));
  TRY_ASSIGN(const auto account, find_account(*session.records, options.account));
  TRY_ASSIGN(const auto invited, session.records->accounts.directory.reset(account.id, command_line_caller()));
  show_link(terminal, invited);
  return {};
}

}  // namespace

void add_account_commands(Grammar& grammar) {
  CLI::App* accounts = grammar.group("account", "The people who work here");
  const auto list = grammar.command(accounts, "list", "List accounts", run_list);
  add_search(list);
  add_paging(list);
  const auto invite = grammar.command(accounts, "invite", "Invite somebody: prints and mails their link", run_invite);
  invite->add_option("email", invite.options.email, "Their e-mail address")->required();
  invite->add_option("--name", invite.options.name, "Their name")->required();
  invite
      ->add_option(
          "--role", invite.options.roles,
          "custodian, investigator, reviewer, screener, administrator, auditor, ombudsman or operator; may be repeated")
      ->required()
      ->repeatable();
  invite->add_option("--language", invite.options.locale, "en or zh; the organisation's otherwise");
  const auto reset =
      grammar.command(accounts, "reset", "Take password and second factor away; prints a new link", run_reset);
  reset->add_option("account", reset.options.account, "E-mail address, name, id, or start of an id")->required();
}

}  // namespace probity::cli
