#include "accounts/sign_in.h"

#include <gtest/gtest.h>

#include "accounts/token.h"
#include "support/accounts_fixture.h"

namespace probity::accounts {
namespace {

using test::kAdminPassword;
using test::kCustodianPassword;

struct SigningIn : testing::Test, test::AccountsFixture {
  SigningIn() { maya = add("maya@example.com", {Role::custodian}, kCustodianPassword, "Maya Chen"); }
  ErrorCode refused(const std::string& email, const std::string& password, const std::string& code = "") {
    const auto opened = sign_in(email, password, code);
    return opened ? ErrorCode::internal : opened.error().code;
  }
  Account maya;
};

TEST_F(SigningIn, opens_a_session_with_a_reference_that_nothing_keeps) {
  const Opened opened = sign_in(" Maya@Example.COM", kCustodianPassword).value();
  EXPECT_EQ(opened.account.id, maya.id);
  EXPECT_EQ(opened.reference.size(), 43U) << "256 bits";
  const auto kept = store.sessions(maya.id).value().at(0);
  EXPECT_EQ(kept.reference_hash, token_hash("session", opened.reference));
  EXPECT_EQ(kept.csrf_token.size(), 43U);
  EXPECT_NE(kept.csrf_token, opened.reference);
  const SignedIn known = service.sessions.authenticate(opened.reference, visitor).value();
  EXPECT_EQ(known.caller.actor, (events::Actor{events::Actor::Kind::account, maya.id, "Maya Chen"}));
  EXPECT_TRUE(known.caller.may(Permission::write_commitments));
  EXPECT_FALSE(known.caller.may(Permission::manage_accounts));
  EXPECT_TRUE(known.caller.stepped_up);
  EXPECT_EQ(known.caller.address, "192.0.2.7");
  EXPECT_EQ(logged("session.started", true), 1);
}

TEST_F(SigningIn, gives_each_session_its_own_reference) {
  const Opened one = sign_in("maya@example.com", kCustodianPassword).value();
  const Opened two = sign_in("maya@example.com", kCustodianPassword).value();
  EXPECT_NE(one.reference, two.reference);
  EXPECT_NE(one.session.csrf_token, two.session.csrf_token);
  EXPECT_TRUE(service.sessions.authenticate(one.reference, visitor));
  for (const std::string& made_up : {std::string(), std::string("x"), std::string(43, 'A'), one.session.csrf_token})
    EXPECT_EQ(service.sessions.authenticate(made_up, visitor).error().code, ErrorCode::unauthenticated);
}

TEST_F(SigningIn, answers_alike_whatever_is_wrong_after_the_same_work) {
  add("gone@example.com", {Role::auditor}, kCustodianPassword);
  const auto gone = store.account_by_email("gone@example.com").value().value();
  ASSERT_TRUE(service.directory.update(gone.id, {{}, {}, AccountState::disabled}, {}));
  Caller admin;
  ASSERT_TRUE(service.directory.invite({"new@example.com", "New", {Role::auditor}, ""}, admin));
  std::optional<Error> first;
  for (const auto& [email, password] :
       std::vector<std::pair<std::string, std::string>>{{"maya@example.com", "wrong wrong wrong"},
                                                        {"nobody@example.com", kCustodianPassword},
                                                        {"gone@example.com", kCustodianPassword},
                                                        {"new@example.com", kCustodianPassword},
                                                        {"new@example.com", ""},
                                                        {"not an address", kCustodianPassword}}) {
    const int before = hasher.compared;
    const auto opened = sign_in(email, password);
    ASSERT_FALSE(opened) << email;
    if (!first) first = opened.error();
    EXPECT_EQ(opened.error().code, first->code) << email;
    EXPECT_EQ(opened.error().message, first->message) << email;
    EXPECT_EQ(opened.error().hint, first->hint) << email;
    EXPECT_EQ(hasher.compared, before + 1) << email << ": one comparison, known or not";
    clock.advance(3'600'000);
  }
  EXPECT_EQ(first->code, ErrorCode::unauthenticated);
}

TEST_F(SigningIn, does_not_log_what_strangers_type) {
  EXPECT_FALSE(sign_in("my secret password", "maya@example.com"));
  EXPECT_FALSE(sign_in("maya@example.com", "another secret"));
  for (const auto& entry : log())
    for (const std::string& text : {entry.actor, entry.detail, entry.kind}) {
      EXPECT_EQ(text.find("secret"), std::string::npos) << text;
    }
  EXPECT_EQ(logged("session.started", false), 2);
  EXPECT_EQ(log().back().actor, "maya@example.com");
}

TEST_F(SigningIn, slows_down_with_each_wrong_attempt) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refused("maya@example.com", "wrong"), ErrorCode::unauthenticated);
  const int compared = hasher.compared;
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword), ErrorCode::too_many_requests);
  EXPECT_EQ(hasher.compared, compared) << "no hash is spent on it";
  EXPECT_EQ(service.sign_in.retry_after_s("Maya@example.com", "192.0.2.7"), 1);
  clock.advance(1000);
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword));
  EXPECT_EQ(service.sign_in.retry_after_s("maya@example.com", "192.0.2.7"), 0);
}

