// The accounts' store in memory, and a hasher that costs nothing: twins for tests.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "accounts/password.h"
#include "accounts/store.h"

namespace probity::test {

// Undoes nothing: transactions that fail after a write are the business of the SQL store's tests.
class MemoryAccounts final : public accounts::Store {
 public:
  using Account = accounts::Account;
  using Session = accounts::Session;
  using ApiKey = accounts::ApiKey;
  using Invitation = accounts::Invitation;
  using AuditEntry = accounts::AuditEntry;

  Result<void> insert(const Account& account) override {
    for (const auto& [id, known] : accounts_)
      if (id == account.id || known.email == account.email)
        return fail(ErrorCode::already_exists, "there is an account with this e-mail address already");
    accounts_[account.id] = account;
    return {};
  }
  Result<void> update(const Account& account) override {
    const auto found = accounts_.find(account.id);
    if (found == accounts_.end()) return fail(ErrorCode::not_found, "there is no such account");
    found->second = account;
    return {};
  }
  Result<std::optional<Account>> account(const Id& id) override { return find(accounts_, id); }
  Result<std::optional<Account>> account_by_email(const std::string& email) override {
    for (const auto& [id, account] : accounts_)
      if (account.email == email) return account;
    return std::optional<Account>();
  }
  Result<Listed<Account>> accounts(const ListQuery& query) override {
    Listed<Account> listed;
    for (const auto& [id, account] : accounts_)
      if ((account.name + account.email).find(query.search) != std::string::npos) listed.items.push_back(account);
    std::ranges::sort(listed.items, {}, query.sort == "email" ? &Account::email : &Account::name);
    if (query.descending) std::ranges::reverse(listed.items);
    return page(std::move(listed), query);
  }
  Result<std::uint64_t> account_count() override { return accounts_.size(); }
  Result<std::uint64_t> active_administrators() override {
    return static_cast<std::uint64_t>(std::ranges::count_if(accounts_, [](const auto& item) {
      return item.second.state == accounts::AccountState::active &&
             item.second.roles.contains(accounts::Role::administrator);
    }));
  }

  Result<void> insert(const Session& session) override {
    sessions_[session.id] = session;
    return {};
  }
  Result<void> update(const Session& session) override {
    if (!sessions_.contains(session.id)) return fail(ErrorCode::not_found, "there is no such session");
    sessions_[session.id] = session;
    return {};
  }
  Result<std::optional<Session>> session_by_reference(const Hash& hash) override {
    for (const auto& [id, session] : sessions_)
      if (session.reference_hash == hash || session.previous_hash == hash) return session;
    return std::optional<Session>();
  }
  Result<std::vector<Session>> sessions(const Id& account) override {
    std::vector<Session> found;
    for (const auto& [id, session] : sessions_)
      if (session.account == account) found.push_back(session);
    std::ranges::sort(found, std::greater(), &Session::last_seen_ms);
    return found;
  }
  Result<void> touch_session(const Id& id, TimeMs seen_ms) override {
    if (!sessions_.contains(id)) return {};
    sessions_[id].last_seen_ms = seen_ms;
    accounts_[sessions_[id].account].last_seen_ms = seen_ms;
    return {};
  }
  Result<bool> remove_session(const Id& account, const Id& id) override {
    return std::erase_if(sessions_,
                         [&](const auto& item) { return item.first == id && item.second.account == account; }) > 0;
  }
  Result<void> remove_sessions(const Id& account, const std::optional<Id>& except) override {
    std::erase_if(sessions_, [&](const auto& item) { return item.second.account == account && item.first != except; });
    return {};
  }
  Result<void> remove_sessions_seen_before(TimeMs time_ms) override {
    std::erase_if(sessions_, [&](const auto& item) { return item.second.last_seen_ms < time_ms; });
    return {};
  }

  Result<void> set_recovery_codes(const Id& account, const std::vector<Hash>& hashes) override {
    codes_[account] = hashes;
    return {};
  }
  Result<bool> take_recovery_code(const Id& account, const Hash& hash) override {
    return std::erase(codes_[account], hash) > 0;
  }
  Result<std::uint64_t> recovery_codes_left(const Id& account) override { return codes_[account].size(); }

