// What alarms and what does not: honest members over random months, and each way of reading the list out.
#include "alliance/volume_alarms.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace probity::alliance {
namespace {

constexpr TimeMs kHourMs = 3'600'000;
constexpr TimeMs kNoonMs = 20'000 * kDayMs + 4 * kHourMs;  // 12:00 at UTC+8
constexpr int kBits = 18;

BucketFetch fetch_at(TimeMs time_ms, oprf::Prefix prefix) { return {{}, {}, 2027, kBits, prefix, time_ms, {}}; }

// `a_day` fetches on every one of 30 days, in office hours, of random prefixes.
MemberActivity honest(std::uint64_t a_day, unsigned seed) {
  std::mt19937 random(seed);
  MemberActivity of;
  of.now_ms = kNoonMs;
  of.match_share = 0.02;
  of.prefixes = 5'000;
  for (int day = -30; day <= 0; ++day)
    for (std::uint64_t i = 0; i < a_day; ++i)
      of.fetches.push_back(
          fetch_at(kNoonMs + day * kDayMs - static_cast<TimeMs>(random() % (3 * kHourMs)), random() % (1U << kBits)));
  std::ranges::sort(of.fetches, {}, &BucketFetch::time_ms);
  of.questions_30_days = a_day * 30 * 50;
  return of;
}

bool alarms(const MemberActivity& of, AlarmRule rule) {
  return std::ranges::any_of(find_alarms(of), [&](const AlarmFinding& finding) { return finding.rule == rule; });
}

RC_GTEST_PROP(Alarms, do_not_sound_for_those_who_screen, ()) {
  const auto of = honest(*rc::gen::inRange<std::uint64_t>(0, 12), *rc::gen::arbitrary<unsigned>());
  RC_ASSERT(find_alarms(of).empty());
}

TEST(Alarms, sound_at_five_times_the_usual_day) {
  auto of = honest(6, 1);
  for (int i = 0; i < 24; ++i) of.fetches.push_back(fetch_at(kNoonMs, static_cast<oprf::Prefix>(i * 7919 % 4096)));
  EXPECT_FALSE(alarms(of, AlarmRule::volume)) << "thirty are five times six";
  of.fetches.push_back(fetch_at(kNoonMs, 5));
  EXPECT_TRUE(alarms(of, AlarmRule::volume));
  MemberActivity first;
  first.now_ms = kNoonMs;
  for (int i = 0; i < 20; ++i) first.fetches.push_back(fetch_at(kNoonMs, static_cast<oprf::Prefix>(i % 2)));
  EXPECT_FALSE(alarms(first, AlarmRule::volume)) << "a member's first day of work";
}

TEST(Alarms, sound_for_a_night_unlike_the_others) {
  auto of = honest(2, 2);
  of.now_ms = kNoonMs + 12 * kHourMs;  // midnight
  for (int i = 0; i < 11; ++i) of.fetches.push_back(fetch_at(of.now_ms, static_cast<oprf::Prefix>(i % 2)));
  EXPECT_TRUE(alarms(of, AlarmRule::night));
  of.now_ms += 9 * kHourMs;
  EXPECT_FALSE(alarms(of, AlarmRule::night)) << "by day nobody asks about the night";
}

TEST(Alarms, sound_for_buckets_that_no_question_explains) {
  auto of = honest(4, 3);
  of.questions_30_days = 120 * 50;
  EXPECT_FALSE(alarms(of, AlarmRule::match_share));
  of.questions_30_days = 100;
  EXPECT_TRUE(alarms(of, AlarmRule::match_share));
  of.questions_30_days.reset();
  EXPECT_FALSE(alarms(of, AlarmRule::match_share)) << "who reports nothing is asked for reports, not alarmed about";
}

TEST(Alarms, sound_for_prefixes_in_order) {
  auto of = honest(4, 4);
  for (oprf::Prefix prefix = 100; prefix < 112; ++prefix) of.fetches.push_back(fetch_at(kNoonMs, prefix * 3));
  EXPECT_TRUE(alarms(of, AlarmRule::sweep));
  const std::vector<oprf::Prefix> falling{9, 7, 5, 4, 4, 3};
  EXPECT_EQ(longest_run(falling), 4U);
  EXPECT_EQ(longest_run({}), 0U);
}

TEST(Alarms, sound_when_one_member_has_seen_a_tenth_of_the_list) {
  auto of = honest(0, 5);
  for (int i = 0; i < 501; ++i)
    of.fetches.push_back(fetch_at(kNoonMs - (i % 20) * kDayMs, static_cast<oprf::Prefix>(i * 7919 % (1 << kBits))));
  EXPECT_TRUE(alarms(of, AlarmRule::coverage));
  of.prefixes = 900;
  EXPECT_FALSE(alarms(of, AlarmRule::coverage)) << "of a short list a tenth is nothing";
}

TEST(Canaries, tell_those_who_fetch_what_is_new_from_those_who_ask) {
  // 50 canaries among 5,000 prefixes, 120 fetches in a month: about one canary by chance.
  EXPECT_FALSE(find_canary_alarm({50, 1, 0, 120, 5'000}));
  EXPECT_FALSE(find_canary_alarm({50, 3, 1, 120, 5'000}));
  EXPECT_TRUE(find_canary_alarm({50, 12, 0, 120, 5'000})) << "a tenth of what it fetched is nobody";
  EXPECT_TRUE(find_canary_alarm({50, 4, 4, 120, 5'000})) << "four of the new ones within two days";
  // Whoever sweeps the whole list sees canaries at their share only: that is for the other rules.
  EXPECT_FALSE(find_canary_alarm({50, 50, 0, 5'000, 5'000}));
  EXPECT_FALSE(find_canary_alarm({0, 0, 0, 5'000, 5'000}));
}

TEST(Poisson, limits_against_a_table) {
  EXPECT_EQ(poisson_limit(0, 1e-4), 1U);
  EXPECT_EQ(poisson_limit(1, 1e-4), 7U);    // P(X >= 7) = 8.3e-5
  EXPECT_EQ(poisson_limit(10, 1e-4), 25U);  // P(X >= 24) = 1.2e-4, P(X >= 25) = 4.7e-5
  EXPECT_GE(poisson_limit(2'000, 1e-4), 2'150U);
}

}  // namespace
}  // namespace probity::alliance