TEST_F(SigningIn, slows_down_for_accounts_that_do_not_exist_too) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refused("nobody@example.com", "wrong"), ErrorCode::unauthenticated);
  EXPECT_EQ(refused("nobody@example.com", "wrong"), ErrorCode::too_many_requests);
}

TEST_F(SigningIn, a_busy_hasher_counts_against_nobody) {
  hasher.busy = true;
  for (int i = 0; i < 30; ++i) EXPECT_EQ(refused("maya@example.com", "x"), ErrorCode::too_many_requests);
  hasher.busy = false;
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword));
}

TEST_F(SigningIn, is_undone_by_what_happens_while_the_password_is_compared) {
  hasher.meanwhile = [&] {
    Account changed = store.account(maya.id).value().value();
    changed.state = AccountState::disabled;
    ASSERT_TRUE(store.update(changed));
  };
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword), ErrorCode::unauthenticated);
  EXPECT_TRUE(store.sessions(maya.id).value().empty());
}

TEST_F(SigningIn, rehashes_what_was_hashed_with_weaker_parameters) {
  hasher.outdated = maya.password_hash;
  const int before = hasher.hashed;
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword));
  EXPECT_EQ(hasher.hashed, before + 1);
}

TEST_F(SigningIn, asks_for_the_second_factor_and_takes_no_code_twice) {
  const Enrolled factor = enrol(caller(sign_in("maya@example.com", kCustodianPassword).value()));
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword), ErrorCode::second_factor_required);
  EXPECT_EQ(refused("maya@example.com", "wrong"), ErrorCode::unauthenticated) << "a wrong password tells nothing more";
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword, "000000"), ErrorCode::unauthenticated);
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword, factor.code(clock.now_ms())), ErrorCode::unauthenticated)
      << "used to enrol";
  clock.advance(30'000);
  const std::string code = factor.code(clock.now_ms());
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword, code));
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword, code), ErrorCode::unauthenticated) << "replayed";
  clock.advance(-30'000);
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword, factor.code(clock.now_ms())), ErrorCode::unauthenticated)
      << "a clock set back makes no old code new";
}

TEST_F(SigningIn, wrong_codes_slow_down_too) {
  const Enrolled factor = enrol(caller(sign_in("maya@example.com", kCustodianPassword).value()));
  clock.advance(60'000);
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(refused("maya@example.com", kCustodianPassword, "000000"), ErrorCode::unauthenticated);
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword, factor.code(clock.now_ms())), ErrorCode::too_many_requests);
}

TEST_F(SigningIn, takes_each_recovery_code_once) {
  const Enrolled factor = enrol(caller(sign_in("maya@example.com", kCustodianPassword).value()));
  ASSERT_EQ(factor.codes.size(), 10U);
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword, factor.codes[3]));
  EXPECT_EQ(refused("maya@example.com", kCustodianPassword, factor.codes[3]), ErrorCode::unauthenticated);
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword, factor.codes[4]));
  EXPECT_EQ(store.recovery_codes_left(maya.id).value(), 8U);
  EXPECT_EQ(logged("recovery_code.used", true), 2);
}

TEST_F(SigningIn, step_up_renews_the_reference_and_the_ten_minutes) {
  const Opened opened = sign_in("maya@example.com", kCustodianPassword).value();
  clock.advance(11 * kMinuteMs);
  const Caller tired = caller(opened);
  EXPECT_FALSE(tired.stepped_up);
  EXPECT_EQ(service.sign_in.step_up(tired, "wrong", "").error().code, ErrorCode::unauthenticated);
  const Opened renewed = service.sign_in.step_up(tired, kCustodianPassword, "").value();
  EXPECT_NE(renewed.reference, opened.reference);
  EXPECT_EQ(renewed.session.id, opened.session.id);
  EXPECT_EQ(renewed.session.csrf_token, opened.session.csrf_token);
  EXPECT_TRUE(caller(renewed).stepped_up);
  EXPECT_TRUE(service.sessions.authenticate(opened.reference, visitor)) << "what was under way";
  clock.advance(10'000);
  EXPECT_FALSE(service.sessions.authenticate(opened.reference, visitor)) << "the old reference is over";
  EXPECT_TRUE(service.sessions.authenticate(renewed.reference, visitor));
  EXPECT_EQ(logged("presence.proved", true), 1);
  EXPECT_EQ(logged("presence.proved", false), 1);
}

TEST_F(SigningIn, step_up_asks_for_the_second_factor_where_there_is_one) {
  const Opened opened = sign_in("maya@example.com", kCustodianPassword).value();
  const Enrolled factor = enrol(caller(opened));
  clock.advance(30'000);
  EXPECT_EQ(service.sign_in.step_up(caller(opened), kCustodianPassword, "").error().code,
            ErrorCode::second_factor_required);
  EXPECT_TRUE(service.sign_in.step_up(caller(opened), kCustodianPassword, factor.code(clock.now_ms())));
}

}  // namespace
}  // namespace probity::accounts
