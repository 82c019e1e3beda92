#include "accounts/throttle.h"

#include <gtest/gtest.h>

#include "support/memory_ports.h"

namespace probity::accounts {
namespace {

struct Delays : testing::Test {
  // Wrong attempts until `count` were let through; gives the waits that were asked for before each.
  std::vector<int> fail_often(const std::string& who, const std::string& address, int count) {
    std::vector<int> waits;
    for (int i = 0; i < count; ++i) {
      waits.push_back(throttle.retry_after_s(who, address));
      clock.advance(waits.back() * 1000);
      EXPECT_TRUE(throttle.begin(who, address));
    }
    return waits;
  }
  test::HandClock clock;
  Throttle throttle{clock};
};

TEST_F(Delays, double_up_to_a_bound) {
  EXPECT_EQ(fail_often("a@x", "192.0.2.1", 15),
            (std::vector<int>{0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300}));
  const auto refused = throttle.begin("a@x", "192.0.2.1");
  EXPECT_EQ(refused.error().code, ErrorCode::too_many_requests);
  EXPECT_NE(refused.error().hint.find("300 s"), std::string::npos) << refused.error().hint;
  EXPECT_EQ(throttle.retry_after_s("a@x", "192.0.2.1"), 300) << "being refused does not lengthen the wait";
  EXPECT_TRUE(throttle.begin("b@x", "198.51.100.1"));
}

TEST_F(Delays, count_the_account_from_every_address_and_the_address_for_every_account) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(throttle.begin("a@x", "192.0.2." + std::to_string(i)));
  EXPECT_FALSE(throttle.begin("a@x", "198.51.100.9"));
  for (int i = 0; i < 21; ++i) EXPECT_TRUE(throttle.begin("other" + std::to_string(i) + "@x", "203.0.113.1"));
  EXPECT_FALSE(throttle.begin("fresh@x", "203.0.113.1"));
  EXPECT_TRUE(throttle.begin("fresh@x", "203.0.113.2"));
}

TEST_F(Delays, take_a_network_of_ipv6_for_one_address) {
  for (int i = 0; i < 21; ++i)
    EXPECT_TRUE(throttle.begin("other" + std::to_string(i) + "@x", "2001:db8:1:2::" + std::to_string(i)));
  EXPECT_FALSE(throttle.begin("fresh@x", "2001:db8:1:2:ffff::1"));
  EXPECT_TRUE(throttle.begin("fresh@x", "2001:db8:1:3::1"));
}

TEST_F(Delays, many_at_once_do_not_all_pass) {
  int passed = 0;
  for (int i = 0; i < 50; ++i) passed += throttle.begin("a@x", "192.0.2.1") ? 1 : 0;
  EXPECT_EQ(passed, 5);
}

TEST_F(Delays, end_with_success_but_an_address_is_not_washed_clean_by_it) {
  fail_often("a@x", "192.0.2.1", 4);
  EXPECT_TRUE(throttle.begin("a@x", "192.0.2.1"));
  throttle.succeeded("a@x", "192.0.2.1");
  EXPECT_EQ(throttle.retry_after_s("a@x", "192.0.2.1"), 0);
  for (int i = 0; i < 17; ++i) static_cast<void>(throttle.begin("other" + std::to_string(i) + "@x", "192.0.2.1"));
  EXPECT_GT(throttle.retry_after_s("fresh@x", "192.0.2.1"), 0) << "4 and 17 wrong ones";
}

TEST_F(Delays, of_strangers_do_not_lock_out_an_owner_at_a_known_address) {
  EXPECT_TRUE(throttle.begin("a@x", "192.0.2.1"));
  throttle.succeeded("a@x", "192.0.2.1");
  fail_often("a@x", "198.51.100.1", 12);
  EXPECT_GT(throttle.retry_after_s("a@x", "198.51.100.2"), 60);
  EXPECT_EQ(throttle.retry_after_s("a@x", "192.0.2.1"), 0);
  fail_often("a@x", "192.0.2.1", 5);
  EXPECT_GT(throttle.retry_after_s("a@x", "192.0.2.1"), 0) << "known addresses are counted too";
}

TEST_F(Delays, forget_after_an_hour_and_bear_a_clock_that_is_set_back) {
  fail_often("a@x", "192.0.2.1", 12);
  clock.advance(-24 * 3'600'000);
  EXPECT_LE(throttle.retry_after_s("a@x", "192.0.2.1"), 300);
  clock.advance(24 * 3'600'000 + 3'600'001);
  EXPECT_EQ(fail_often("a@x", "192.0.2.1", 5), (std::vector<int>(5, 0)));
}

TEST_F(Delays, forgiven_attempts_do_not_count) {
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(throttle.begin("a@x", "192.0.2.1"));
    throttle.forgive("a@x", "192.0.2.1");
  }
}

TEST(Throttle, stays_small) {
  test::HandClock clock;
  ThrottleOptions options;
  options.most_entries = 50;
  Throttle throttle(clock, options);
  for (int i = 0; i < 1000; ++i) {
    clock.advance(1);
    EXPECT_TRUE(throttle.begin(std::to_string(i) + "@x", "192.0.2." + std::to_string(i)));
  }
  for (int i = 0; i < 5; ++i) static_cast<void>(throttle.begin("a@x", "198.51.100.1"));
  EXPECT_FALSE(throttle.begin("a@x", "198.51.100.1"));
}

}  // namespace
}  // namespace probity::accounts
