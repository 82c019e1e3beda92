// The published set against the plain way of making it, and what a change costs in a long list.
#include "alliance/tag_set_publisher.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>

#include "support/scripted.h"

namespace probity::alliance {
namespace {

constexpr oprf::Epoch kEpoch = 2027;

oprf::Tag random_tag(Random& random) {
  oprf::Tag tag;
  random.fill(tag);
  return tag;
}
oprf::Prefix prefix28(const oprf::Tag& tag) { return oprf::prefix_of(tag, oprf::kMostPrefixBits); }

RC_GTEST_PROP(TagSets, are_what_the_plain_way_makes_of_the_tags, ()) {
  test::SeededRandom random(*rc::gen::inRange(1U, 1'000'000U));
  const auto count = *rc::gen::inRange(1, 3'000);
  std::vector<oprf::Tag> tags;
  std::vector<oprf::Prefix> ascending;
  for (int i = 0; i < count; ++i) {
    tags.push_back(i > 0 && *rc::gen::inRange(0, 20) == 0 ? tags.front() : random_tag(random));
    ascending.push_back(prefix28(tags.back()));
  }
  std::ranges::sort(ascending);
  RC_ASSERT(tag_set_of(kEpoch, 3, ascending).encode() == oprf::TagSet::of(kEpoch, 3, tags, random).encode());
}

// Whatever comes in whatever order, the places are those that the latest step of each listing leaves.
RC_GTEST_PROP(FindablePlaces, are_those_of_the_latest_steps, ()) {
  test::SeededRandom random(*rc::gen::inRange(1U, 1'000'000U));
  std::vector<FindableChange> changes;
  std::map<Id, FindableChange> latest;
  for (int who = 0; who < 12; ++who) {
    const Id id = Id::random(random);
    for (std::uint64_t step = 1; step <= 6; ++step) {
      const auto epoch = static_cast<oprf::Epoch>(kEpoch + *rc::gen::inRange(0, 2));
      changes.push_back(
          {id, epoch, static_cast<oprf::Prefix>(*rc::gen::inRange(0, 40)), *rc::gen::arbitrary<bool>(), step});
      latest[id] = changes.back();
    }
  }
  const auto order =
      *rc::gen::container<std::vector<std::uint32_t>>(changes.size(), rc::gen::arbitrary<std::uint32_t>());
  std::vector<std::size_t> turns(changes.size());
  for (std::size_t i = 0; i < turns.size(); ++i) turns[i] = i;
  std::ranges::sort(turns, {}, [&](std::size_t i) { return order[i]; });
  FindablePlaces places;
  for (const std::size_t turn : turns) places.apply(changes[turn]);
  for (const oprf::Epoch epoch : {kEpoch, static_cast<oprf::Epoch>(kEpoch + 1)}) {
    std::vector<oprf::Prefix> expected;
    for (const auto& [id, change] : latest)
      if (change.findable && change.epoch == epoch) expected.push_back(change.prefix28);
    std::ranges::sort(expected);
    RC_ASSERT(places.of(epoch) == expected);
  }
}

TEST(FindablePlaces, what_came_while_they_were_loaded_is_newer) {
  test::SeededRandom random(3);
  const Id ended = Id::random(random), other = Id::random(random);
  FindablePlaces places;
  places.apply({ended, kEpoch, 5, false, 9});
  const FindablePlace stored[] = {{ended, 5}, {other, 7}};
  places.load(kEpoch, stored);
  EXPECT_EQ(places.of(kEpoch), std::vector<oprf::Prefix>{7});
}

// Members must see an activation within two seconds; this is the part that grows with the list.
TEST(TagSets, of_a_hundred_thousand_are_made_in_a_fraction_of_a_second) {
  test::SeededRandom random(5);
  std::vector<FindablePlace> stored;
  for (int i = 0; i < 100'000; ++i) stored.push_back({Id::random(random), prefix28(random_tag(random))});
  FindablePlaces places;
  places.load(kEpoch, stored);
  const auto begin = std::chrono::steady_clock::now();
  places.apply({Id::random(random), kEpoch, prefix28(random_tag(random)), true, 8});
  const auto set = tag_set_of(kEpoch, 2, places.of(kEpoch));
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_GT(set.head().count, 90'000U);
  EXPECT_LT(took, std::chrono::milliseconds(500));
  RecordProperty("microseconds", static_cast<int>(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
}

}  // namespace
}  // namespace probity::alliance
