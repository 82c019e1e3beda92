#include "store/accounts_store.h"

#include "store/accounts_rows.h"

namespace probity::store {
namespace {

using accounts::Account;
using accounts::Session;
using soci::use;

Result<std::string> order_of(const ListQuery& page) {
  static constexpr std::pair<const char*, const char*> kOrders[] = {
      {"", "LOWER(name)"},          {"name", "LOWER(name)"},          {"email", "email"},
      {"created_at", "created_ms"}, {"last_seen_at", "last_seen_ms"}, {"state", "state"},
  };
  for (const auto& [field, column] : kOrders)
    if (page.sort == field) return std::string(" ORDER BY ") + column + (page.descending ? " DESC" : "") + ", id";
  return fail(ErrorCode::invalid_argument, "accounts cannot be sorted by that", "sort by name, email or created_at");
}

}  // namespace

Result<void> SqlAccountStore::insert(const Account& account) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = account.id.text(), roles = joined_names(account.roles, accounts::role_name);
    const std::string state(accounts::account_state_name(account.state));
    const auto taken =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM accounts WHERE email = :email", {account.email});
    if (taken.front() > 0)
      return fail(ErrorCode::already_exists, "there is an account with this e-mail address already");
    session << "INSERT INTO accounts (id, email, name, roles, state, locale, password_hash, totp_seed, totp_new_seed, "
               "totp_used_step, created_ms, last_seen_ms) VALUES (:id, :email, :name, :roles, :state, :locale, "
               ":password, :seed, :new_seed, :step, :created, :seen)",
        use(id), use(account.email), use(account.name), use(roles), use(state), use(account.locale),
        use(account.password_hash), use(account.totp_seed), use(account.totp_new_seed), use(account.totp_used_step),
        use(account.created_ms), use(account.last_seen_ms);
    return {};
  });
}

Result<void> SqlAccountStore::update(const Account& account) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = account.id.text(), roles = joined_names(account.roles, accounts::role_name);
    const std::string state(accounts::account_state_name(account.state));
    const auto changed = fetch_bound<TextRow>(
        session,
        "UPDATE accounts SET name = :name, roles = :roles, state = :state, locale = :locale, password_hash = "
        ":password, "
        "totp_seed = :seed, totp_new_seed = :new_seed, totp_used_step = :step, last_seen_ms = :seen WHERE id = :id "
        "RETURNING id",
        {account.name, roles, state, account.locale, account.password_hash, account.totp_seed, account.totp_new_seed,
         account.totp_used_step, account.last_seen_ms, id});
    if (changed.empty()) return fail(ErrorCode::not_found, "there is no such account");
    return {};
  });
}

Result<std::optional<Account>> SqlAccountStore::account(const Id& id) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Account>> {
    return first(fetch_bound<AccountRow>(session, std::string(AccountRow::kSelect) + " WHERE id = :id", {id.text()}));
  });
}

Result<std::optional<Account>> SqlAccountStore::account_by_email(const std::string& email) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Account>> {
    return first(fetch_bound<AccountRow>(session, std::string(AccountRow::kSelect) + " WHERE email = :email", {email}));
  });
}

Result<Listed<Account>> SqlAccountStore::accounts(const ListQuery& query) {
  TRY_ASSIGN(const std::string order, order_of(query));
  return database_.run([&](soci::session& session) -> Result<Listed<Account>> {
    Conditions where;
    if (!query.search.empty()) {
      const std::string like = like_pattern(query.search);
      where.add("(LOWER(name) LIKE :name ESCAPE '!' OR email LIKE :email ESCAPE '!')", {like, like});
    }
    Listed<Account> listed;
    listed.total =
        fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM accounts" + where.text(), where.values()).front();
    auto values = where.values();
    values.emplace_back(std::int64_t{query.limit});
    values.emplace_back(std::int64_t{query.offset});
    listed.items = fetch_bound<AccountRow>(
        session, AccountRow::kSelect + where.text() + order + " LIMIT :limit OFFSET :offset", values);
    return listed;
  });
}

Result<std::uint64_t> SqlAccountStore::account_count() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(session, "SELECT COUNT(*) FROM accounts", {}).front();
  });
}

