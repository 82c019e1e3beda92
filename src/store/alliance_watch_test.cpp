// Alarms, canaries and consents on the real database, with a hub that lives.
#include "store/alliance_watch.h"

#include <gtest/gtest.h>

#include "alliance/hub_watch.h"
#include "support/hub_world.h"

namespace probity::store {
namespace {

using alliance::AlarmRule;
using alliance::Party;
using alliance::Planting;

class HubWatchTest : public ::testing::Test {
 protected:
  TimeMs& now() { return world.keyholders.clock.now; }
  oprf::TagSetHead head() { return world.hub->tag_set(2027).value().set->head(); }
  // One fetch in the reader's name; a minute passes, so that no quota is in the way.
  bool fetch(oprf::Prefix prefix, std::uint8_t account = 1) {
    Id who;
    who.bytes.fill(account);
    now() += 60'000;
    return world.hub->fetch_bucket(world.reader, Id::random(world.random), 2027, head().bits, prefix, who).has_value();
  }
  Party ombudsman() const { return {Party::Role::ombudsman, {}, Id{{9}}}; }
  Party reader() const { return {Party::Role::filer, world.reader, Id{{4}}}; }
  void plant(std::uint32_t count) {
    const auto planting = watch.propose_canaries(2027, count, Id{{7}}).value();
    ASSERT_TRUE(watch.agree(planting.id, ombudsman()));
    now() += alliance::kCanarySpreadMs + 1;
    for (std::uint32_t i = 0; i <= count / 200; ++i) (void)world.hub->tick().value();
  }

