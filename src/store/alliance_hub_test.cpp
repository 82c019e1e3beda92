// The hub on the real database: a listing's life, what members may fetch, and what they hear of afterwards.
#include "alliance/hub.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>

#include "alliance/json.h"
#include "base/encoding.h"
#include "store/file.h"
#include "support/hub_world.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using alliance::Appeal;
using alliance::ListingState;
using alliance::Party;

using test::HubWorld;

class HubTest : public ::testing::Test {
 protected:
  HubWorld world;
};

TEST_F(HubTest, a_listing_is_found_once_it_is_active_and_not_before) {
  const auto before = world.hub->tag_set(2027).value();
  const auto listing = world.notified(1);
  EXPECT_EQ(listing.state, ListingState::notified);
  EXPECT_EQ(world.hub->tag_set(2027).value().set->head(), before.set->head());
  world.keyholders.clock.now += alliance::kNoticeWaitMs - 1;
  EXPECT_EQ(world.hub->tick().value(), 0U);
  world.keyholders.clock.now += 1;
  EXPECT_EQ(world.hub->tick().value(), 1U);
  const auto after = world.hub->tag_set(2027).value();
  EXPECT_TRUE(after.set->matches(world.keys_of(1).tag));
  EXPECT_EQ(after.set->head().version, before.set->head().version + 1);
  EXPECT_TRUE(oprf::verify_signature(world.hub->identity(), alliance::kTagSetDomain, after.set->head().encode(),
                                     after.signature));
  const auto labels = world.fetch(1);
  ASSERT_EQ(labels.size(), 1U);
  EXPECT_EQ(as_text(oprf::open_label(2027, world.keys_of(1), labels[0]).value()), "bribery, until 2032");
}

// Whoever matches without being listed gets the same bucket, and the hub writes down the same.
TEST_F(HubTest, a_bucket_is_the_same_for_the_listed_and_for_who_shares_the_prefix) {
  world.active(1);
  const int bits = world.hub->tag_set(2027).value().set->head().bits;
  std::uint8_t other = 2;
  while (oprf::prefix_of(world.keys_of(other).tag, bits) != oprf::prefix_of(world.keys_of(1).tag, bits)) ++other;
  const auto labels = world.fetch(other);
  EXPECT_EQ(labels, world.fetch(1));
  EXPECT_FALSE(oprf::open_label(2027, world.keys_of(other), labels[0]));
}

TEST_F(HubTest, increments_lead_to_the_same_set) {
  world.active(1);
  for (std::uint8_t number = 2; number < 12; ++number) world.active(number);
  const auto old = world.hub->tag_set(2027).value();
  world.active(12);
  const auto current = world.hub->tag_set(2027).value();
  const auto change = world.hub->changes_since(2027, old.set->head().version).value();
  if (old.set->head().bits == current.set->head().bits) {
    ASSERT_TRUE(change);
    EXPECT_EQ(old.set->apply(change->change).value().encode(), current.set->encode());
    EXPECT_EQ(change->signature, current.signature);
  } else {
    EXPECT_FALSE(change);
  }
  EXPECT_FALSE(world.hub->changes_since(2027, 9999).value());
  const auto nothing = world.hub->changes_since(2027, current.set->head().version).value();
  ASSERT_TRUE(nothing) << "whoever has the latest version is told so, in few bytes";
  EXPECT_EQ(nothing->change.to, current.set->head());
  EXPECT_TRUE(nothing->change.added.empty() && nothing->change.removed.empty());
  EXPECT_EQ(world.hub->tag_set(2026).error().code, ErrorCode::gone);
}

TEST_F(HubTest, a_correction_reaches_everybody_who_looked_in_two_years) {
  const auto listing = world.active(1);
  world.fetch(1);
  world.fetch(1);
  EXPECT_TRUE(world.hub->notices_for(world.reader).value().empty());
  alliance::Restatement words{2027, world.keys_of(1).tag, {}};
  words.label = oprf::seal_label(2027, world.keys_of(1), as_bytes("corrected"), world.random).value();
  ASSERT_TRUE(world.hub->correct(listing.id, world.by(1), words));
  auto notices = world.hub->notices_for(world.reader).value();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].what, alliance::ListingStep::Kind::corrected);
  EXPECT_EQ(as_text(oprf::open_label(2027, world.keys_of(1), world.fetch(1)[0]).value()), "corrected");
  EXPECT_TRUE(world.hub->take_notice(world.filer, notices[0].id));
  EXPECT_EQ(world.hub->notices_for(world.reader).value().size(), 1U) << "nobody takes another's notice";
  EXPECT_TRUE(world.hub->take_notice(world.reader, notices[0].id));
  ASSERT_TRUE(world.hub->overturn(listing.id, world.ombudsman()));
  notices = world.hub->notices_for(world.reader).value();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].what, alliance::ListingStep::Kind::overturned);
  EXPECT_FALSE(world.hub->tag_set(2027).value().set->matches(world.keys_of(1).tag) && !world.fetch(1).empty());
}

TEST_F(HubTest, expired_means_gone_from_tags_and_labels) {
  const auto listing = world.active(1);
  world.keyholders.clock.now = listing.attest_due_ms;
  EXPECT_EQ(world.hub->tick().value(), 1U);
  EXPECT_TRUE(world.fetch(1).empty());
  EXPECT_EQ(world.hub->listing(listing.id).value().state, ListingState::expired);
  EXPECT_EQ(world.hub->listing(listing.id).value().label, oprf::SealedLabel{});
}

