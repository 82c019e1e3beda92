// A node's accounts in memory: an administrator and a custodian, a clock set by hand, hashes that cost nothing.
#pragma once

#include "accounts/service.h"
#include "accounts/totp.h"
#include "base/encoding.h"
#include "support/memory_accounts.h"
#include "support/memory_ports.h"

namespace probity::test {

inline constexpr const char* kAdminPassword = "violet kettle 7 orbit";
inline constexpr const char* kCustodianPassword = "marble fjord 9 lantern";

struct AccountsFixture {
  AccountsFixture() { init_crypto(); }

  accounts::Account add(const std::string& email, std::set<accounts::Role> roles, const std::string& password,
                        const std::string& name = "Somebody") {
    return service.directory.add({email, name, std::move(roles), "en"}, password, {}).value();
  }
  // Only what the tests of signing in need: everything set up through the verbs themselves.
  accounts::Opened set_up() {
    accounts::FirstAccount first;
    first.token = service.directory.setup_path().value().substr(7);
    first.organisation = "Harbour Nine";
    first.name = "Ada Admin";
    first.email = "Ada@Example.com";
    first.password = kAdminPassword;
    first.zone = "Europe/Berlin";
    return service.directory.set_up(first, visitor).value();
  }
  Result<accounts::Opened> sign_in(const std::string& email, const std::string& password,
                                   const std::string& code = "") {
    return service.sign_in.sign_in({email, password, code}, visitor);
  }
  accounts::Caller caller(const accounts::Opened& opened) {
    return service.sessions.authenticate(opened.reference, visitor).value().caller;
  }
  // The seed of a second factor that the account has from now on, and its recovery codes.
  struct Enrolled {
    Bytes seed;
    std::vector<std::string> codes;
    std::string code(TimeMs now_ms) const { return accounts::totp_code(seed, accounts::totp_step(now_ms)); }
  };
  Enrolled enrol(const accounts::Caller& who) {
    service.own.begin_totp(who).value();
    const auto account = store.account(*who.actor.id).value().value();
    Enrolled enrolled{accounts::open_seed(key, account.id, account.totp_new_seed).value(), {}};
    enrolled.codes = service.own.confirm_totp(who, enrolled.code(clock.now_ms())).value();
    return enrolled;
  }
  std::vector<accounts::AuditEntry> log() { return store.audit_entries({"", "id", false, 0, 500}).value().items; }
  int logged(const std::string& kind, bool done) {
    int count = 0;
    for (const auto& entry : log()) count += entry.kind == kind && entry.done == done ? 1 : 0;
    return count;
  }

  HandClock clock;
  SeededRandom random;
  PlainTransactions transactions;
  MemoryAccounts store;
  SentMessages mail;
  PlainHasher hasher;
  SecretKey key{Hash{9, 9, 9}};
  accounts::AccountService service{
      {store, transactions, clock, random, mail, hasher, key, "http://127.0.0.1:8080", {}}};
  accounts::Visitor visitor{"192.0.2.7", "Browser 1"};
};

}  // namespace probity::test
