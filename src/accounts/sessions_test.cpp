#include "accounts/sessions.h"

#include <gtest/gtest.h>

#include "support/accounts_fixture.h"

namespace probity::accounts {
namespace {

using test::kCustodianPassword;

struct SessionsOfMaya : testing::Test, test::AccountsFixture {
  SessionsOfMaya() { maya = add("maya@example.com", {Role::custodian}, kCustodianPassword, "Maya Chen"); }
  Opened open() { return sign_in("maya@example.com", kCustodianPassword).value(); }
  bool is_open(const Opened& opened) { return service.sessions.authenticate(opened.reference, visitor).has_value(); }
  Account maya;
};

TEST_F(SessionsOfMaya, end_when_idle_and_live_on_while_used) {
  const Opened used = open(), idle = open();
  for (int i = 0; i < 3; ++i) {
    clock.advance(20 * kMinuteMs);
    EXPECT_TRUE(is_open(used));
  }
  EXPECT_FALSE(is_open(idle));
  EXPECT_EQ(service.sessions.list(caller(used)).value().size(), 1U) << "ended ones are not listed";
}

TEST_F(SessionsOfMaya, end_after_twelve_hours) {
  const Opened used = open();
  for (int i = 0; i < 12 * 3 - 1; ++i) {
    clock.advance(20 * kMinuteMs);
    ASSERT_TRUE(is_open(used)) << i;
  }
  clock.advance(20 * kMinuteMs);
  EXPECT_FALSE(is_open(used));
}

TEST_F(SessionsOfMaya, are_not_written_with_each_request) {
  const Opened opened = open();
  const TimeMs start = clock.now_ms();
  clock.advance(59'000);
  EXPECT_TRUE(is_open(opened));
  EXPECT_EQ(store.sessions(maya.id).value()[0].last_seen_ms, start);
  clock.advance(1'000);
  EXPECT_TRUE(is_open(opened));
  EXPECT_EQ(store.sessions(maya.id).value()[0].last_seen_ms, start + 60'000);
  EXPECT_EQ(store.account(maya.id).value()->last_seen_ms, start + 60'000);
}

TEST_F(SessionsOfMaya, are_listed_and_ended_one_by_one) {
  const Opened here = open();
  visitor = {"198.51.100.2", "Telephone"};
  const Opened there = open();
  const Caller me = caller(here);
  const auto listed = service.sessions.list(me).value();
  ASSERT_EQ(listed.size(), 2U);
  ASSERT_TRUE(service.sessions.end(me, there.session.id));
  EXPECT_FALSE(is_open(there));
  EXPECT_TRUE(is_open(here));
  EXPECT_EQ(service.sessions.end(me, there.session.id).error().code, ErrorCode::not_found);
  ASSERT_TRUE(service.sessions.sign_out(me));
  EXPECT_FALSE(is_open(here));
}

TEST_F(SessionsOfMaya, of_others_cannot_be_ended) {
  add("eve@example.com", {Role::administrator}, kCustodianPassword);
  const Opened mine = open();
  const Caller eve = caller(sign_in("eve@example.com", kCustodianPassword).value());
  EXPECT_EQ(service.sessions.end(eve, mine.session.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(is_open(mine));
}

TEST_F(SessionsOfMaya, are_at_most_twenty) {
  const Opened first = open();
  for (int i = 0; i < 20; ++i) {
    clock.advance(10);
    open();
  }
  EXPECT_EQ(store.sessions(maya.id).value().size(), 20U);
  EXPECT_FALSE(is_open(first));
}

TEST_F(SessionsOfMaya, survive_no_jump_of_the_clock_far_back) {
  const Opened opened = open();
  clock.advance(-4 * kMinuteMs);
  EXPECT_TRUE(is_open(opened));
  clock.advance(-365 * 24 * 60 * kMinuteMs);
  EXPECT_FALSE(is_open(opened));
  EXPECT_TRUE(is_open(open())) << "signing in works at any time";
}

TEST_F(SessionsOfMaya, long_over_are_forgotten) {
  open();
  clock.advance(8LL * 24 * 60 * kMinuteMs);
  ASSERT_TRUE(service.sessions.clean());
  EXPECT_TRUE(store.sessions(maya.id).value().empty());
}

TEST_F(SessionsOfMaya, follow_a_change_of_roles_at_once) {
  const Opened opened = open();
  Account changed = store.account(maya.id).value().value();
  changed.roles = {Role::screener};
  ASSERT_TRUE(store.update(changed));
  EXPECT_EQ(caller(opened).permissions, permissions_of({Role::screener}));
}

}  // namespace
}  // namespace probity::accounts
