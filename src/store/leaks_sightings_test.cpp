// Sightings over the database: corrected, withdrawn and restored, and nothing of them lost.
#include <nlohmann/json.hpp>
#include <set>

#include "base/encoding.h"
#include "support/leaks_fixture.h"

namespace probity::store {
namespace {

using nlohmann::json;
using test::Actor, test::LeakMatters;

class Sightings : public LeakMatters {};

class SomeCase final : public leaks::CaseBook {
 public:
  Result<void> sighting_changed(const leaks::Leak&, const leaks::Sighting& before, const leaks::Sighting& after,
                                const Actor&) override {
    told.push_back(std::string(leaks::sighting_deed_name(after.changes.back().deed)) + " " + before.account);
    return {};
  }
  std::vector<std::string> told;
};

TEST_F(Sightings, keep_what_a_sighting_said_before_it_was_corrected) {
  const leaks::Leak leak = report();
  const leaks::Sighting seen = service->detail(leak.id)->sightings.at(0);
  leaks::SightingEdit edit;
  edit.account = "carfan78";
  edit.seen_ms = seen.seen_ms - 60'000;
  EXPECT_EQ(service->update_sighting(leak.id, seen.id, edit, ada).error().message, "a correction has a reason");
  edit.reason = "The account was misread";
  const auto corrected = service->update_sighting(leak.id, seen.id, edit, ben);
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->account, "carfan78");
  EXPECT_EQ(corrected->address, seen.address);
  // Read again, it has the history: who, when, why, and what it said.
  const leaks::Sighting read = service->detail(leak.id)->sightings.at(0);
  ASSERT_EQ(read.changes.size(), 1U);
  EXPECT_EQ(read.changes[0].deed, leaks::SightingDeed::corrected);
  EXPECT_EQ(read.changes[0].by, "Ben Sample");
  EXPECT_EQ(read.changes[0].reason, "The account was misread");
  EXPECT_EQ(json::parse(read.changes[0].before_json), (json{{"account", ""}, {"seen_at", to_rfc3339(seen.seen_ms)}}));
  EXPECT_EQ(service->find(leak.id)->leak.first_seen_ms, seen.seen_ms - 60'000);
  const auto steps = evidence->steps(leak.id, 0, 100).value();
  const auto& step = steps.items.front().deed.action == "sighting_corrected" ? steps.items.front() : steps.items.back();
  EXPECT_EQ(step.deed.action, "sighting_corrected");
  EXPECT_EQ(step.deed.why, "The account was misread");
  EXPECT_EQ(json::parse(step.deed.data_json)["before"]["account"], "");

  EXPECT_EQ(service->update_sighting(leak.id, seen.id, edit, ada).error().message, "nothing is to be changed");
  edit = {};
  edit.channel = "television";
  edit.reason = "x";
  EXPECT_EQ(service->update_sighting(leak.id, seen.id, edit, ada).error().code, ErrorCode::invalid_argument);
  edit = {};
  edit.address = " ";
  edit.reason = "x";
  EXPECT_EQ(service->update_sighting(leak.id, seen.id, edit, ada).error().code, ErrorCode::invalid_argument);
  edit = {};
  edit.item = Id{{9}};
  edit.reason = "x";
  EXPECT_EQ(service->update_sighting(leak.id, seen.id, edit, ada).error().code, ErrorCode::not_found);
  EXPECT_EQ(service->update_sighting(leak.id, Id{{9}}, edit, ada).error().code, ErrorCode::not_found);
  // What came later needs no reason: it was taken down, a first note.
  edit = {};
  edit.taken_down_ms.emplace(clock.now_ms());
  edit.note = "The admin did it";
  ASSERT_TRUE(service->update_sighting(leak.id, seen.id, edit, ada));
  EXPECT_EQ(service->detail(leak.id)->sightings.at(0).changes.back().deed, leaks::SightingDeed::noted);
  edit = {};
  edit.note = "Somebody else did";
  EXPECT_EQ(service->update_sighting(leak.id, seen.id, edit, ada).error().code, ErrorCode::invalid_argument);
}

TEST_F(Sightings, withdraw_a_sighting_and_restore_it) {
  SomeCase of;
  ports->cases = &of;
  service = std::make_unique<leaks::LeakService>(*ports);
  const leaks::Leak leak = report();
  leaks::NewSighting later;
  later.address = "A poster in Hall 4";
  later.seen_ms = clock.now_ms() - 1000;
  const leaks::Sighting poster = service->add_sighting(leak.id, later, ada).value();
  const leaks::Sighting first = service->detail(leak.id)->sightings.at(0);
  EXPECT_EQ(service->withdraw_sighting(leak.id, first.id, " ", ada).error().code, ErrorCode::invalid_argument);
  ASSERT_TRUE(service->withdraw_sighting(leak.id, first.id, "Another car", ben));
  EXPECT_EQ(service->find(leak.id)->leak.first_seen_ms, poster.seen_ms);
  const leaks::Sighting gone = service->detail(leak.id)->sightings.at(0);
  ASSERT_FALSE(gone.stands());
  EXPECT_EQ(gone.withdrawal()->by, "Ben Sample");
  EXPECT_EQ(gone.withdrawal()->reason, "Another car");
  EXPECT_EQ(service->withdraw_sighting(leak.id, first.id, "again", ada).error().code, ErrorCode::conflict);
  leaks::SightingEdit edit;
  edit.note = "late";
  EXPECT_EQ(service->update_sighting(leak.id, first.id, edit, ada).error().code, ErrorCode::conflict);
  ASSERT_TRUE(service->withdraw_sighting(leak.id, poster.id, "Nobody saw it", ben));
  EXPECT_FALSE(service->find(leak.id)->leak.first_seen_ms);
  EXPECT_EQ(service->restore_sighting(leak.id, first.id, "", ada).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(service->restore_sighting(leak.id, first.id, "It was this car", ada)->stands());
  EXPECT_EQ(service->restore_sighting(leak.id, first.id, "twice", ada).error().code, ErrorCode::conflict);
  EXPECT_EQ(service->find(leak.id)->leak.first_seen_ms, first.seen_ms);
  EXPECT_TRUE(of.told.empty()) << "no case yet";
  std::set<std::string> acts, kinds;
  const auto steps = evidence->steps(leak.id, 0, 100).value();
  const auto happened = events->list({}).value();
  for (const auto& step : steps.items) acts.insert(step.deed.action);
  for (const auto& event : happened.items) kinds.insert(event.kind);
  EXPECT_TRUE(acts.contains("sighting_withdrawn") && acts.contains("sighting_restored"));
  EXPECT_TRUE(kinds.contains("leak.seen_withdrawn") && kinds.contains("leak.seen_restored"));
  // In a case it is told; of a closed matter nothing is changed.
  ASSERT_TRUE(service->move_to_case(leak.id, Id{{99}}, "K-2026-0001", ben));
  edit = {};
  edit.account = "carfan78";
  edit.reason = "Misread";
  ASSERT_TRUE(service->update_sighting(leak.id, first.id, edit, ada));
  ASSERT_TRUE(service->withdraw_sighting(leak.id, first.id, "After all not", ada));
  EXPECT_EQ(of.told, (std::vector<std::string>{"corrected ", "withdrawn carfan78"}));
  const leaks::Leak closed = report("Closed");
  ASSERT_TRUE(service->close(closed.id, leaks::CloseReason::rumour, "", ada));
  EXPECT_EQ(
      service->withdraw_sighting(closed.id, service->detail(closed.id)->sightings.at(0).id, "x", ada).error().code,
      ErrorCode::conflict);
}

}  // namespace
}  // namespace probity::store