TEST_F(HubTest, a_request_for_a_bucket_counts_once_and_is_recorded) {
  world.active(1);
  const Id request = Id::random(world.random);
  const int bits = world.hub->tag_set(2027).value().set->head().bits;
  EXPECT_TRUE(world.hub->fetch_bucket(world.reader, request, 2027, bits, 0));
  EXPECT_EQ(world.hub->fetch_bucket(world.reader, request, 2027, bits, 0).error().code, ErrorCode::conflict);
  EXPECT_EQ(world.hub->fetch_bucket(world.reader, Id{}, 2027, 28, 0).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(world.hub->fetch_bucket(Id{}, Id{}, 2027, bits, 0).error().code, ErrorCode::unauthenticated);
  ASSERT_TRUE(world.hub->suspend_member(world.reader, true));
  EXPECT_EQ(world.hub->fetch_bucket(world.reader, Id{}, 2027, bits, 0).error().code, ErrorCode::forbidden);
}

// Enumeration by a member: within its quota it learns what its quota is; over it nothing.
TEST_F(HubTest, buckets_are_fetched_within_the_quota_only) {
  world.active(1);
  const int bits = world.hub->tag_set(2027).value().set->head().bits;
  const auto fetch = [&](std::uint8_t account) {
    Id who;
    who.bytes.fill(account);
    return world.hub->fetch_bucket(world.reader, Id::random(world.random), 2027, bits, 0, who);
  };
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(fetch(1));
  EXPECT_EQ(fetch(1).error().code, ErrorCode::too_many_requests) << "a person's minute";
  EXPECT_TRUE(fetch(2)) << "another person's has not begun";
  int fetched = 21;
  for (std::uint8_t account = 3; account < 200; ++account) {
    world.keyholders.clock.now += 60'000;
    for (int i = 0; i < 20; ++i) fetched += fetch(account).has_value();
  }
  EXPECT_EQ(fetched, 500) << "the member's day, however many people it has";
  world.restart();
  ASSERT_TRUE(world.hub->restore_quota());
  EXPECT_EQ(fetch(7).error().code, ErrorCode::too_many_requests) << "a restart gives nothing back";
  world.keyholders.clock.now += alliance::kDayMs;
  EXPECT_TRUE(fetch(7));
}

TEST_F(HubTest, the_person_objects_with_link_and_code_and_nobody_guesses_them) {
  const auto listing = world.notified(1);
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(world.hub->appeal(world.courier.token, "00000000").error().code, ErrorCode::not_found);
  EXPECT_EQ(world.hub->appeal("0123", world.courier.code).error().code, ErrorCode::not_found);
  const auto appealed = world.hub->appeal(world.courier.token, world.courier.code).value();
  EXPECT_TRUE(appealed.appeal_is_open());
  world.keyholders.clock.now += alliance::kYearMs;
  (void)world.hub->tick().value();
  EXPECT_EQ(world.hub->listing(listing.id).value().state, ListingState::notified);
  (void)world.hub->appeal(world.courier.token, "00000000");
  EXPECT_EQ(world.hub->appeal(world.courier.token, world.courier.code).error().code, ErrorCode::not_found)
      << "five wrong codes use up the link";
}

TEST_F(HubTest, nobody_is_listed_twice_or_again_in_silence) {
  const auto first = world.active(1);
  const auto second = world.hub->draft(world.by(1), world.draft_about(1)).value();
  EXPECT_EQ(world.hub->submit(second.id, world.by(1)).error().code, ErrorCode::conflict);
  ASSERT_TRUE(world.hub->overturn(first.id, world.ombudsman()));
  EXPECT_EQ(world.hub->submit(second.id, world.by(1)).error().code, ErrorCode::forbidden);
  ASSERT_TRUE(world.hub->consent(second.id, world.ombudsman()));
  EXPECT_EQ(world.hub->submit(second.id, world.by(1)).value().follows, first.id);
}

TEST_F(HubTest, every_step_is_in_the_log_and_says_nothing_of_the_person) {
  const auto listing = world.active(1);
  std::size_t steps = 0;
  for (const auto& record : world.log.records) {
    if (record.kind == "alliance_listing" && record.subject == listing.id) ++steps;
    EXPECT_EQ(record.content.find(to_hex(listing.tag)), std::string::npos);
    EXPECT_EQ(record.content.find("mira"), std::string::npos);
  }
  EXPECT_EQ(steps, listing.steps.size());
}

TEST_F(HubTest, a_restart_changes_nothing) {
  const auto listing = world.active(1);
  const auto before = world.hub->tag_set(2027).value();
  world.restart();
  const auto after = world.hub->tag_set(2027).value();
  EXPECT_EQ(after.set->encode(), before.set->encode());
  EXPECT_EQ(after.signature, before.signature);
  EXPECT_EQ(world.hub->listing(listing.id).value(), listing);
  EXPECT_EQ(alliance::parse_listing_record(alliance::listing_record(listing)).value(), listing);
}

// I7: the address went to the courier and nowhere else; tokens and codes are kept as hashes.
TEST_F(HubTest, keeps_neither_address_nor_link_nor_code) {
  world.active(1);
  ASSERT_EQ(world.courier.addresses, std::vector<std::string>{"mira@example.org"});
  for (const auto& entry : fs::directory_iterator(world.folder)) {
    const auto bytes = read_file(entry.path().string(), 64 << 20).value();
    for (const std::string& planted : {std::string("mira@example"), world.courier.token, world.courier.code})
      EXPECT_EQ(as_text(bytes).find(planted), std::string_view::npos) << entry.path() << " " << planted;
  }
}

}  // namespace
}  // namespace probity::store
