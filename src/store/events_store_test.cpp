// The event log on a real database: order, filters, readers.
#include "store/events_store.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/memory_ports.h"

namespace probity::store {
namespace {

class EventLog : public testing::Test {
 protected:
  EventLog() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-events-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    log = std::make_unique<SqlEventLog>(*database);
  }
  ~EventLog() override { std::filesystem::remove_all(folder); }

  std::uint64_t append(const std::string& kind, std::optional<Id> project = {}, std::optional<Id> party = {}) {
    events::Event event;
    event.kind = kind;
    event.project = project;
    event.party = party;
    return log->append(event).value();
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlEventLog> log;
  test::SeededRandom random;
};

TEST_F(EventLog, GivesBackWhatWasAppended) {
  events::Event event;
  event.time_ms = 1'800'000'000'123;
  event.kind = "commitment.signed";
  event.actor = {events::Actor::Kind::recipient, Id::random(random), "林小雨 \"x\" 'y'"};
  event.project = Id::random(random);
  event.party = Id::random(random);
  event.commitment = Id::random(random);
  event.asset = Id::random(random);
  event.copy = Id::random(random);
  event.data_json = R"({"number":"C-1"})";
  event.sequence = log->append(event).value();
  EXPECT_EQ(event.sequence, 1U);
  const auto back = log->after(0, 10).value().at(0);
  EXPECT_EQ(back.time_ms, event.time_ms);
  EXPECT_EQ(back.kind, event.kind);
  EXPECT_EQ(back.actor, event.actor);
  EXPECT_EQ(back.project, event.project);
  EXPECT_EQ(back.party, event.party);
  EXPECT_EQ(back.commitment, event.commitment);
  EXPECT_EQ(back.asset, event.asset);
  EXPECT_EQ(back.copy, event.copy);
  EXPECT_EQ(back.data_json, event.data_json);
}

TEST_F(EventLog, FiltersAndPagesNewestFirst) {
  const Id project = Id::random(random), party = Id::random(random);
  append("commitment.sent", project, party);
  append("commitment.signed", project, party);
  append("commitments.other", project);
  append("asset.added", project);
  append("asset.added");
  const auto all = log->list({}).value();
  EXPECT_EQ(all.total, 5U);
  EXPECT_EQ(all.items.front().sequence, 5U);
  EXPECT_FALSE(all.items.front().project);

  events::EventFilter filter;
  filter.project = project;
  EXPECT_EQ(log->list(filter).value().total, 4U);
  filter.kind = "commitment.";
  EXPECT_EQ(log->list(filter).value().total, 2U);
  filter.kind = "commitment.sent";
  EXPECT_EQ(log->list(filter).value().items.at(0).sequence, 1U);
  filter = {};
  filter.party = party;
  filter.limit = 1;
  filter.offset = 1;
  const auto page = log->list(filter).value();
  EXPECT_EQ(page.total, 2U);
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(page.items[0].sequence, 1U);
  filter.party = Id::random(random);
  EXPECT_EQ(log->list(filter).value().total, 0U);
}

TEST_F(EventLog, IsUndoneWithItsTransaction) {
  EXPECT_FALSE(database->write([&]() -> Result<void> {
    EXPECT_EQ(append("asset.added"), 1U);
    return fail(ErrorCode::cancelled, "on purpose");
  }));
  EXPECT_EQ(log->last_sequence().value(), 0U);
  EXPECT_EQ(append("asset.added"), 1U);
}

TEST_F(EventLog, RemembersReaders) {
  EXPECT_EQ(log->cursor("webhooks").value(), 0U);
  ASSERT_TRUE(log->set_cursor("webhooks", 3));
  ASSERT_TRUE(log->set_cursor("webhooks", 4));
  ASSERT_TRUE(log->set_cursor("other", 1));
  EXPECT_EQ(log->cursor("webhooks").value(), 4U);
  for (int i = 0; i < 6; ++i) append("asset.added");
  EXPECT_EQ(log->after(4, 1).value().at(0).sequence, 5U);
}

}  // namespace
}  // namespace probity::store