  Result<void> put_invitation(const Invitation& invitation) override {
    invitations_[invitation.account] = invitation;
    return {};
  }
  Result<std::optional<Invitation>> invitation(const Hash& token_hash) override {
    for (const auto& [id, invitation] : invitations_)
      if (invitation.token_hash == token_hash) return invitation;
    return std::optional<Invitation>();
  }
  Result<void> remove_invitation(const Id& account) override {
    invitations_.erase(account);
    return {};
  }

  Result<void> insert(const ApiKey& key) override {
    keys_[key.id] = key;
    return {};
  }
  Result<std::optional<ApiKey>> api_key(const Id& id) override { return find(keys_, id); }
  Result<std::vector<ApiKey>> api_keys() override {
    std::vector<ApiKey> found;
    for (const auto& [id, key] : keys_) found.push_back(key);
    std::ranges::sort(found, std::greater(), &ApiKey::created_ms);
    return found;
  }
  Result<void> touch_api_key(const Id& id, TimeMs used_ms) override {
    if (keys_.contains(id)) keys_[id].last_used_ms = used_ms;
    return {};
  }
  Result<bool> revoke_api_key(const Id& id) override {
    if (!keys_.contains(id)) return false;
    keys_[id].revoked = true;
    return true;
  }

  Result<void> append(const AuditEntry& entry) override {
    audit_.push_back(entry);
    audit_.back().id = audit_.size();
    return {};
  }
  Result<Listed<AuditEntry>> audit_entries(const ListQuery& query) override {
    Listed<AuditEntry> listed;
    for (const auto& entry : audit_)
      if ((entry.kind + entry.actor + entry.address + entry.detail).find(query.search) != std::string::npos)
        listed.items.push_back(entry);
    if (query.sort.empty() || query.descending) std::ranges::reverse(listed.items);
    return page(std::move(listed), query);
  }

  Result<std::map<std::string, std::string>> settings() override { return settings_; }
  Result<void> set_setting(const std::string& name, const std::string& value) override {
    settings_[name] = value;
    return {};
  }

 private:
  template <class Record>
  static Result<std::optional<Record>> find(const std::map<Id, Record>& records, const Id& id) {
    const auto found = records.find(id);
    return found == records.end() ? std::nullopt : std::optional(found->second);
  }
  template <class Record>
  static Listed<Record> page(Listed<Record> all, const ListQuery& query) {
    all.total = all.items.size();
    all.items.erase(all.items.begin(),
                    all.items.begin() + std::min<std::ptrdiff_t>(query.offset, std::ssize(all.items)));
    if (all.items.size() > query.limit) all.items.resize(query.limit);
    return all;
  }

  std::map<Id, Account> accounts_;
  std::map<Id, Session> sessions_;
  std::map<Id, std::vector<Hash>> codes_;
  std::map<Id, Invitation> invitations_;
  std::map<Id, ApiKey> keys_;
  std::vector<AuditEntry> audit_;
  std::map<std::string, std::string> settings_;
};

// Not a hash at all. Counts how often it was asked: equal work is part of what callers promise.
class PlainHasher final : public accounts::PasswordHasher {
 public:
  Result<std::string> hash(const std::string& password) override {
    ++hashed;
    if (const auto now = std::exchange(while_hashing, nullptr)) now();
    return "plain " + password;
  }
  Result<bool> matches(const std::string& password_hash, const std::string& password) override {
    ++compared;
    if (busy) return fail(ErrorCode::too_many_requests, "too many people are signing in at this moment");
    if (meanwhile) meanwhile();
    return password_hash == "plain " + password;
  }
  bool is_outdated(const std::string& password_hash) const override { return password_hash == outdated; }

  int hashed = 0, compared = 0;
  bool busy = false;
  std::string outdated;
  std::function<void()> meanwhile;      // what happens while a password is compared
  std::function<void()> while_hashing;  // what happens, once, while one is hashed
};

}  // namespace probity::test
