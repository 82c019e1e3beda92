// Where accounts, sessions, keys, settings and the security log are kept: the port.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "accounts/account.h"
#include "accounts/api_key.h"
#include "accounts/audit.h"
#include "accounts/invitation.h"
#include "accounts/session.h"
#include "base/list_query.h"

namespace probity::accounts {

// Joins the transaction of the calling thread, if there is one. Errors of every function: storage, corrupt.
class Store {
 public:
  virtual ~Store() = default;

  virtual Result<void> insert(const Account& account) = 0;  // already_exists: the id or the mail address is taken
  virtual Result<void> update(const Account& account) = 0;  // not_found
  virtual Result<std::optional<Account>> account(const Id& id) = 0;
  virtual Result<std::optional<Account>> account_by_email(const std::string& email) = 0;
  // Searches name and mail address; sorts by name (the list's own order), email, created_at, last_seen_at.
  virtual Result<Listed<Account>> accounts(const ListQuery& query) = 0;
  virtual Result<std::uint64_t> account_count() = 0;
  virtual Result<std::uint64_t> active_administrators() = 0;

  virtual Result<void> insert(const Session& session) = 0;
  virtual Result<void> update(const Session& session) = 0;  // not_found
  // By the present reference or the previous one.
  virtual Result<std::optional<Session>> session_by_reference(const Hash& reference_hash) = 0;
  virtual Result<std::vector<Session>> sessions(const Id& account) = 0;  // last seen first
  // Sets when it was last seen, of its account too; nothing happens when the session is gone.
  virtual Result<void> touch_session(const Id& session, TimeMs seen_ms) = 0;
  virtual Result<bool> remove_session(const Id& account, const Id& session) = 0;  // whether it was there
  virtual Result<void> remove_sessions(const Id& account, const std::optional<Id>& except) = 0;
  virtual Result<void> remove_sessions_seen_before(TimeMs time_ms) = 0;

  virtual Result<void> set_recovery_codes(const Id& account, const std::vector<Hash>& hashes) = 0;
  virtual Result<bool> take_recovery_code(const Id& account, const Hash& hash) = 0;  // whether it was there
  virtual Result<std::uint64_t> recovery_codes_left(const Id& account) = 0;

  virtual Result<void> put_invitation(const Invitation& invitation) = 0;  // replaces the account's earlier one
  virtual Result<std::optional<Invitation>> invitation(const Hash& token_hash) = 0;
  virtual Result<void> remove_invitation(const Id& account) = 0;

  virtual Result<void> insert(const ApiKey& key) = 0;
  virtual Result<std::optional<ApiKey>> api_key(const Id& id) = 0;
  virtual Result<std::vector<ApiKey>> api_keys() = 0;  // newest first
  virtual Result<void> touch_api_key(const Id& id, TimeMs used_ms) = 0;
  virtual Result<bool> revoke_api_key(const Id& id) = 0;  // whether it was there

  virtual Result<void> append(const AuditEntry& entry) = 0;  // gives it its id; there is no way to change or remove one
  // Newest first unless sorted by "id"; searches kind, actor, address and detail.
  virtual Result<Listed<AuditEntry>> audit_entries(const ListQuery& query) = 0;

  virtual Result<std::map<std::string, std::string>> settings() = 0;
  virtual Result<void> set_setting(const std::string& name, const std::string& value) = 0;
};

}  // namespace probity::accounts
