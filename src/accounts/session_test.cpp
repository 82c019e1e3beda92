#include "accounts/session.h"

#include <gtest/gtest.h>

namespace probity::accounts {
namespace {

constexpr TimeMs kStart = 1'800'000'000'000;
constexpr TimeMs kHour = 60 * kMinuteMs;

Session session(TimeMs created_ms, TimeMs seen_ms) {
  Session made;
  made.created_ms = made.stepped_up_ms = created_ms;
  made.last_seen_ms = seen_ms;
  return made;
}

TEST(SessionLife, ends_after_thirty_idle_minutes) {
  const Session idle = session(kStart, kStart + kHour);
  EXPECT_TRUE(is_alive(idle, kStart + kHour + 30 * kMinuteMs - 1));
  EXPECT_FALSE(is_alive(idle, kStart + kHour + 30 * kMinuteMs));
  EXPECT_EQ(ends_at_ms(idle), kStart + kHour + 30 * kMinuteMs);
}

TEST(SessionLife, ends_after_twelve_hours_however_busy) {
  const Session busy = session(kStart, kStart + 12 * kHour - 1);
  EXPECT_TRUE(is_alive(busy, kStart + 12 * kHour - 1));
  EXPECT_FALSE(is_alive(busy, kStart + 12 * kHour));
  EXPECT_EQ(ends_at_ms(busy), kStart + 12 * kHour);
}

TEST(SessionLife, bears_a_clock_set_right_and_not_one_set_far) {
  const Session fresh = session(kStart, kStart);
  EXPECT_TRUE(is_alive(fresh, kStart - 5 * kMinuteMs));
  EXPECT_FALSE(is_alive(fresh, kStart - 5 * kMinuteMs - 1)) << "back: its age cannot be known";
  EXPECT_FALSE(is_alive(fresh, kStart - 365 * 24 * kHour));
  EXPECT_FALSE(is_alive(fresh, kStart + 365 * 24 * kHour)) << "forwards";
}

TEST(SessionLife, presence_counts_for_ten_minutes) {
  Session proved = session(kStart, kStart);
  EXPECT_EQ(stepped_up_until_ms(proved, kStart + 10 * kMinuteMs - 1), kStart + 10 * kMinuteMs);
  EXPECT_FALSE(stepped_up_until_ms(proved, kStart + 10 * kMinuteMs));
  EXPECT_FALSE(stepped_up_until_ms(proved, kStart - kHour)) << "a clock set back does not make it last";
  proved.stepped_up_ms = 0;
  EXPECT_FALSE(stepped_up_until_ms(proved, kStart));
}

TEST(SessionLife, the_previous_reference_counts_for_seconds) {
  Session renewed = session(kStart, kStart);
  EXPECT_FALSE(previous_counts(renewed, kStart));
  renewed.rotated_ms = kStart;
  EXPECT_TRUE(previous_counts(renewed, kStart + 9'999));
  EXPECT_FALSE(previous_counts(renewed, kStart + 10'000));
  EXPECT_FALSE(previous_counts(renewed, kStart - 1));
}

}  // namespace
}  // namespace probity::accounts
