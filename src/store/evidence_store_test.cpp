#include "store/evidence_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "evidence/service.h"
#include "store/file_blob_store.h"
#include "store/soci.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

// A log that can be asked what went into it.
class KeptLog final : public log::LogBook {
 public:
  Result<Id> record(const log::LogRecord& record) override {
    records.push_back(record);
    return Id{};
  }
  Result<std::optional<log::Opening>> opening(const Id&) override { return std::nullopt; }
  Result<std::vector<log::Opening>> openings_of(const Id& subject) override {
    std::vector<log::Opening> found;
    for (const auto& record : records)
      if (record.subject == subject) {
        log::Opening opening;
        opening.record = record;
        found.push_back(opening);
      }
    return found;
  }
  Result<std::optional<std::string>> proof(const Id&) override { return std::nullopt; }
  Result<void> erase(const Id&) override { return {}; }
  std::vector<log::LogRecord> records;
};

class Custody : public testing::Test {
 protected:
  Custody() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-evidence-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    blobs = FileBlobStore::open(folder + "/blobs").value();
    store = std::make_unique<EvidenceStore>(*database);
    evidence =
        std::make_unique<evidence::EvidenceService>(evidence::Ports{*store, *blobs, *database, log, clock, random});
    EXPECT_TRUE(evidence->open(matter, "L-2026-0001", ada));
  }
  ~Custody() override { std::filesystem::remove_all(folder); }

  evidence::Deed deed(const std::string& action = "") const {
    evidence::Deed deed;
    deed.action = action;
    deed.actor = ada;
    deed.why = "a test";
    return deed;
  }
  evidence::Item add(const std::string& name, const std::string& bytes,
                     evidence::Kind kind = evidence::Kind::original) {
    clock.advance(1000);
    return evidence->add({matter, kind, std::nullopt, name}, as_bytes(bytes), deed()).value().item;
  }
  evidence::Check check() { return evidence->check(matter).value(); }
  void sql(const std::string& text) {
    ASSERT_TRUE(database->run([&](soci::session& session) -> Result<void> {
      session << text;
      return {};
    }));
  }
  std::string blob_file(const evidence::Item& item) const {
    const std::string hex = to_hex(item.sha256);
    return folder + "/blobs/" + hex.substr(0, 2) + "/" + hex;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<FileBlobStore> blobs;
  std::unique_ptr<EvidenceStore> store;
  KeptLog log;
  test::HandClock clock;
  test::SeededRandom random;
  std::unique_ptr<evidence::EvidenceService> evidence;
  const Id matter{{1, 2, 3}};
  const events::Actor ada{events::Actor::Kind::account, Id{{7}}, "Ada Sample"};
};

