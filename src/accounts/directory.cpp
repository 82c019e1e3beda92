#include "accounts/directory.h"

#include <fmt/format.h>

#include <array>

#include "accounts/invitation_mail.h"
#include "accounts/token.h"

namespace probity::accounts {
namespace {

constexpr const char* kInvitationPurpose = "invitation";

tl::unexpected<Error> no_such_account() { return fail(ErrorCode::not_found, "there is no such account"); }

std::string role_list(const std::set<Role>& roles) {
  std::string text;
  for (const Role role : roles) text += (text.empty() ? "" : ", ") + std::string(role_name(role));
  return text;
}

std::string change_list(const Account& before, const Account& after) {
  std::string text = after.email + ":";
  if (before.roles != after.roles)
    text += fmt::format(" roles {} -> {}", role_list(before.roles), role_list(after.roles));
  if (before.state != after.state)
    text += fmt::format(" state {} -> {}", account_state_name(before.state), account_state_name(after.state));
  if (before.name != after.name) text += " name";
  return text;
}

}  // namespace

Directory::Directory(const Ports& ports, Sessions& sessions, SettingsService& settings)
    : ports_(ports), sessions_(sessions), settings_(settings), setup_token_(new_token(ports.random)) {}

Result<bool> Directory::needs_setup() {
  TRY_ASSIGN(const auto count, ports_.store.account_count());
  return count == 0;
}

Result<std::string> Directory::setup_path() {
  TRY_ASSIGN(const bool needed, needs_setup());
  return needed ? "/setup#" + setup_token_ : std::string();
}

Result<Opened> Directory::set_up(const FirstAccount& first, const Visitor& visitor) {
  const auto over = [] { return fail(ErrorCode::conflict, "this node is set up already", "sign in"); };
  TRY_ASSIGN(const bool needed, needs_setup());
  if (!needed) return over();
  if (!equal_in_constant_time(first.token, setup_token_)) {
    TRY(ports_.audit.refused_sparingly("organisation.set_up", "unknown", visitor.address, "wrong link"));
    return fail(ErrorCode::forbidden, "this link does not belong to the running program",
                "take the one that `probity serve` printed last");
  }
  TRY_ASSIGN(Account account,
             new_account({first.email, first.name, {Role::administrator, Role::custodian}, first.locale}));
  const std::array own_words{account.email, account.name, first.organisation};
  TRY(check_password(first.password, own_words));
  TRY_ASSIGN(account.password_hash, ports_.hasher.hash(first.password));
  account.state = AccountState::active;
  Opened opened;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const bool still_needed, needs_setup());
    if (!still_needed) return over();
    SettingsUpdate settings;
    settings.organisation = first.organisation;
    settings.locale = first.locale;
    settings.zone = first.zone;
    settings.contact_email = account.email;
    TRY(settings_.put(settings));
    TRY(ports_.store.insert(account));
    TRY(ports_.audit.done("organisation.set_up", account.email, visitor.address));
    TRY_ASSIGN(opened, sessions_.open(account, visitor));
    return {};
  }));
  return opened;
}

Result<Account> Directory::new_account(const NewAccount& wanted) {
  Account account;
  TRY_ASSIGN(account.email, tidy_email(wanted.email));
  TRY_ASSIGN(account.name, tidy_name("the name", wanted.name));
  if (wanted.roles.empty()) return fail(ErrorCode::invalid_argument, "an account needs at least one role");
  account.roles = wanted.roles;
  std::string locale = wanted.locale;
  if (locale.empty()) {
    TRY_ASSIGN(const Settings settings, settings_.get());
    locale = settings.locale;
  }
  TRY_ASSIGN(account.locale, checked_locale(locale));
  account.id = Id::random(ports_.random);
  account.created_ms = ports_.clock.now_ms();
  return account;
}

Result<Account> Directory::add(const NewAccount& wanted, const std::string& password, const events::Actor& actor) {
  TRY_ASSIGN(Account account, new_account(wanted));
  TRY_ASSIGN(const Settings settings, settings_.get());
  const std::array own_words{account.email, account.name, settings.organisation};
  TRY(check_password(password, own_words));
  TRY_ASSIGN(account.password_hash, ports_.hasher.hash(password));
  account.state = AccountState::active;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(account));
    return ports_.audit.done("account.added", actor.name, "", account.email + ": " + role_list(account.roles));
  }));
  return account;
}

Result<Invited> Directory::with_new_link(const Account& account, const std::string& by) {
  const std::string token = new_token(ports_.random);
  const TimeMs now = ports_.clock.now_ms();
  TRY(ports_.store.put_invitation({account.id, token_hash(kInvitationPurpose, token), now, now + kInvitationMs}));
  TRY_ASSIGN(const Settings settings, settings_.get());
  const std::string link = settings.public_url + "/welcome#" + token;
  TRY(ports_.mail.enqueue(invitation_mail(account, settings.organisation, by, link)));
  return Invited{account, link};
}

Result<Invited> Directory::invite(const NewAccount& wanted, const Caller& caller) {
  TRY_ASSIGN(const Account account, new_account(wanted));
  Invited invited;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY(ports_.store.insert(account));
    TRY(ports_.audit.done("account.invited", caller.actor.name, caller.address,
                          account.email + ": " + role_list(account.roles)));
    TRY_ASSIGN(invited, with_new_link(account, caller.actor.name));
    return {};
  }));
  return invited;
}

