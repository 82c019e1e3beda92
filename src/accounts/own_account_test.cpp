#include "accounts/own_account.h"

#include <gtest/gtest.h>

#include "support/accounts_fixture.h"

namespace probity::accounts {
namespace {

using test::kCustodianPassword;
constexpr const char* kNewPassword = "willow 4 basalt ferry";

struct OwnAccountOfMaya : testing::Test, test::AccountsFixture {
  OwnAccountOfMaya() {
    maya = add("maya@example.com", {Role::custodian}, kCustodianPassword, "Maya Chen");
    opened = sign_in("maya@example.com", kCustodianPassword).value();
    me = caller(opened);
  }
  Account maya;
  Opened opened;
  Caller me;
};

TEST_F(OwnAccountOfMaya, changes_name_and_language) {
  const Account changed = service.own.update(me, "Maya O.", "zh").value();
  EXPECT_EQ(changed.name, "Maya O.");
  EXPECT_EQ(changed.locale, "zh");
  EXPECT_EQ(service.own.update(me, {}, "fr").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(logged("account.changed", true), 1);
}

TEST_F(OwnAccountOfMaya, a_new_password_ends_all_other_sessions) {
  const Opened elsewhere = sign_in("maya@example.com", kCustodianPassword).value();
  ASSERT_TRUE(service.own.change_password(me, kCustodianPassword, kNewPassword));
  EXPECT_TRUE(service.sessions.authenticate(opened.reference, visitor));
  EXPECT_FALSE(service.sessions.authenticate(elsewhere.reference, visitor));
  EXPECT_FALSE(sign_in("maya@example.com", kCustodianPassword));
  EXPECT_TRUE(sign_in("maya@example.com", kNewPassword));
}

TEST_F(OwnAccountOfMaya, a_new_password_needs_the_current_one_and_fits_the_rules) {
  const auto refused = [&](const std::string& current, const std::string& wanted) {
    const auto changed = service.own.change_password(me, current, wanted);
    return changed ? ErrorCode::internal : changed.error().code;
  };
  EXPECT_EQ(refused(kCustodianPassword, "password1234"), ErrorCode::invalid_argument);
  EXPECT_EQ(refused(kCustodianPassword, "MayaChen2024"), ErrorCode::invalid_argument);
  EXPECT_EQ(refused(kCustodianPassword, kCustodianPassword), ErrorCode::invalid_argument);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refused("wrong", kNewPassword), ErrorCode::invalid_argument);
  EXPECT_EQ(refused(kCustodianPassword, kNewPassword), ErrorCode::too_many_requests) << "guessing is slow here too";
  EXPECT_EQ(logged("password.changed", false), 5);
}

TEST_F(OwnAccountOfMaya, a_second_factor_counts_when_a_code_was_given) {
  EXPECT_EQ(service.own.confirm_totp(me, "123456").error().code, ErrorCode::conflict);
  const TotpEnrolment begun = service.own.begin_totp(me).value();
  EXPECT_NE(begun.uri.find(begun.secret), std::string::npos);
  EXPECT_TRUE(begun.qr_svg.starts_with("<svg"));
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword)) << "not yet";
  EXPECT_EQ(service.own.confirm_totp(me, "000000").error().code, ErrorCode::invalid_argument);
  const Opened elsewhere = sign_in("maya@example.com", kCustodianPassword).value();
  const Enrolled factor = enrol(me);
  EXPECT_EQ(factor.codes.size(), 10U);
  EXPECT_EQ(sign_in("maya@example.com", kCustodianPassword).error().code, ErrorCode::second_factor_required);
  EXPECT_FALSE(service.sessions.authenticate(elsewhere.reference, visitor)) << "opened without it";
  EXPECT_TRUE(service.sessions.authenticate(opened.reference, visitor));
  EXPECT_EQ(logged("second_factor.added", true), 1);
}

TEST_F(OwnAccountOfMaya, an_enrolment_that_is_not_finished_leaves_the_old_factor) {
  const Enrolled old_factor = enrol(me);
  service.own.begin_totp(me).value();
  clock.advance(30'000);
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword, old_factor.code(clock.now_ms())));
  const Enrolled new_factor = enrol(me);
  clock.advance(30'000);
  EXPECT_FALSE(sign_in("maya@example.com", kCustodianPassword, old_factor.code(clock.now_ms())));
  EXPECT_FALSE(sign_in("maya@example.com", kCustodianPassword, old_factor.codes[0]));
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword, new_factor.code(clock.now_ms())));
}

TEST_F(OwnAccountOfMaya, wrong_codes_while_enrolling_are_slowed_down) {
  service.own.begin_totp(me).value();
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(service.own.confirm_totp(me, "000000").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(service.own.confirm_totp(me, "000000").error().code, ErrorCode::too_many_requests);
}

TEST_F(OwnAccountOfMaya, removing_the_second_factor_takes_the_recovery_codes_along) {
  EXPECT_EQ(service.own.remove_totp(me).error().code, ErrorCode::conflict);
  enrol(me);
  ASSERT_TRUE(service.own.remove_totp(me));
  EXPECT_TRUE(sign_in("maya@example.com", kCustodianPassword));
  EXPECT_EQ(store.recovery_codes_left(maya.id).value(), 0U);
  EXPECT_EQ(logged("second_factor.removed", true), 1);
}

TEST_F(OwnAccountOfMaya, seeds_and_codes_are_not_kept_as_they_are) {
  const Enrolled factor = enrol(me);
  const Account kept = store.account(maya.id).value().value();
  EXPECT_EQ(kept.totp_seed.find(to_hex(factor.seed)), std::string::npos);
  EXPECT_EQ(kept.totp_seed.find(to_base32(factor.seed)), std::string::npos);
  for (const auto& entry : log())
    for (const std::string& code : factor.codes) EXPECT_EQ(entry.detail.find(code), std::string::npos);
}

TEST_F(OwnAccountOfMaya, a_second_factor_may_become_a_duty) {
  const Account ada = add("ada@example.com", {Role::administrator}, test::kAdminPassword);
  const Opened opened_ada = sign_in("ada@example.com", test::kAdminPassword).value();
  SettingsUpdate duty;
  duty.second_factor_duty = SecondFactorDuty::administrators;
  EXPECT_EQ(service.settings.update(duty, caller(opened_ada)).error().code, ErrorCode::conflict) << "locks oneself out";
  enrol(caller(opened_ada));
  ASSERT_TRUE(service.settings.update(duty, caller(opened_ada)));
  EXPECT_EQ(service.own.remove_totp(caller(opened_ada)).error().code, ErrorCode::conflict);
  add("second@example.com", {Role::administrator}, kNewPassword);
  const Opened second = sign_in("second@example.com", kNewPassword).value();
  EXPECT_EQ(caller(second).permissions, std::set{Permission::own_account});
  EXPECT_TRUE(caller(second).second_factor_due);
  enrol(caller(second));
  EXPECT_TRUE(caller(second).may(Permission::manage_accounts));
  EXPECT_TRUE(caller(opened).may(Permission::write_commitments)) << "others are not asked";
  duty.second_factor_duty = SecondFactorDuty::everybody;
  ASSERT_TRUE(service.settings.update(duty, caller(opened_ada)));
  EXPECT_EQ(caller(opened).permissions, std::set{Permission::own_account});
}

}  // namespace
}  // namespace probity::accounts
