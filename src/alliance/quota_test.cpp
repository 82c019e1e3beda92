#include "alliance/quota.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "alliance/replay_guard.h"
#include "support/scripted.h"

namespace probity::alliance {
namespace {

constexpr TimeMs kStart = 1'800'000'000'000 / 86'400'000 * 86'400'000;  // a midnight

Id id_of(std::uint8_t number) {
  Id id;
  id.bytes[0] = number;
  return id;
}
oprf::UserPseudonym user_of(std::uint8_t number) { return {number}; }

TEST(Quota, holds_per_minute_and_day_for_a_person_and_per_day_for_a_member) {
  QuotaBook book;
  const QuotaLimits limits{3, 5, 8};
  const auto take = [&](std::uint8_t user, std::uint32_t count, TimeMs after_ms) {
    return book.take(id_of(1), user_of(user), count, limits, kStart + after_ms).has_value();
  };
  EXPECT_TRUE(take(1, 3, 0));
  EXPECT_FALSE(take(1, 1, 59'999));
  EXPECT_TRUE(take(1, 2, 60'000));
  EXPECT_FALSE(take(1, 1, 200'000));  // five a day
  EXPECT_FALSE(take(2, 4, 200'000));  // more than a minute ever allows
  EXPECT_TRUE(take(2, 3, 200'000));
  EXPECT_FALSE(take(3, 1, 200'000));  // eight a day for the member
  EXPECT_TRUE(book.take(id_of(2), user_of(1), 1, limits, kStart + 200'000));
  EXPECT_FALSE(take(3, 1, 86'399'999));
  EXPECT_TRUE(take(3, 1, 86'400'000));
  EXPECT_FALSE(take(2, 3, 3 * 86'400'000 - 1) && take(2, 3, 0)) << "a clock that goes back gives nothing back";
}

TEST(Quota, a_refused_question_costs_nothing) {
  QuotaBook book;
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(book.take(id_of(1), user_of(1), 21, {}, kStart));
  EXPECT_EQ(book.asked_today(id_of(1), kStart), 0U);
  EXPECT_TRUE(book.take(id_of(1), user_of(1), 20, {}, kStart));
}

TEST(Quota, the_day_survives_a_restart) {
  QuotaBook book;
  EXPECT_TRUE(book.take(id_of(1), user_of(1), 20, {}, kStart));
  EXPECT_TRUE(book.take(id_of(1), user_of(2), 7, {}, kStart));
  QuotaBook again;
  again.restore(book.day());
  EXPECT_EQ(again.day(), book.day());
  EXPECT_EQ(again.asked_today(id_of(1), kStart + 1000), 27U);
  EXPECT_EQ(again.asked_today(id_of(1), kStart + 86'400'000), 0U);
}

RC_GTEST_PROP(Quota, no_history_of_questions_gets_past_the_limits, ()) {
  QuotaBook book;
  const QuotaLimits limits{5, 12, 20};
  std::vector<std::tuple<TimeMs, std::uint8_t, std::uint32_t>> granted;
  TimeMs now = kStart;
  for (int i = 0; i < 60; ++i) {
    now += *rc::gen::inRange<TimeMs>(0, 30'000);
    const auto user = *rc::gen::inRange<std::uint8_t>(0, 3);
    const auto count = *rc::gen::inRange<std::uint32_t>(1, 7);
    if (book.take(id_of(1), user_of(user), count, limits, now)) granted.emplace_back(now, user, count);
  }
  std::uint32_t all = 0;
  for (std::uint8_t user = 0; user < 3; ++user) {
    std::uint32_t today = 0;
    for (const auto& [time, who, count] : granted) {
      if (who != user) continue;
      today += count;
      std::uint32_t minute = 0;
      for (const auto& [other_time, other, other_count] : granted)
        if (other == user && other_time <= time && other_time > time - 60'000) minute += other_count;
      RC_ASSERT(minute <= limits.user_per_minute);
    }
    RC_ASSERT(today <= limits.user_per_day);
    all += today;
  }
  RC_ASSERT(all <= limits.member_per_day);
}

TEST(ReplayGuard, takes_a_request_once_and_only_near_its_time) {
  ReplayGuard guard(kStart);
  const TimeMs now = kStart + 1'000'000;
  EXPECT_TRUE(guard.take(id_of(1), id_of(9), now, now));
  EXPECT_EQ(guard.take(id_of(1), id_of(9), now, now + 1).error().code, ErrorCode::conflict);
  EXPECT_EQ(guard.take(id_of(1), id_of(9), now + 120'000, now + 120'000).error().code, ErrorCode::conflict);
  EXPECT_TRUE(guard.take(id_of(2), id_of(9), now, now));  // another member's own id
  EXPECT_EQ(guard.take(id_of(1), id_of(8), now - 120'001, now).error().code, ErrorCode::gone);
  EXPECT_EQ(guard.take(id_of(1), id_of(8), now + 120'001, now).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(guard.take(id_of(1), id_of(8), kStart - 1, kStart).error().code, ErrorCode::gone);
}

RC_GTEST_PROP(ReplayGuard, no_request_is_ever_taken_twice, ()) {
  ReplayGuard guard(kStart);
  std::set<std::pair<std::uint8_t, TimeMs>> taken;  // a request is one id with one signed time
  TimeMs now = kStart;
  for (int i = 0; i < 80; ++i) {
    now += *rc::gen::inRange<TimeMs>(0, 60'000);
    const auto id = *rc::gen::inRange<std::uint8_t>(0, 5);
    const TimeMs signed_ms = kStart + *rc::gen::inRange<TimeMs>(0, 20) * 60'000;
    if (guard.take(id_of(1), id_of(id), signed_ms, now)) RC_ASSERT(taken.insert({id, signed_ms}).second);
  }
}

}  // namespace
}  // namespace probity::alliance
