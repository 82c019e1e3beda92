// Rows of the tables of accounts, for accounts_*.cpp.
#pragma once

#include "accounts/store.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {

// "administrator,custodian"
template <class Item, class Name>
std::string joined_names(const std::set<Item>& items, Name name) {
  std::string text;
  for (const Item item : items) text.append(text.empty() ? "" : ",").append(name(item));
  return text;
}

template <class Item, class Parse>
std::set<Item> read_names(std::string_view text, Parse parse, const char* what) {
  std::set<Item> items;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    items.insert(read_some(parse(text.substr(0, end)), what));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return items;
}

struct AccountRow {
  static constexpr const char* kSelect =
      "SELECT id, email, name, roles, state, locale, password_hash, totp_seed, totp_new_seed, totp_used_step, "
      "created_ms, "
      "last_seen_ms FROM accounts";
  std::string id, email, name, roles, state, locale, password_hash, seed, new_seed;
  std::int64_t used_step = 0, created = 0, seen = 0;

  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(email), into(name), into(roles), into(state), into(locale),
                           into(password_hash), into(seed), into(new_seed), into(used_step), into(created), into(seen));
  }
  accounts::Account value() const {
    return {read_id(id),
            email,
            name,
            read_names<accounts::Role>(roles, accounts::parse_role, "an account has an unknown role"),
            read_some(accounts::parse_account_state(state), "an account has an unknown state"),
            locale,
            password_hash,
            seed,
            new_seed,
            used_step,
            created,
            seen};
  }
};

struct SessionRow {
  static constexpr const char* kSelect =
      "SELECT id, account_id, reference_hash, previous_hash, rotated_ms, csrf_token, created_ms, last_seen_ms, "
      "stepped_up_ms, address, agent FROM account_sessions";
  std::string id, account, reference, previous, csrf, address, agent;
  std::int64_t rotated = 0, created = 0, seen = 0, stepped_up = 0;

  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(account), into(reference), into(previous), into(rotated), into(csrf),
                           into(created), into(seen), into(stepped_up), into(address), into(agent));
  }
  accounts::Session value() const {
    return {read_id(id),
            read_id(account),
            read_hash(reference),
            read_hash(previous),
            rotated,
            csrf,
            created,
            seen,
            stepped_up,
            address,
            agent};
  }
};

struct InvitationRow {
  std::string account, token;
  std::int64_t created = 0, expires = 0;

  auto columns() {
    using soci::into;
    return std::make_tuple(into(account), into(token), into(created), into(expires));
  }
  accounts::Invitation value() const { return {read_id(account), read_hash(token), created, expires}; }
};

struct ApiKeyRow {
  static constexpr const char* kSelect =
      "SELECT id, account_id, name, scopes, secret_hash, created_ms, expires_ms, last_used_ms, revoked FROM api_keys";
  std::string id, account, name, scopes, secret;
  std::int64_t created = 0, expires = 0, used = 0, revoked = 0;

  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(account), into(name), into(scopes), into(secret), into(created),
                           into(expires), into(used), into(revoked));
  }
  accounts::ApiKey value() const {
    return {read_id(id),
            read_id(account),
            name,
            read_names<accounts::Scope>(scopes, accounts::parse_scope, "an API key has an unknown scope"),
            read_hash(secret),
            created,
            expires,
            used,
            revoked != 0};
  }
};

struct AuditRow {
  std::string kind, actor, address, detail;
  std::int64_t id = 0, time = 0, done = 0;

  auto columns() {
    using soci::into;
    return std::make_tuple(into(id), into(time), into(kind), into(actor), into(address), into(done), into(detail));
  }
  accounts::AuditEntry value() const {
    return {static_cast<std::uint64_t>(id), time, kind, actor, address, done != 0, detail};
  }
};

struct SettingRow {
  std::string name, text;
  auto columns() { return std::make_tuple(soci::into(name), soci::into(text)); }
  std::pair<std::string, std::string> value() const { return {name, text}; }
};

struct TextRow {
  std::string text;
  auto columns() { return std::make_tuple(soci::into(text)); }
  std::string value() const { return text; }
};

}  // namespace probity::store
