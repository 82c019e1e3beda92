// One contract for the accounts' store, run on SQLite and on the in-memory twin the services are tested with.
#include "store/accounts_store.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/random.h"
#include "support/memory_accounts.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using accounts::Account;
using accounts::AccountState;
using accounts::ApiKey;
using accounts::Role;
using accounts::Scope;
using accounts::Session;

enum class Kind { sqlite, memory };

class AccountStoreContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::memory) {
      store = std::make_unique<test::MemoryAccounts>();
      return;
    }
    std::string pattern = (fs::temp_directory_path() / "probity-accounts-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<SqlAccountStore>(*database);
  }
  void TearDown() override {
    store.reset();
    database.reset();
    if (!folder.empty()) fs::remove_all(folder);
  }

  Account account(const std::string& email, const std::string& name = "陈美雅 O'Neil") {
    Account made;
    made.id = Id::random(random);
    made.email = email;
    made.name = name;
    made.roles = {Role::administrator, Role::custodian};
    made.state = AccountState::active;
    made.locale = "zh";
    made.password_hash = "$argon2id$…";
    made.totp_seed = "0a";
    made.totp_new_seed = "0b";
    made.totp_used_step = 60'000'000;
    made.created_ms = 5;
    made.last_seen_ms = 7;
    return made;
  }
  Session session(const Account& owner, std::uint8_t mark, TimeMs seen_ms) {
    Session made;
    made.id = Id::random(random);
    made.account = owner.id;
    made.reference_hash = Hash{mark};
    made.previous_hash = Hash{mark, 1};
    made.rotated_ms = 3;
    made.csrf_token = "token";
    made.created_ms = 2;
    made.last_seen_ms = seen_ms;
    made.stepped_up_ms = 4;
    made.address = "2001:db8::1";
    made.agent = "Browser 1";
    return made;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<accounts::Store> store;
  test::SeededRandom random;
};

TEST_P(AccountStoreContract, gives_accounts_back_as_they_were) {
  Account maya = account("maya@example.com");
  ASSERT_TRUE(store->insert(maya));
  EXPECT_EQ(store->account(maya.id).value().value(), maya);
  EXPECT_EQ(store->account_by_email("maya@example.com").value().value(), maya);
  maya.name = "Maya";
  maya.roles = {Role::auditor};
  maya.state = AccountState::disabled;
  maya.totp_seed.clear();
  maya.totp_used_step = 60'000'001;
  ASSERT_TRUE(store->update(maya));
  EXPECT_EQ(store->account(maya.id).value().value(), maya);
  EXPECT_EQ(store->insert(account("maya@example.com")).error().code, ErrorCode::already_exists);
  EXPECT_EQ(store->update(account("nobody@example.com")).error().code, ErrorCode::not_found);
  EXPECT_FALSE(store->account(Id{}).value());
  EXPECT_FALSE(store->account_by_email("nobody@example.com").value());
}

TEST_P(AccountStoreContract, lists_counts_and_finds_accounts) {
  Account a = account("zoe@example.com", "ann_a"), b = account("bob@example.com", "bob");
  a.roles = {Role::auditor};
  ASSERT_TRUE(store->insert(a));
  ASSERT_TRUE(store->insert(b));
  EXPECT_EQ(store->account_count().value(), 2U);
  EXPECT_EQ(store->active_administrators().value(), 1U);
  EXPECT_EQ(store->accounts({}).value().items, (std::vector<Account>{a, b}));
  EXPECT_EQ(store->accounts({"", "email", false, 0, 50}).value().items.front(), b);
  EXPECT_EQ(store->accounts({"", "email", true, 0, 50}).value().items.front(), a);
  const auto found = store->accounts({"n_a", "", false, 0, 50}).value();
  EXPECT_EQ(found.items, std::vector<Account>{a});
  const auto second = store->accounts({"", "", false, 1, 1}).value();
  EXPECT_EQ(second.items, std::vector<Account>{b});
  EXPECT_EQ(second.total, 2U);
  EXPECT_TRUE(store->accounts({"", "", false, 9, 1}).value().items.empty());
}

TEST_P(AccountStoreContract, finds_sessions_by_either_reference_and_removes_them) {
  const Account maya = account("maya@example.com"), other = account("other@example.com");
  ASSERT_TRUE(store->insert(maya));
  ASSERT_TRUE(store->insert(other));
  Session one = session(maya, 1, 10), two = session(maya, 2, 20), foreign = session(other, 3, 30);
  for (const Session& each : {one, two, foreign}) ASSERT_TRUE(store->insert(each));
  EXPECT_EQ(store->session_by_reference(one.reference_hash).value().value(), one);
  EXPECT_EQ(store->session_by_reference(one.previous_hash).value().value(), one);
  EXPECT_FALSE(store->session_by_reference(Hash{9}).value());
  EXPECT_EQ(store->sessions(maya.id).value(), (std::vector<Session>{two, one}));

  one.reference_hash = Hash{8};
  one.stepped_up_ms = 44;
  ASSERT_TRUE(store->update(one));
  ASSERT_TRUE(store->touch_session(one.id, 99));
  one.last_seen_ms = 99;
  EXPECT_EQ(store->session_by_reference(Hash{8}).value().value(), one);
  EXPECT_EQ(store->account(maya.id).value()->last_seen_ms, 99);
  EXPECT_TRUE(store->touch_session(Id{}, 99));

  EXPECT_FALSE(store->remove_session(other.id, one.id).value()) << "somebody else's";
  ASSERT_TRUE(store->remove_sessions(maya.id, one.id));
  EXPECT_EQ(store->sessions(maya.id).value(), std::vector<Session>{one});
  EXPECT_TRUE(store->remove_session(maya.id, one.id).value());
  EXPECT_FALSE(store->remove_session(maya.id, one.id).value());
  EXPECT_EQ(store->update(one).error().code, ErrorCode::not_found);
  ASSERT_TRUE(store->remove_sessions_seen_before(31));
  EXPECT_TRUE(store->sessions(other.id).value().empty());
}

