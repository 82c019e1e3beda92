// The half of SqlAccountStore that keeps recovery codes, invitations, API keys, the security log and settings.
#include "store/accounts_rows.h"
#include "store/accounts_store.h"

namespace probity::store {

using accounts::ApiKey;
using accounts::AuditEntry;
using accounts::Invitation;
using soci::use;

Result<void> SqlAccountStore::set_recovery_codes(const Id& account, const std::vector<Hash>& hashes) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string owner = account.text();
    session << "DELETE FROM recovery_codes WHERE account_id = :account", use(owner);
    for (const Hash& hash : hashes) {
      const std::string hex = to_hex(hash);
      session << "INSERT INTO recovery_codes (account_id, hash) VALUES (:account, :hash)", use(owner), use(hex);
    }
    return {};
  });
}

Result<bool> SqlAccountStore::take_recovery_code(const Id& account, const Hash& hash) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    return !fetch_bound<TextRow>(
                session, "DELETE FROM recovery_codes WHERE account_id = :account AND hash = :hash RETURNING hash",
                {account.text(), to_hex(hash)})
                .empty();
  });
}

Result<std::uint64_t> SqlAccountStore::recovery_codes_left(const Id& account) {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM recovery_codes WHERE account_id = :account",
                                 {account.text()})
        .front();
  });
}

Result<void> SqlAccountStore::put_invitation(const Invitation& invitation) {
  TRY(remove_invitation(invitation.account));
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string account = invitation.account.text(), token = to_hex(invitation.token_hash);
    session << "INSERT INTO account_invitations (account_id, token_hash, created_ms, expires_ms) VALUES (:account, "
               ":token, :created, :expires)",
        use(account), use(token), use(invitation.created_ms), use(invitation.expires_ms);
    return {};
  });
}

Result<std::optional<Invitation>> SqlAccountStore::invitation(const Hash& token_hash) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Invitation>> {
    return first(fetch_bound<InvitationRow>(session,
                                            "SELECT account_id, token_hash, created_ms, expires_ms FROM "
                                            "account_invitations WHERE token_hash = :token",
                                            {to_hex(token_hash)}));
  });
}

Result<void> SqlAccountStore::remove_invitation(const Id& account) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = account.text();
    session << "DELETE FROM account_invitations WHERE account_id = :account", use(id);
    return {};
  });
}

Result<void> SqlAccountStore::insert(const ApiKey& key) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = key.id.text(), account = key.account.text(), secret = to_hex(key.secret_hash);
    const std::string scopes = joined_names(key.scopes, accounts::scope_name);
    const std::int64_t revoked = key.revoked ? 1 : 0;
    session << "INSERT INTO api_keys (id, account_id, name, scopes, secret_hash, created_ms, expires_ms, last_used_ms, "
               "revoked) VALUES (:id, :account, :name, :scopes, :secret, :created, :expires, :used, :revoked)",
        use(id), use(account), use(key.name), use(scopes), use(secret), use(key.created_ms), use(key.expires_ms),
        use(key.last_used_ms), use(revoked);
    return {};
  });
}

Result<std::optional<ApiKey>> SqlAccountStore::api_key(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<ApiKey>> {
    return first(fetch_bound<ApiKeyRow>(session, std::string(ApiKeyRow::kSelect) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::vector<ApiKey>> SqlAccountStore::api_keys() {
  return database_.run([&](soci::session& session) -> Result<std::vector<ApiKey>> {
    return fetch_bound<ApiKeyRow>(session, std::string(ApiKeyRow::kSelect) + " ORDER BY created_ms DESC, id", {});
  });
}

Result<void> SqlAccountStore::touch_api_key(const Id& id, TimeMs used_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "UPDATE api_keys SET last_used_ms = :used WHERE id = :id", use(used_ms), use(text);
    return {};
  });
}

Result<bool> SqlAccountStore::revoke_api_key(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    return !fetch_bound<TextRow>(session, "UPDATE api_keys SET revoked = 1 WHERE id = :id RETURNING id", {id.text()})
                .empty();
  });
}

Result<void> SqlAccountStore::append(const AuditEntry& entry) {
  // A transaction of its own where there is none: the next number is looked up and taken in one.
  return database_.write([&] {
    return database_.run([&](soci::session& session) -> Result<void> {
      const std::int64_t done = entry.done ? 1 : 0;
      session << "INSERT INTO audit_entries (id, time_ms, kind, actor, address, done, detail) SELECT "
                 "COALESCE(MAX(id), 0) + 1, :time, :kind, :actor, :address, :done, :detail FROM audit_entries",
          use(entry.time_ms), use(entry.kind), use(entry.actor), use(entry.address), use(done), use(entry.detail);
      return {};
    });
  });
}

Result<Listed<AuditEntry>> SqlAccountStore::audit_entries(const ListQuery& query) {
  if (!query.sort.empty() && query.sort != "id" && query.sort != "time")
    return fail(ErrorCode::invalid_argument, "the security log cannot be sorted by that", "sort by time");
  return database_.run([&](soci::session& session) -> Result<Listed<AuditEntry>> {
    Conditions where;
    if (!query.search.empty()) {
      const std::string like = like_pattern(query.search);
      where.add(
          "(LOWER(kind) LIKE :kind ESCAPE '!' OR LOWER(actor) LIKE :actor ESCAPE '!' OR LOWER(address) LIKE "
          ":address ESCAPE '!' OR LOWER(detail) LIKE :detail ESCAPE '!')",
          {like, like, like, like});
    }
    const bool newest_first = query.sort.empty() || query.descending;
    Listed<AuditEntry> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM audit_entries" + where.text(), where.values()).front();
    auto values = where.values();
    values.emplace_back(std::int64_t{query.limit});
    values.emplace_back(std::int64_t{query.offset});
    listed.items = fetch_bound<AuditRow>(session,
                                         "SELECT id, time_ms, kind, actor, address, done, detail FROM audit_entries" +
                                             where.text() + " ORDER BY id" + (newest_first ? " DESC" : "") +
                                             " LIMIT :limit OFFSET :offset",
                                         values);
    return listed;
  });
}

Result<std::map<std::string, std::string>> SqlAccountStore::settings() {
  return database_.run([&](soci::session& session) -> Result<std::map<std::string, std::string>> {
    std::map<std::string, std::string> values;
    for (auto& [name, value] : fetch_bound<SettingRow>(session, "SELECT name, value FROM settings", {}))
      values[name] = value;
    return values;
  });
}

Result<void> SqlAccountStore::set_setting(const std::string& name, const std::string& value) {
  return database_.run([&](soci::session& session) -> Result<void> {
    session << "INSERT INTO settings (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = "
               "excluded.value",
        use(name), use(value);
    return {};
  });
}

}  // namespace probity::store