TEST_F(Custody, keeps_bytes_as_they_came_and_says_how) {
  const auto item = add("leak.jpg", "\xff\xd8\xff not a whole picture");
  EXPECT_EQ(item.media_type, "image/jpeg");
  EXPECT_EQ(item.added_by, "Ada Sample");
  EXPECT_EQ(as_text(evidence->read(item).value()), "\xff\xd8\xff not a whole picture");
  const auto steps = evidence->steps(matter, 0, 10).value();
  ASSERT_EQ(steps.total, 2U);
  EXPECT_EQ(steps.items[0].deed.action, "opened");
  EXPECT_EQ(steps.items[1].deed.action, "received");
  EXPECT_EQ(steps.items[1].deed.tool, evidence::this_program());
  EXPECT_EQ(steps.items[1].deed.data_json, evidence::item_facts(item));
  EXPECT_EQ(log.records.size(), 2U);
  EXPECT_EQ(evidence->item(matter, item.id).value(), item);
  EXPECT_EQ(evidence->item(Id{{9}}, item.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(check().holds());
}

TEST_F(Custody, the_same_bytes_are_one_item_and_two_steps) {
  const auto item = add("a.jpg", "same bytes");
  const auto again =
      evidence->add({matter, evidence::Kind::repost, std::nullopt, "b.jpg"}, as_bytes("same bytes"), deed());
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
  EXPECT_EQ(again->item, item);
  EXPECT_EQ(evidence->items(matter)->size(), 1U);
  EXPECT_EQ(evidence->steps_of(matter, "received_again")->size(), 1U);
  EXPECT_TRUE(check().holds());
}

TEST_F(Custody, refuses_what_belongs_nowhere) {
  EXPECT_EQ(evidence->add({Id{{9}}, evidence::Kind::original, std::nullopt, "x"}, as_bytes("x"), deed()).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(evidence->add({matter, evidence::Kind::repost, Id{{9}}, "x"}, as_bytes("x"), deed()).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(evidence->open(matter, "L-2026-0002", ada).error().code, ErrorCode::already_exists);
  EXPECT_EQ(evidence->check(Id{{9}}).error().code, ErrorCode::not_found);
  EXPECT_EQ(evidence->items(matter)->size(), 0U);
}

TEST_F(Custody, finds_every_changed_byte_of_evidence) {
  const std::string bytes = "the bytes of a leaked picture";
  const auto item = add("leak.jpg", bytes);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int bit : {0, 3, 7}) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      std::ofstream(blob_file(item), std::ios::binary) << changed;
      EXPECT_FALSE(check().holds()) << at << " bit " << bit;
    }
  }
  std::ofstream(blob_file(item), std::ios::binary) << bytes.substr(1);
  EXPECT_FALSE(check().holds()) << "shorter";
  std::ofstream(blob_file(item), std::ios::binary) << bytes << "x";
  EXPECT_FALSE(check().holds()) << "longer";
  std::filesystem::remove(blob_file(item));
  const auto gone = check();
  ASSERT_EQ(gone.faults.size(), 1U);
  EXPECT_EQ(gone.faults[0].item, item.id);
  EXPECT_NE(gone.faults[0].en.find("missing"), std::string::npos);
  std::ofstream(blob_file(item), std::ios::binary) << bytes;
  EXPECT_TRUE(check().holds());
}

// Every column of every table, changed behind the program's back, one at a time.
TEST_F(Custody, finds_every_changed_field) {
  const auto item = add("leak.jpg", "first");
  add("second.jpg", "second");
  ASSERT_TRUE(evidence->note(matter, deed("viewed")));
  ASSERT_TRUE(check().holds());
  const std::string zeros(64, '0'), other_id = Id{{200}}.text();
  const std::vector<std::string> changes{
      "UPDATE evidence_matters SET number = 'L-2026-0009'",
      "UPDATE evidence_matters SET opened_ms = opened_ms + 1",
      "UPDATE evidence_items SET name = 'other.jpg' WHERE position = 1",
      "UPDATE evidence_items SET kind = 'repost' WHERE position = 1",
      "UPDATE evidence_items SET parent_id = id WHERE position = 1",
      "UPDATE evidence_items SET media_type = 'image/png' WHERE position = 1",
      "UPDATE evidence_items SET size_bytes = size_bytes + 1 WHERE position = 1",
      "UPDATE evidence_items SET content_blob = '" + zeros + "' WHERE position = 1",
      "UPDATE evidence_items SET added_ms = added_ms + 1 WHERE position = 1",
      "UPDATE evidence_items SET added_by = 'Somebody Else' WHERE position = 1",
      "DELETE FROM evidence_items WHERE position = 2",
      "UPDATE custody_steps SET time_ms = time_ms - 1 WHERE sequence = 4",
      "UPDATE custody_steps SET action = 'downloaded' WHERE sequence = 4",
      "UPDATE custody_steps SET item_id = '" + other_id + "' WHERE sequence = 4",
      "UPDATE custody_steps SET actor_kind = 'system' WHERE sequence = 4",
      "UPDATE custody_steps SET actor_id = '" + other_id + "' WHERE sequence = 4",
      "UPDATE custody_steps SET actor_name = 'Somebody Else' WHERE sequence = 4",
      "UPDATE custody_steps SET why = 'another reason' WHERE sequence = 4",
      "UPDATE custody_steps SET tool = 'another tool' WHERE sequence = 4",
      "UPDATE custody_steps SET data = '{\"a\":1}' WHERE sequence = 4",
      "UPDATE custody_steps SET previous_hash = '" + zeros + "' WHERE sequence = 4",
      "UPDATE custody_steps SET hash = '" + zeros + "' WHERE sequence = 4",
      "UPDATE custody_steps SET sequence = 5 WHERE sequence = 4",
      "DELETE FROM custody_steps WHERE sequence = 2",
      "DELETE FROM custody_steps WHERE sequence = 4",  // the end of a chain: only the log knows of it
      "INSERT INTO custody_steps SELECT matter_id, 5, time_ms, action, item_id, actor_kind, actor_id, actor_name, why, "
      "tool, data, hash, previous_hash FROM custody_steps WHERE sequence = 4",
  };
  for (const std::string& change : changes) {
    // In a transaction that is not kept.
    const Result<void> undone = database->write([&]() -> Result<void> {
      sql(change);
      EXPECT_FALSE(check().holds()) << change;
      return fail(ErrorCode::cancelled, "undo");
    });
    EXPECT_EQ(undone.error().code, ErrorCode::cancelled);
    ASSERT_TRUE(check().holds()) << "after undoing " << change;
  }
  EXPECT_EQ(check().items, 2U);
  EXPECT_EQ(check().steps, 4U);
}

// A chain that somebody wrote anew, with every hash right, is not the one that went into the log.
TEST_F(Custody, finds_a_chain_that_was_written_anew) {
  ASSERT_TRUE(evidence->note(matter, deed("viewed")));
  auto steps = evidence->steps(matter, 0, 10)->items;
  ASSERT_EQ(steps.size(), 2U);
  steps[1].deed.actor.name = "Somebody Else";
  const evidence::Step forged = evidence::chained(steps[1], steps[0]);
  sql("DELETE FROM custody_steps WHERE sequence = 2");
  ASSERT_TRUE(store->insert(forged));
  const auto found = check();
  ASSERT_EQ(found.faults.size(), 1U);
  EXPECT_EQ(found.faults[0].step, 2U);
  EXPECT_NE(found.faults[0].en.find("log"), std::string::npos);
}

// An opening may be destroyed: its entry stays in the log, and stands for a step that has to be there.
TEST_F(Custody, a_destroyed_opening_hides_no_missing_step) {
  ASSERT_TRUE(evidence->note(matter, deed("viewed")));
  log.records[1].content.clear();
  EXPECT_TRUE(check().holds());
  sql("DELETE FROM custody_steps WHERE sequence = 2");
  EXPECT_FALSE(check().holds());
}

TEST_F(Custody, finds_a_step_that_the_log_never_saw) {
  ASSERT_TRUE(evidence->note(matter, deed("viewed")));
  log.records.pop_back();
  EXPECT_FALSE(check().holds());
}

}  // namespace
}  // namespace probity::store
