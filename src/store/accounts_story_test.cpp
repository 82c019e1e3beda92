// The services of accounts on the real database: what is undone, what stays, and what several at once may not get
// twice.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <functional>
#include <thread>

#include "accounts/service.h"
#include "accounts/totp.h"
#include "store/accounts_store.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using accounts::Account;
using accounts::Opened;
using accounts::Role;

constexpr const char* kPassword = "violet kettle 7 orbit";
constexpr const char* kOtherPassword = "marble fjord 9 lantern";

// Sends nothing, and fails when told to.
struct Mail final : outbox::Sender {
  Result<Id> enqueue(const outbox::Message&) override {
    if (fails) return fail(ErrorCode::storage, "no room for mail");
    return Id{};
  }
  std::atomic<bool> fails = false;
};

// Shared by threads: nothing is counted.
struct NoHash final : accounts::PasswordHasher {
  Result<std::string> hash(const std::string& password) override { return "plain " + password; }
  Result<bool> matches(const std::string& kept, const std::string& password) override {
    return kept == "plain " + password;
  }
  bool is_outdated(const std::string&) const override { return false; }
};

class AccountsStory : public ::testing::Test {
 protected:
  AccountsStory() {
    std::string pattern = (fs::temp_directory_path() / "probity-accounts-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<SqlAccountStore>(*database);
    accounts::ThrottleOptions patient;
    patient.account_free = patient.address_free = 10'000;
    service = std::make_unique<accounts::AccountService>(accounts::Outside{
        *store, *database, clock, random, mail, hasher, SecretKey(Hash{7}), "http://127.0.0.1:8080", patient});
  }
  ~AccountsStory() override {
    service.reset();
    store.reset();
    database.reset();
    fs::remove_all(folder);
  }

  accounts::FirstAccount first() {
    return {service->directory.setup_path().value().substr(7),
            "Harbour Nine",
            "Ada",
            "ada@example.com",
            kPassword,
            "en",
            "UTC"};
  }
  accounts::Caller ada() {
    const Opened opened = service->directory.set_up(first(), visitor).value();
    return service->sessions.authenticate(opened.reference, visitor).value().caller;
  }
  std::uint64_t entries(const std::string& kind) {
    return store->audit_entries({kind, "", false, 0, 500}).value().total;
  }
  // How many of eight threads that do the same at once succeed.
  static int succeed_at_once(const std::function<bool()>& work) {
    std::atomic<int> succeeded = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) threads.emplace_back([&] { succeeded += work() ? 1 : 0; });
    for (auto& thread : threads) thread.join();
    return succeeded;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlAccountStore> store;
  test::HandClock clock;
  SystemRandom random;  // for threads
  Mail mail;
  NoHash hasher;
  std::unique_ptr<accounts::AccountService> service;
  accounts::Visitor visitor{"192.0.2.7", "Browser 1"};
};

TEST_F(AccountsStory, runs_from_the_first_link_to_a_reset) {
  const accounts::Caller admin = ada();
  const auto invited = service->directory.invite({"maya@example.com", "Maya", {Role::custodian}, "zh"}, admin).value();
  const std::string token = invited.link.substr(invited.link.find('#') + 1);
  const Opened maya = service->directory.accept_invitation(token, kOtherPassword, {}, visitor).value();
  EXPECT_TRUE(service->sign_in.sign_in({"maya@example.com", kOtherPassword, ""}, visitor));
  EXPECT_FALSE(service->sign_in.sign_in({"maya@example.com", kPassword, ""}, visitor));
  ASSERT_TRUE(service->directory.reset(maya.account.id, admin));
  EXPECT_FALSE(service->sessions.authenticate(maya.reference, visitor));
  EXPECT_FALSE(service->sign_in.sign_in({"maya@example.com", kOtherPassword, ""}, visitor));
}

TEST_F(AccountsStory, what_was_acknowledged_is_there_after_opening_again) {
  const accounts::Caller admin = ada();
  const Opened opened = service->sign_in.sign_in({"ada@example.com", kPassword, ""}, visitor).value();
  service.reset();
  store.reset();
  database = Database::open_sqlite(folder + "/test.db").value();
  store = std::make_unique<SqlAccountStore>(*database);
  service = std::make_unique<accounts::AccountService>(
      accounts::Outside{*store, *database, clock, random, mail, hasher, SecretKey(Hash{7}), "http://x", {}});
  EXPECT_TRUE(service->sessions.authenticate(opened.reference, visitor));
  EXPECT_EQ(service->directory.setup_path().value(), "");
  EXPECT_EQ(service->settings.get().value().organisation, "Harbour Nine");
}

TEST_F(AccountsStory, an_invitation_whose_mail_cannot_be_queued_never_was) {
  const accounts::Caller admin = ada();
  mail.fails = true;
  EXPECT_FALSE(service->directory.invite({"maya@example.com", "Maya", {Role::custodian}, ""}, admin));
  EXPECT_FALSE(store->account_by_email("maya@example.com").value());
  EXPECT_EQ(entries("account.invited"), 0U);
  mail.fails = false;
  EXPECT_TRUE(service->directory.invite({"maya@example.com", "Maya", {Role::custodian}, ""}, admin));
}

TEST_F(AccountsStory, refusals_stay_in_the_log_although_the_request_is_undone) {
  ada();
  EXPECT_FALSE(service->sign_in.sign_in({"ada@example.com", "wrong", ""}, visitor));
  EXPECT_FALSE(service->sign_in.sign_in({"nobody@example.com", "wrong", ""}, visitor));
  EXPECT_EQ(entries("wrong password"), 2U);
}

TEST_F(AccountsStory, a_node_is_set_up_once_however_many_try_at_once) {
  const auto request = first();
  EXPECT_EQ(succeed_at_once([&] { return service->directory.set_up(request, visitor).has_value(); }), 1);
  EXPECT_EQ(store->account_count().value(), 1U);
}

TEST_F(AccountsStory, an_invitation_is_accepted_once_however_many_try_at_once) {
  const auto invited = service->directory.invite({"maya@example.com", "Maya", {Role::custodian}, ""}, ada()).value();
  const std::string token = invited.link.substr(invited.link.find('#') + 1);
  EXPECT_EQ(succeed_at_once(
                [&] { return service->directory.accept_invitation(token, kOtherPassword, {}, visitor).has_value(); }),
            1);
}

TEST_F(AccountsStory, one_code_opens_one_session_however_many_try_at_once) {
  const accounts::Caller admin = ada();
  service->own.begin_totp(admin).value();
  const Account account = store->account_by_email("ada@example.com").value().value();
  const Bytes seed = accounts::open_seed(SecretKey(Hash{7}), account.id, account.totp_new_seed).value();
  const auto code = [&] { return accounts::totp_code(seed, accounts::totp_step(clock.now_ms())); };
  const auto recovery_codes = service->own.confirm_totp(admin, code()).value();
  clock.advance(30'000);
  const auto sign_in = [&](const std::string& typed) {
    return service->sign_in.sign_in({"ada@example.com", kPassword, typed}, visitor).has_value();
  };
  EXPECT_EQ(succeed_at_once([&] { return sign_in(code()); }), 1);
  EXPECT_EQ(succeed_at_once([&] { return sign_in(recovery_codes[0]); }), 1);
  EXPECT_EQ(store->recovery_codes_left(account.id).value(), 9U);
}

TEST_F(AccountsStory, two_administrators_cannot_dismiss_each_other_at_once) {
  const accounts::Caller one = ada();
  const Account bo =
      service->directory.add({"bo@example.com", "Bo", {Role::administrator}, "en"}, kOtherPassword, {}).value();
  const accounts::Caller two = accounts::caller_of(bo, "192.0.2.8");
  std::thread other([&] {
    static_cast<void>(service->directory.update(*one.actor.id, {{}, std::set{Role::custodian}, {}}, two));
  });
  static_cast<void>(service->directory.update(bo.id, {{}, std::set{Role::custodian}, {}}, one));
  other.join();
  EXPECT_EQ(store->active_administrators().value(), 1U);
}

TEST_F(AccountsStory, numbers_of_the_log_have_no_gaps_and_no_doubles) {
  EXPECT_EQ(succeed_at_once([&] {
              for (int i = 0; i < 5; ++i)
                if (!service->audit.refused("access", "somebody", "192.0.2.1")) return false;
              return true;
            }),
            8);
  const auto all = store->audit_entries({"", "id", false, 0, 500}).value();
  ASSERT_EQ(all.total, 40U);
  for (std::size_t i = 0; i < all.items.size(); ++i) EXPECT_EQ(all.items[i].id, i + 1);
}

}  // namespace
}  // namespace probity::store
