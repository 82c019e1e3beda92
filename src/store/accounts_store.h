// Accounts, sessions, keys, settings and the security log in SQL.
#pragma once

#include "accounts/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlAccountStore final : public accounts::Store {
 public:
  explicit SqlAccountStore(Database& database) : database_(database) {}

  Result<void> insert(const accounts::Account& account) override;
  Result<void> update(const accounts::Account& account) override;
  Result<std::optional<accounts::Account>> account(const Id& id) override;
  Result<std::optional<accounts::Account>> account_by_email(const std::string& email) override;
  Result<Listed<accounts::Account>> accounts(const ListQuery& query) override;
  Result<std::uint64_t> account_count() override;
  Result<std::uint64_t> active_administrators() override;

  Result<void> insert(const accounts::Session& session) override;
  Result<void> update(const accounts::Session& session) override;
  Result<std::optional<accounts::Session>> session_by_reference(const Hash& reference_hash) override;
  Result<std::vector<accounts::Session>> sessions(const Id& account) override;
  Result<void> touch_session(const Id& session, TimeMs seen_ms) override;
  Result<bool> remove_session(const Id& account, const Id& session) override;
  Result<void> remove_sessions(const Id& account, const std::optional<Id>& except) override;
  Result<void> remove_sessions_seen_before(TimeMs time_ms) override;

  Result<void> set_recovery_codes(const Id& account, const std::vector<Hash>& hashes) override;
  Result<bool> take_recovery_code(const Id& account, const Hash& hash) override;
  Result<std::uint64_t> recovery_codes_left(const Id& account) override;

  Result<void> put_invitation(const accounts::Invitation& invitation) override;
  Result<std::optional<accounts::Invitation>> invitation(const Hash& token_hash) override;
  Result<void> remove_invitation(const Id& account) override;

  Result<void> insert(const accounts::ApiKey& key) override;
  Result<std::optional<accounts::ApiKey>> api_key(const Id& id) override;
  Result<std::vector<accounts::ApiKey>> api_keys() override;
  Result<void> touch_api_key(const Id& id, TimeMs used_ms) override;
  Result<bool> revoke_api_key(const Id& id) override;

  Result<void> append(const accounts::AuditEntry& entry) override;
  Result<Listed<accounts::AuditEntry>> audit_entries(const ListQuery& query) override;

  Result<std::map<std::string, std::string>> settings() override;
  Result<void> set_setting(const std::string& name, const std::string& value) override;

 private:
  Database& database_;
};

}  // namespace probity::store