Result<std::uint64_t> SqlAccountStore::active_administrators() {
  return database_.run([&](soci::session& session) -> Result<std::uint64_t> {
    return fetch_bound<CountRow>(
               session, "SELECT COUNT(*) FROM accounts WHERE state = 'active' AND roles LIKE '%administrator%'", {})
        .front();
  });
}

Result<void> SqlAccountStore::insert(const Session& record) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string id = record.id.text(), account = record.account.text();
    const std::string reference = to_hex(record.reference_hash), previous = to_hex(record.previous_hash);
    session << "INSERT INTO account_sessions (id, account_id, reference_hash, previous_hash, rotated_ms, csrf_token, "
               "created_ms, last_seen_ms, stepped_up_ms, address, agent) VALUES (:id, :account, :reference, :previous, "
               ":rotated, :csrf, :created, :seen, :stepped, :address, :agent)",
        use(id), use(account), use(reference), use(previous), use(record.rotated_ms), use(record.csrf_token),
        use(record.created_ms), use(record.last_seen_ms), use(record.stepped_up_ms), use(record.address),
        use(record.agent);
    return {};
  });
}

Result<void> SqlAccountStore::update(const Session& record) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const auto changed = fetch_bound<TextRow>(
        session,
        "UPDATE account_sessions SET reference_hash = :reference, previous_hash = :previous, rotated_ms = :rotated, "
        "last_seen_ms = :seen, stepped_up_ms = :stepped WHERE id = :id RETURNING id",
        {to_hex(record.reference_hash), to_hex(record.previous_hash), record.rotated_ms, record.last_seen_ms,
         record.stepped_up_ms, record.id.text()});
    if (changed.empty()) return fail(ErrorCode::not_found, "there is no such session");
    return {};
  });
}

Result<std::optional<Session>> SqlAccountStore::session_by_reference(const Hash& reference_hash) {
  return database_.run([&](soci::session& session) -> Result<std::optional<Session>> {
    const std::string hash = to_hex(reference_hash);
    return first(fetch_bound<SessionRow>(
        session, std::string(SessionRow::kSelect) + " WHERE reference_hash = :present OR previous_hash = :previous",
        {hash, hash}));
  });
}

Result<std::vector<Session>> SqlAccountStore::sessions(const Id& account) {
  return database_.run([&](soci::session& session) -> Result<std::vector<Session>> {
    return fetch_bound<SessionRow>(
        session, std::string(SessionRow::kSelect) + " WHERE account_id = :account ORDER BY last_seen_ms DESC, id",
        {account.text()});
  });
}

Result<void> SqlAccountStore::touch_session(const Id& id, TimeMs seen_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string text = id.text();
    session << "UPDATE account_sessions SET last_seen_ms = :seen WHERE id = :id", use(seen_ms), use(text);
    session << "UPDATE accounts SET last_seen_ms = :seen WHERE id = (SELECT account_id FROM account_sessions WHERE id "
               "= :id)",
        use(seen_ms), use(text);
    return {};
  });
}

Result<bool> SqlAccountStore::remove_session(const Id& account, const Id& id) {
  return database_.run([&](soci::session& session) -> Result<bool> {
    return !fetch_bound<TextRow>(session,
                                 "DELETE FROM account_sessions WHERE id = :id AND account_id = :account RETURNING id",
                                 {id.text(), account.text()})
                .empty();
  });
}

Result<void> SqlAccountStore::remove_sessions(const Id& account, const std::optional<Id>& except) {
  return database_.run([&](soci::session& session) -> Result<void> {
    const std::string owner = account.text(), kept = except ? except->text() : "";
    session << "DELETE FROM account_sessions WHERE account_id = :account AND id <> :kept", use(owner), use(kept);
    return {};
  });
}

Result<void> SqlAccountStore::remove_sessions_seen_before(TimeMs time_ms) {
  return database_.run([&](soci::session& session) -> Result<void> {
    session << "DELETE FROM account_sessions WHERE last_seen_ms < :time", use(time_ms);
    return {};
  });
}

}  // namespace probity::store