Result<void> Directory::keeps_an_administrator(const Account& before, const Account& after) {
  const auto manages = [](const Account& account) {
    return account.state == AccountState::active && account.roles.contains(Role::administrator);
  };
  if (!manages(before) || manages(after)) return {};
  TRY_ASSIGN(const auto administrators, ports_.store.active_administrators());
  if (administrators > 1) return {};
  return fail(ErrorCode::conflict, "nobody could manage accounts any more", "make somebody else administrator first");
}

Result<Account> Directory::update(const Id& id, const AccountUpdate& update, const Caller& caller) {
  if (update.roles && update.roles->empty())
    return fail(ErrorCode::invalid_argument, "an account needs at least one role", "disable it instead");
  if (update.state == AccountState::invited)
    return fail(ErrorCode::invalid_argument, "the state must be active or disabled");
  Account after;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto before, ports_.store.account(id));
    if (!before) return no_such_account();
    after = *before;
    if (update.name) {
      TRY_ASSIGN(after.name, tidy_name("the name", *update.name));
    }
    if (update.roles) after.roles = *update.roles;
    // Somebody who never had a password goes back to waiting for one.
    if (update.state)
      after.state =
          *update.state == AccountState::active && after.password_hash.empty() ? AccountState::invited : *update.state;
    if (after == *before) return {};
    if (caller.actor.id == id && after.state != before->state)
      return fail(ErrorCode::conflict, "nobody may disable themselves", "ask another administrator");
    TRY(keeps_an_administrator(*before, after));
    TRY(ports_.store.update(after));
    if (after.state == AccountState::disabled) {
      TRY(ports_.store.remove_sessions(id, std::nullopt));
      TRY(ports_.store.remove_invitation(id));
    }
    return ports_.audit.done("account.changed", caller.actor.name, caller.address, change_list(*before, after));
  }));
  return after;
}

Result<Invited> Directory::reset(const Id& id, const Caller& caller) {
  if (caller.actor.id == id)
    return fail(ErrorCode::conflict, "nobody may reset themselves", "change your password instead");
  Invited invited;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(auto account, ports_.store.account(id));
    if (!account) return no_such_account();
    if (account->state == AccountState::disabled)
      return fail(ErrorCode::conflict, "this account is disabled", "enable it first");
    account->state = AccountState::invited;
    account->password_hash.clear();
    account->totp_seed.clear();
    account->totp_new_seed.clear();
    TRY(ports_.store.update(*account));
    TRY(ports_.store.set_recovery_codes(id, {}));
    TRY(ports_.store.remove_sessions(id, std::nullopt));
    TRY(ports_.audit.done("account.reset", caller.actor.name, caller.address, account->email));
    TRY_ASSIGN(invited, with_new_link(*account, caller.actor.name));
    return {};
  }));
  return invited;
}

Result<void> Directory::end_sessions(const Id& id, const Caller& caller) {
  return ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const auto account, ports_.store.account(id));
    if (!account) return no_such_account();
    TRY(ports_.store.remove_sessions(id, std::nullopt));
    return ports_.audit.done("session.ended", caller.actor.name, caller.address, "all of " + account->email);
  });
}

Result<Listed<Account>> Directory::list(const ListQuery& query) { return ports_.store.accounts(query); }

Result<std::optional<Account>> Directory::find(const Id& account) { return ports_.store.account(account); }

Result<Directory::Held> Directory::held(std::string_view token) {
  TRY_ASSIGN(const auto invitation, ports_.store.invitation(token_hash(kInvitationPurpose, token)));
  const TimeMs now = ports_.clock.now_ms();
  if (invitation && now < invitation->expires_ms && now >= invitation->created_ms - kInvitationMs) {
    TRY_ASSIGN(auto account, ports_.store.account(invitation->account));
    if (account && account->state == AccountState::invited) return Held{*invitation, std::move(*account)};
  }
  return fail(ErrorCode::not_found, "this invitation is not valid: it was used, replaced or is over",
              "ask for a new one");
}

Result<InvitationInfo> Directory::look_at_invitation(std::string_view token) {
  TRY_ASSIGN(const Held found, held(token));
  TRY_ASSIGN(const Settings settings, settings_.get());
  return InvitationInfo{found.account.email, found.account.name, settings.organisation, found.account.locale};
}

Result<Opened> Directory::accept_invitation(std::string_view token, const std::string& password,
                                            const std::optional<std::string>& name, const Visitor& visitor) {
  TRY_ASSIGN(const Held before, held(token));
  TRY_ASSIGN(const Settings settings, settings_.get());
  std::string new_name = before.account.name;
  if (name) {
    TRY_ASSIGN(new_name, tidy_name("the name", *name));
  }
  const std::array own_words{before.account.email, new_name, settings.organisation};
  TRY(check_password(password, own_words));
  TRY_ASSIGN(const std::string password_hash, ports_.hasher.hash(password));
  Opened opened;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Held now, held(token));  // somebody may have been faster while the password was hashed
    now.account.name = new_name;
    now.account.password_hash = password_hash;
    now.account.state = AccountState::active;
    TRY(ports_.store.update(now.account));
    TRY(ports_.store.remove_invitation(now.account.id));
    TRY(ports_.audit.done("invitation.accepted", now.account.email, visitor.address));
    TRY_ASSIGN(opened, sessions_.open(now.account, visitor));
    return {};
  }));
  return opened;
}

}  // namespace probity::accounts
