// The accounts of an organisation: the first one, inviting, changing, resetting, and taking an invitation up.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "accounts/sessions.h"
#include "accounts/settings.h"

namespace probity::accounts {

struct FirstAccount {
  std::string token;  // of the link that the program printed
  std::string organisation, name, email, password;
  std::string locale = "en", zone = "UTC";
};

struct NewAccount {
  std::string email, name;
  std::set<Role> roles;
  std::string locale;  // empty: the organisation's
};

struct AccountUpdate {
  std::optional<std::string> name;
  std::optional<std::set<Role>> roles;
  std::optional<AccountState> state;  // active or disabled
};

struct Invited {
  Account account;
  std::string link;  // shown once
};

struct InvitationInfo {
  std::string email, name, organisation, locale;
};

// Thread-safe.
class Directory {
 public:
  Directory(const Ports& ports, Sessions& sessions, SettingsService& settings);

  Result<bool> needs_setup();
  // "/setup#<token>": a new token each time the program starts, in memory only. Empty once there is an account.
  Result<std::string> setup_path();
  // Makes the organisation's settings and an administrator who is custodian too, and signs in.
  // Errors: invalid_argument; forbidden for another token; conflict when there is an account already.
  Result<Opened> set_up(const FirstAccount& first, const Visitor& visitor);

  // An account with a password, without an invitation: for samples and the command line. Errors as invite().
  Result<Account> add(const NewAccount& account, const std::string& password, const events::Actor& actor);

  // Mails the link too. Errors: invalid_argument; already_exists.
  Result<Invited> invite(const NewAccount& account, const Caller& caller);
  // Errors: not_found; conflict when nobody could manage accounts any more or one would lock oneself out.
  Result<Account> update(const Id& account, const AccountUpdate& update, const Caller& caller);
  // Password, second factor, recovery codes, sessions: all gone; a new link sets them. Errors: not_found; conflict.
  Result<Invited> reset(const Id& account, const Caller& caller);
  // Signs somebody out everywhere. Errors: not_found.
  Result<void> end_sessions(const Id& account, const Caller& caller);
  Result<Listed<Account>> list(const ListQuery& query);
  Result<std::optional<Account>> find(const Id& account);

  // Errors: not_found, in the same words for links that were used, replaced, are over or never were.
  Result<InvitationInfo> look_at_invitation(std::string_view token);
  Result<Opened> accept_invitation(std::string_view token, const std::string& password,
                                   const std::optional<std::string>& name, const Visitor& visitor);

 private:
  struct Held {
    Invitation invitation;
    Account account;
  };
  Result<Held> held(std::string_view token);
  Result<Account> new_account(const NewAccount& account);
  Result<Invited> with_new_link(const Account& account, const std::string& by);
  Result<void> keeps_an_administrator(const Account& before, const Account& after);

  const Ports& ports_;
  Sessions& sessions_;
  SettingsService& settings_;
  const std::string setup_token_;
};

}  // namespace probity::accounts