TEST_P(AccountStoreContract, takes_a_recovery_code_once) {
  const Account maya = account("maya@example.com"), other = account("other@example.com");
  ASSERT_TRUE(store->insert(maya));
  ASSERT_TRUE(store->insert(other));
  ASSERT_TRUE(store->set_recovery_codes(maya.id, {Hash{1}, Hash{2}}));
  EXPECT_FALSE(store->take_recovery_code(other.id, Hash{1}).value());
  EXPECT_TRUE(store->take_recovery_code(maya.id, Hash{1}).value());
  EXPECT_FALSE(store->take_recovery_code(maya.id, Hash{1}).value());
  EXPECT_EQ(store->recovery_codes_left(maya.id).value(), 1U);
  ASSERT_TRUE(store->set_recovery_codes(maya.id, {}));
  EXPECT_EQ(store->recovery_codes_left(maya.id).value(), 0U);
}

TEST_P(AccountStoreContract, keeps_one_invitation_an_account) {
  const Account maya = account("maya@example.com");
  ASSERT_TRUE(store->insert(maya));
  ASSERT_TRUE(store->put_invitation({maya.id, Hash{1}, 5, 6}));
  const accounts::Invitation second{maya.id, Hash{2}, 7, 8};
  ASSERT_TRUE(store->put_invitation(second));
  EXPECT_FALSE(store->invitation(Hash{1}).value());
  EXPECT_EQ(store->invitation(Hash{2}).value().value(), second);
  ASSERT_TRUE(store->remove_invitation(maya.id));
  EXPECT_FALSE(store->invitation(Hash{2}).value());
}

TEST_P(AccountStoreContract, keeps_api_keys) {
  const Account maya = account("maya@example.com");
  ASSERT_TRUE(store->insert(maya));
  ApiKey key{Id::random(random), maya.id, "Newsroom", {Scope::copies_read, Scope::jobs_read}, Hash{4}, 1, 2, 0, false};
  ApiKey newer{Id::random(random), maya.id, "Other", {Scope::projects_read}, Hash{5}, 2, 3, 0, false};
  ASSERT_TRUE(store->insert(key));
  ASSERT_TRUE(store->insert(newer));
  EXPECT_EQ(store->api_keys().value(), (std::vector<ApiKey>{newer, key}));
  ASSERT_TRUE(store->touch_api_key(key.id, 77));
  EXPECT_TRUE(store->revoke_api_key(key.id).value());
  key.last_used_ms = 77;
  key.revoked = true;
  EXPECT_EQ(store->api_key(key.id).value().value(), key);
  EXPECT_FALSE(store->api_key(Id{}).value());
  EXPECT_FALSE(store->revoke_api_key(Id{}).value());
}

TEST_P(AccountStoreContract, appends_and_lists_the_security_log) {
  ASSERT_TRUE(store->append({0, 10, "session.started", "maya", "192.0.2.1", true, ""}));
  ASSERT_TRUE(store->append({0, 11, "session.started", "unknown", "192.0.2.2", false, "wrong"}));
  const auto all = store->audit_entries({}).value();
  ASSERT_EQ(all.total, 2U);
  EXPECT_EQ(all.items[0], (accounts::AuditEntry{2, 11, "session.started", "unknown", "192.0.2.2", false, "wrong"}));
  EXPECT_EQ(all.items[1].id, 1U);
  EXPECT_EQ(store->audit_entries({"maya", "", false, 0, 9}).value().total, 1U);
  EXPECT_EQ(store->audit_entries({"", "id", false, 0, 1}).value().items.front().id, 1U);
}

TEST_P(AccountStoreContract, keeps_settings) {
  EXPECT_TRUE(store->settings().value().empty());
  ASSERT_TRUE(store->set_setting("organisation", "A"));
  ASSERT_TRUE(store->set_setting("organisation", "北极星 \"Motors\""));
  EXPECT_EQ(store->settings().value(), (std::map<std::string, std::string>{{"organisation", "北极星 \"Motors\""}}));
}

TEST(SqlAccountStore, sorts_by_known_fields_only) {
  std::string pattern = (fs::temp_directory_path() / "probity-accounts-XXXXXX").string();
  const std::string folder = ::mkdtemp(pattern.data());
  {
    const auto database = Database::open_sqlite(folder + "/test.db").value();
    SqlAccountStore store(*database);
    EXPECT_EQ(store.accounts({"", "password_hash", false, 0, 9}).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(store.audit_entries({"", "actor", false, 0, 9}).error().code, ErrorCode::invalid_argument);
    EXPECT_TRUE(store.accounts({"%' OR 1=1 --", "last_seen_at", true, 0, 9}).value().items.empty());
  }
  fs::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Stores, AccountStoreContract, testing::Values(Kind::sqlite, Kind::memory),
                         [](const auto& kind) { return kind.param == Kind::sqlite ? "sqlite" : "memory"; });

}  // namespace
}  // namespace probity::store
