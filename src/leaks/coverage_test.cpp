#include "leaks/coverage.h"

#include <gtest/gtest.h>

namespace probity::leaks {
namespace {

using commitments::Channel;
using commitments::Commitment;

constexpr TimeMs kDay = 24LL * 60 * 60 * 1000;
constexpr TimeMs kStart = 1'800'000'000'000;
const Id kAsset{{7}}, kOtherAsset{{8}};

Commitment commitment(TimeMs in_force_ms, std::vector<Channel> channels = {Channel::groups}) {
  Commitment made;
  made.id = Id{{1}};
  made.number = "C-2026-0001";
  made.in_force_ms = in_force_ms;
  made.terms.channels = std::move(channels);
  made.terms.embargo_ms = kStart + 30 * kDay;
  return made;
}

Sighting sighting(TimeMs seen_ms, const std::string& channel = "groups") {
  Sighting seen;
  seen.seen_ms = seen_ms;
  seen.channel = channel;
  return seen;
}

copies::Delivery delivery() {
  copies::Delivery opened;
  opened.asset = kAsset;
  opened.issued_ms = kStart + kDay;
  opened.first_opened_ms = kStart + 2 * kDay;
  return opened;
}

bool says(const Coverage& coverage, const std::string& part) {
  for (const Said& words : coverage.words) {
    EXPECT_FALSE(words.zh.empty());
    if (words.en.find(part) != std::string::npos) return true;
  }
  return false;
}

TEST(Coverage, a_promise_in_force_that_names_the_channel_covers_it) {
  const std::vector<Commitment> signed_ones{commitment(kStart)};
  const std::vector<Sighting> seen{sighting(kStart + 20 * kDay), sighting(kStart + 25 * kDay)};
  const Coverage coverage = coverage_of(delivery(), signed_ones, seen, kStart + 26 * kDay);
  EXPECT_EQ(coverage.answer, Answer::yes);
  EXPECT_EQ(coverage.commitment, Id{{1}});
  EXPECT_TRUE(says(coverage, "in group chats"));
  EXPECT_TRUE(says(coverage, "10 days before"));
}

TEST(Coverage, after_the_embargo_it_does_not) {
  const std::vector<Commitment> signed_ones{commitment(kStart)};
  const std::vector<Sighting> seen{sighting(kStart + 30 * kDay + 5 * 3600 * 1000)};
  const Coverage coverage = coverage_of(delivery(), signed_ones, seen, kStart + 40 * kDay);
  EXPECT_EQ(coverage.answer, Answer::no);
  EXPECT_TRUE(says(coverage, "5 hours after"));
}

TEST(Coverage, a_channel_that_is_not_named_is_not_covered_and_another_place_takes_a_person) {
  const std::vector<Commitment> signed_ones{commitment(kStart)};
  EXPECT_EQ(coverage_of(delivery(), signed_ones, std::vector{sighting(kStart + 5 * kDay, "friends_family")}, 0).answer,
            Answer::no);
  EXPECT_EQ(coverage_of(delivery(), signed_ones, std::vector{sighting(kStart + 5 * kDay, "other")}, 0).answer,
            Answer::unknown);
  EXPECT_EQ(coverage_of(delivery(), signed_ones, {}, kStart + 5 * kDay).answer, Answer::unknown);
}

TEST(Coverage, only_what_was_in_force_then_and_takes_in_the_asset_counts) {
  const std::vector<Sighting> seen{sighting(kStart + 5 * kDay)};
  Commitment ended = commitment(kStart);
  ended.ended_ms = kStart + 4 * kDay;
  Commitment later = commitment(kStart + 6 * kDay);
  Commitment other = commitment(kStart);
  other.assets = {kOtherAsset};
  Commitment never = commitment(kStart);
  never.in_force_ms.reset();
  const Coverage none = coverage_of(delivery(), std::vector{ended, later, other, never}, seen, 0);
  EXPECT_EQ(none.answer, Answer::no);
  EXPECT_FALSE(none.commitment);
  EXPECT_TRUE(says(none, "none was in force"));
  Commitment second = commitment(kStart + 4 * kDay);
  second.id = Id{{2}};
  const Coverage replaced = coverage_of(delivery(), std::vector{ended, second}, seen, 0);
  EXPECT_EQ(replaced.answer, Answer::yes);
  EXPECT_EQ(replaced.commitment, Id{{2}});
  EXPECT_TRUE(says(replaced, "another version"));
}

TEST(Coverage, words_hold_no_number_and_no_name) {
  const std::vector<Commitment> signed_ones{commitment(kStart)};
  const Coverage coverage = coverage_of(delivery(), signed_ones, std::vector{sighting(kStart + 5 * kDay)}, 0);
  EXPECT_FALSE(says(coverage, "C-2026"));
}

TEST(Coverage, before_a_trace_the_project_speaks) {
  EXPECT_EQ(coverage_before_trace({}, {}, kStart).size(), 1U);
  const std::vector<Commitment> in_force{commitment(kStart), commitment(kStart, {Channel::colleagues})};
  const auto words = coverage_before_trace(in_force, std::vector{sighting(kStart + kDay)}, kStart + kDay);
  ASSERT_EQ(words.size(), 3U);
  EXPECT_EQ(words[0].en, "2 commitments are in force in this project.");
  EXPECT_EQ(words[1].en, "1 of them cover what is shown in group chats.");
}

}  // namespace
}  // namespace probity::leaks
