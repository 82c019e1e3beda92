#include "oprf/tag_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <set>

#include "support/scripted.h"

namespace probity::oprf {
namespace {

std::vector<Tag> random_tags(std::size_t count, Random& random) {
  std::vector<Tag> tags(count);
  for (Tag& tag : tags) random.fill(tag);
  return tags;
}

TEST(TagSet, lets_at_least_two_of_a_hundred_unlisted_match_at_every_size) {
  test::SeededRandom random(5);
  for (const std::size_t count : {1, 2, 3, 10, 49, 50, 51, 100, 1000, 10'000, 200'000}) {
    const TagSet set = TagSet::of(2027, 1, random_tags(count, random), random);
    EXPECT_GE(set.match_share(), kLeastMatchShare) << count;
    EXPECT_LE(set.match_share(), 2 * kLeastMatchShare) << count;
  }
}

TEST(TagSet, matches_unlisted_people_as_often_as_it_says) {
  test::SeededRandom random(6);
  const auto listed = random_tags(3000, random);
  const TagSet set = TagSet::of(2027, 1, listed, random);
  for (const Tag& tag : listed) EXPECT_TRUE(set.matches(tag));
  const std::size_t tries = 100'000;
  std::size_t matches = 0;
  for (const Tag& tag : random_tags(tries, random)) matches += set.matches(tag) ? 1 : 0;
  const double expected = set.match_share() * static_cast<double>(tries);
  EXPECT_NEAR(static_cast<double>(matches), expected, 5 * std::sqrt(expected));
}

TEST(TagSet, of_an_empty_list_looks_like_that_of_a_short_one) {
  test::SeededRandom random(7);
  const TagSet set = TagSet::of(2027, 1, {}, random);
  EXPECT_EQ(set.head().count, 1U);
  EXPECT_GE(set.match_share(), kLeastMatchShare);
}

RC_GTEST_PROP(TagSet, agrees_with_a_plain_set_and_survives_encoding,
              (std::vector<std::uint16_t> numbers, unsigned seed)) {
  const std::set<Prefix> plain(numbers.begin(), numbers.end());
  RC_PRE(!plain.empty());
  const TagSet set = TagSet::make(2027, 3, 16, {plain.begin(), plain.end()}).value();
  test::SeededRandom random(seed);
  for (const Tag& tag : random_tags(50, random)) RC_ASSERT(set.matches(tag) == plain.contains(prefix_of(tag, 16)));
  for (const Prefix prefix : plain) RC_ASSERT(set.contains(prefix));
  RC_ASSERT(!set.contains(1 << 16));
  const Bytes bytes = set.encode();
  RC_ASSERT(TagSet::parse(bytes).value().encode() == bytes);
  Bytes changed = bytes;
  changed[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= 1;
  const auto parsed = TagSet::parse(changed);
  // The version stands outside of the root; the hub's signature covers it.
  RC_ASSERT(!parsed || parsed->head().version != 3);
}

RC_GTEST_PROP(TagSet, changes_lead_from_one_version_to_the_next, ()) {
  const auto prefixes = [] {
    auto drawn = *rc::gen::nonEmpty(rc::gen::container<std::set<Prefix>>(rc::gen::inRange<Prefix>(0, 1024)));
    return std::vector<Prefix>(drawn.begin(), drawn.end());
  };
  const TagSet before = TagSet::make(2027, 3, 10, prefixes()).value();
  const TagSet after = TagSet::make(2027, 4, 10, prefixes()).value();
  const TagSetChange change = TagSetChange::parse(before.change_to(after).value().encode()).value();
  RC_ASSERT(before.apply(change).value().encode() == after.encode());
  RC_ASSERT(after.apply(change).error().code == ErrorCode::conflict);
  TagSetChange wrong = change;
  wrong.to.root[0] ^= 1;
  RC_ASSERT(before.apply(wrong).error().code == ErrorCode::corrupt);
}

TEST(TagSet, refuses_what_is_not_sorted_or_not_so_short) {
  EXPECT_FALSE(TagSet::make(2027, 1, 8, {}));
  EXPECT_FALSE(TagSet::make(2027, 1, 8, {1, 1}));
  EXPECT_FALSE(TagSet::make(2027, 1, 8, {2, 1}));
  EXPECT_FALSE(TagSet::make(2027, 1, 8, {256}));
  EXPECT_FALSE(TagSet::make(2027, 1, 0, {0}));
  EXPECT_FALSE(TagSet::make(2027, 1, 29, {0}));
  const TagSet narrow = TagSet::make(2027, 1, 8, {1}).value();
  EXPECT_FALSE(narrow.change_to(TagSet::make(2027, 2, 9, {1}).value()));
  EXPECT_FALSE(narrow.change_to(TagSet::make(2028, 2, 8, {1}).value()));
  EXPECT_FALSE(narrow.change_to(narrow));
}

}  // namespace
}  // namespace probity::oprf