  test::HubWorld world;
  AllianceWatchStore store{*world.database};
  alliance::HubWatch watch{
      {store, *world.store, *world.hub, *world.database, world.log, world.keyholders.clock, world.random}};
};

TEST_F(HubWatchTest, a_sweep_is_noticed_once_a_day_and_acknowledged) {
  plant(300);
  const auto prefixes = world.hub->tag_set(2027).value().set->prefixes();
  now() += 60 * alliance::kDayMs;
  for (std::size_t i = 0; i < 40; ++i) EXPECT_TRUE(fetch(prefixes[i])) << "within the quota";
  EXPECT_GE(watch.look().value(), 2U) << "volume and sweep at the least";
  EXPECT_EQ(watch.look().value(), 0U) << "the same day is not told twice";
  const auto open = watch.alarms({world.reader, false, 0, 50}).value();
  const auto sweep = std::ranges::find(open.items, AlarmRule::sweep, [](const auto& a) { return a.finding.rule; });
  ASSERT_NE(sweep, open.items.end());
  EXPECT_EQ(sweep->finding.observed, 40);
  EXPECT_EQ(watch.acknowledge(sweep->id, "a script of theirs; they have stopped it", Id{{7}})->note.substr(0, 8),
            "a script");
  EXPECT_EQ(watch.acknowledge(sweep->id, "x", Id{{7}}).error().code, ErrorCode::conflict);
  EXPECT_EQ(watch.alarms({world.reader, false, 0, 50})->total, open.total - 1);
}

TEST_F(HubWatchTest, canaries_need_operator_and_ombudsman) {
  const auto planting = watch.propose_canaries(2027, 20, Id{{7}}).value();
  EXPECT_EQ(watch.agree(planting.id, world.by(1)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(watch.propose_canaries(2031, 20, Id{{7}}).error().code, ErrorCode::gone);
  EXPECT_EQ(watch.propose_canaries(2027, 0, Id{{7}}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(watch.refuse(planting.id, ombudsman())->state, Planting::State::refused);
  EXPECT_EQ(watch.agree(planting.id, ombudsman()).error().code, ErrorCode::conflict);
  now() += alliance::kCanarySpreadMs + 1;
  const auto before = head();
  (void)world.hub->tick().value();
  EXPECT_EQ(head(), before);
}

// Nothing that a member is given tells a canary from a listing: same size, same way of coming and going.
TEST_F(HubWatchTest, canaries_look_like_listings) {
  const auto one = watch.propose_canaries(2027, 40, Id{{7}}).value();
  ASSERT_TRUE(watch.agree(one.id, ombudsman()));
  std::set<oprf::TagSetVersion> versions;
  for (int day = 0; day < 31; ++day) {
    now() += alliance::kDayMs;
    (void)world.hub->tick().value();
    versions.insert(head().version);
  }
  EXPECT_GT(versions.size(), 15U) << "they come one by one over a month";
  EXPECT_EQ(watch.plantings()->front().standing, 40U);
  const auto set = world.hub->tag_set(2027).value().set;
  for (const oprf::Prefix prefix : set->prefixes()) {
    now() += 60'000;
    const auto labels =
        world.hub->fetch_bucket(world.reader, Id::random(world.random), 2027, set->head().bits, prefix).value();
    EXPECT_FALSE(labels.empty());
  }
  world.restart();
  EXPECT_EQ(head(), set->head()) << "they outlive a restart";
  now() += alliance::kYearMs + alliance::kDayMs;
  (void)world.hub->tick().value();
  EXPECT_LT(watch.plantings()->front().standing, 40U) << "some end after a year, as listings do";
  const auto notices = world.hub->notices_for(world.reader).value();
  ASSERT_FALSE(notices.empty()) << "whoever looked hears of the end";
  EXPECT_EQ(notices.front().what, alliance::ListingStep::Kind::expired);
  now() += 5 * alliance::kYearMs;
  (void)world.hub->tick().value();
  EXPECT_EQ(head().count, 1U) << "only what stands in for an empty list";
}

TEST_F(HubWatchTest, whoever_fetches_what_is_new_meets_canaries) {
  for (std::uint8_t number = 1; number < 4; ++number) world.active(number);
  const auto planting = watch.propose_canaries(2027, 20, Id{{7}}).value();
  ASSERT_TRUE(watch.agree(planting.id, ombudsman()));
  std::set<oprf::Prefix> seen;
  for (int day = 0; day < 31; ++day) {
    now() += alliance::kDayMs;
    (void)world.hub->tick().value();
    const auto set = world.hub->tag_set(2027).value().set;
    for (const oprf::Prefix prefix : set->prefixes()) {
      const bool is_new = seen.insert(prefix).second && day > 0;
      EXPECT_TRUE(!is_new || fetch(prefix));
    }
    (void)watch.look().value();
  }
  const auto open = watch.alarms({world.reader, false, 0, 50}).value();
  EXPECT_TRUE(std::ranges::any_of(open.items, [](const auto& a) { return a.finding.rule == AlarmRule::canary; }));
}

TEST_F(HubWatchTest, one_percent_of_a_quarter_is_drawn_and_opened) {
  std::vector<Hash> commitments;
  std::map<Hash, std::string> texts;
  for (int i = 0; i < 250; ++i) {
    const std::string text = "{\"nonce\":\"" + std::to_string(i) + "\",\"requisition\":\"R-7\"}";
    commitments.push_back(sha256(as_bytes(text)));
    texts[commitments.back()] = text;
  }
  EXPECT_EQ(watch.report(reader(), "2027-Q1", commitments).value(), 250U);
  EXPECT_EQ(watch.report(reader(), "2027-Q1", commitments).value(), 0U) << "the same again counts once";
  EXPECT_EQ(watch.report(reader(), "2027-Q5", commitments).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(watch.draw(world.reader, "2027-Q2", Id{{7}}).error().code, ErrorCode::conflict);
  const auto audit = watch.draw(world.reader, "2027-Q1", Id{{7}}).value();
  EXPECT_EQ(audit.draws.size(), 3U);
  EXPECT_EQ(audit.reported, 250U);
  EXPECT_EQ(alliance::audit_state(audit, now()), "open");
  ASSERT_EQ(watch.audits_of(reader())->size(), 1U);
  EXPECT_TRUE(watch.audits_of(world.by(1))->empty()) << "another member's is not shown";

  const Hash first = audit.draws[0].commitment;
  EXPECT_EQ(watch.open(reader(), audit.id, first, "{}").error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(watch.open(world.by(1), audit.id, first, texts[first]).error().code, ErrorCode::not_found);
  const auto another = std::ranges::find_if(commitments, [&](const Hash& hash) {
    return std::ranges::find(audit.draws, hash, &alliance::AuditDraw::commitment) == audit.draws.end();
  });
  EXPECT_EQ(watch.open(reader(), audit.id, *another, texts[*another]).error().code, ErrorCode::not_found);
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_TRUE(watch.open(reader(), audit.id, audit.draws[i].commitment, texts[audit.draws[i].commitment]));
  EXPECT_EQ(alliance::audit_state(watch.audit(audit.id).value(), audit.due_ms), "overdue");
  const Hash last = audit.draws[2].commitment;
  EXPECT_EQ(alliance::audit_state(watch.open(reader(), audit.id, last, texts[last]).value(), audit.due_ms), "complete");
  EXPECT_TRUE(watch.audits_of(reader())->empty());
  EXPECT_EQ(world.log.records.back().kind, "alliance_audit");
}

}  // namespace
}  // namespace probity::store
