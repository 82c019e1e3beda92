// One contract for the copies' store, run on SQLite and on the in-memory twin; and what only a database can do.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/encoding.h"
#include "copies/audit.h"
#include "store/file_batch.h"
#include "store/file_blob_store.h"
#include "store/sql_store.h"
#include "support/copies_fixture.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using copies::Asset;
using copies::Copy;
using copies::EntryKind;
using copies::RegisterEntry;
using copies::StoreWriter;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "probity-store-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

enum class Kind { sqlite, memory };

class StoreContract : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override {
    if (GetParam() == Kind::sqlite)
      store = SqlStore::open_sqlite(folder.file("test.db")).value();
    else
      store = std::make_unique<test::MemoryStore>();
    service.emplace(copies::Ports{*store, blobs, clock, random, gate}, SecretKey(Hash{7}));
    ASSERT_TRUE(service->found_register(Id{}));
  }

  Folder folder;
  std::unique_ptr<copies::Store> store;
  test::MemoryBlobStore blobs;
  test::TickingClock clock;
  test::SeededRandom random;
  test::OpenGate gate;
  std::optional<copies::CopyService> service;
};

TEST_P(StoreContract, gives_back_what_was_put_in) {
  const Asset asset = test::add_letter_asset(*service, "海岸公路 \"quoted\" 'single'");
  EXPECT_EQ(store->asset(asset.id).value().value(), asset);
  EXPECT_EQ(store->asset_by_original(asset.original_blob).value().value(), asset);
  EXPECT_EQ(store->assets().value(), std::vector<Asset>{asset});

  const auto people = test::some_recipients(3);
  const auto issued = service->issue_copies({&asset, 1}, people).value();
  const auto& second = issued[1].issued;
  EXPECT_EQ(store->copy(second.copy.id).value().value(), second.copy);
  EXPECT_EQ(store->copy_for(asset.id, second.recipient.id).value().value(), second.copy);
  EXPECT_EQ(store->recipient(second.recipient.id).value().value(), second.recipient);
  EXPECT_EQ(store->recipient_by_key(people[1].lookup_key()).value().value(), second.recipient);
  EXPECT_EQ(store->copies(asset.id).value().at(1).copy, second.copy);
  EXPECT_EQ(store->copies(std::nullopt).value().at(1).recipient, second.recipient);
  EXPECT_EQ(store->copy_ids(asset.id).value().at(1), second.copy.id);
  EXPECT_EQ(store->copies_between(second.copy.register_sequence, 99).value().size(), 2U);

  service->register_makings({&second.copy, 1}, copies::Purpose::evidence, "操作员").value();
  const auto makings = store->makings(second.copy.id).value();
  ASSERT_EQ(makings.size(), 1U);
  EXPECT_EQ(makings[0].operator_name, "操作员");
  EXPECT_EQ(store->makings_between(6, 6).value(), makings);
  EXPECT_EQ(store->counts().value(), (copies::StoreReader::Counts{1, 3, 3, 1, 6}));
}

TEST_P(StoreContract, answers_nothing_for_what_is_not_there) {
  EXPECT_FALSE(store->asset(Id{}).value());
  EXPECT_FALSE(store->copy(Id{}).value());
  EXPECT_FALSE(store->recipient(Id{}).value());
  EXPECT_FALSE(store->recipient_by_key("nobody").value());
  EXPECT_TRUE(store->copy_ids(Id{}).value().empty());
  EXPECT_TRUE(store->entries(1, 10).value().empty());
}

TEST_P(StoreContract, undoes_a_write_that_fails) {
  const auto head = store->head().value();
  const auto outcome = store->write([&](StoreWriter& writer) -> Result<void> {
    TRY(writer.insert(parties::Recipient{Id::random(random), test::some_recipients(1).front(), 1}));
    TRY(writer.insert(copies::next_entry(head, 1, EntryKind::asset_added, "{}")));
    EXPECT_EQ(writer.head().value().sequence, head.sequence + 1);
    return fail(ErrorCode::cancelled, "on purpose");
  });
  EXPECT_EQ(outcome.error().code, ErrorCode::cancelled);
  EXPECT_EQ(store->head().value(), head);
  EXPECT_EQ(store->counts().value().recipients, 0U);
  EXPECT_TRUE(store->write([](StoreWriter&) { return Result<void>(); }));
}

TEST_P(StoreContract, refuses_what_is_taken) {
  const Asset asset = test::add_letter_asset(*service, "coast");
  const auto issued = service->issue_copies({&asset, 1}, test::some_recipients(1)).value().front().issued;
  const auto refused = [&](auto record) {
    const auto outcome = store->write([&](StoreWriter& writer) { return writer.insert(record); });
    return !outcome && outcome.error().code == ErrorCode::already_exists;
  };
  parties::Recipient same_key{Id::random(random), issued.recipient.details, 1};
  EXPECT_TRUE(refused(same_key));
  Copy same_pair = issued.copy;
  same_pair.id = Id::random(random);
  EXPECT_TRUE(refused(same_pair));
  EXPECT_TRUE(refused(copies::next_entry({1, {}}, 1, EntryKind::asset_added, "{}")));
}

TEST_P(StoreContract, refuses_records_without_their_entry) {
  Asset asset = test::add_letter_asset(*service, "coast");
  asset.id = Id::random(random);
  asset.original_blob[0] ^= 1;
  asset.register_sequence = 1000;
  EXPECT_FALSE(store->write([&](StoreWriter& writer) { return writer.insert(asset); }));
}

TEST_P(StoreContract, pages_through_the_register) {
  const Asset asset = test::add_letter_asset(*service, "coast");
  service->issue_copies({&asset, 1}, test::some_recipients(10)).value();
  EXPECT_EQ(store->entries(0, 5).value().size(), 5U);
  EXPECT_EQ(store->entries(5, 100).value().front().sequence, 6U);
  EXPECT_TRUE(copies::audit_register(*service).value().ok());
}

INSTANTIATE_TEST_SUITE_P(Backends, StoreContract, testing::Values(Kind::sqlite, Kind::memory),
                         [](const auto& backend) { return backend.param == Kind::sqlite ? "sqlite" : "memory"; });

void run_sql(const std::string& file, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
  sqlite3_close(database);
}

TEST(SqlStore, keeps_its_data_and_refuses_a_newer_schema) {
  Folder folder;
  const std::string file = folder.file("a folder's file.db");
  ASSERT_TRUE(SqlStore::open_sqlite(file).value()->write([](StoreWriter& writer) {
    return writer.insert(copies::next_entry({}, 1, EntryKind::workspace_created, "{}"));
  }));
  EXPECT_EQ(SqlStore::open_sqlite(file).value()->head().value().sequence, 1U);
  run_sql(file, "INSERT INTO schema_migrations (name) VALUES ('copies-1000')");
  const auto newer = SqlStore::open_sqlite(file);
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, ErrorCode::unsupported);
}

TEST(SqlStore, tells_what_is_no_database_and_rows_it_cannot_read) {
  Folder folder;
  std::ofstream(folder.file("text.db")) << std::string(4096, 'x');
  EXPECT_EQ(SqlStore::open_sqlite(folder.file("text.db")).error().code, ErrorCode::corrupt);
  EXPECT_EQ(SqlStore::open_sqlite(folder.file("missing/folder.db")).error().code, ErrorCode::storage);
  EXPECT_EQ(SqlStore::open_sqlite(folder.file("a\"quote.db")).error().code, ErrorCode::invalid_argument);

  const std::string file = folder.file("rows.db");
  const auto store = SqlStore::open_sqlite(file).value();
  run_sql(file, "INSERT INTO register_entries VALUES (1, 1, 'no such kind', '{}', '" + std::string(64, '0') + "', '" +
                    std::string(64, '1') + "')");
  EXPECT_EQ(store->entries(0, 10).error().code, ErrorCode::corrupt);
}

TEST(SqlStore, never_repeats_bound_values_in_errors) {
  Folder folder;
  const auto store = SqlStore::open_sqlite(folder.file("test.db")).value();
  const parties::Recipient recipient{Id{}, parties::RecipientDetails::create("Very Secret", "Name").value(), 1};
  const auto outcome = store->write([&](StoreWriter& writer) -> Result<void> {
    TRY(writer.insert(recipient));
    return writer.insert(recipient);
  });
  ASSERT_FALSE(outcome);
  EXPECT_EQ((outcome.error().message + outcome.error().hint).find("Secret"), std::string::npos);
}

TEST(SqlStore, lets_writers_take_turns) {
  Folder folder;
  const std::string file = folder.file("test.db");
  ASSERT_TRUE(SqlStore::open_sqlite(file));
  const auto append_many = [&] {
    const auto store = SqlStore::open_sqlite(file).value();
    for (int i = 0; i < 50; ++i) {
      const auto outcome = store->write([&](StoreWriter& writer) -> Result<void> {
        TRY_ASSIGN(const auto head, writer.head());
        return writer.insert(copies::next_entry(head, i, EntryKind::copy_made, "{}"));
      });
      EXPECT_TRUE(outcome) << outcome.error().message;
    }
  };
  std::thread other(append_many);
  append_many();
  other.join();
  EXPECT_EQ(SqlStore::open_sqlite(file).value()->head().value().sequence, 100U);
}

template <class Blobs>
void check_blob_contract(Blobs& blobs) {
  const Bytes bytes{1, 2, 3};
  const Hash hash = blobs.put(bytes).value();
  EXPECT_EQ(hash, sha256(bytes));
  EXPECT_EQ(blobs.put(bytes).value(), hash);
  EXPECT_EQ(blobs.get(hash).value(), bytes);
  EXPECT_EQ(blobs.list().value(), std::vector<Hash>{hash});
  EXPECT_EQ(blobs.get(Hash{}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(blobs.remove(hash));
  EXPECT_TRUE(blobs.remove(hash));
  EXPECT_TRUE(blobs.list().value().empty());
  EXPECT_TRUE(blobs.put({}));
}

TEST(BlobStores, keep_the_contract) {
  Folder folder;
  check_blob_contract(*FileBlobStore::open(folder.file("blobs")).value());
  test::MemoryBlobStore memory;
  check_blob_contract(memory);
}

TEST(FileBlobStore, notices_damage_and_repairs_it_when_put_again) {
  Folder folder;
  const auto blobs = FileBlobStore::open(folder.path()).value();
  const Hash hash = blobs->put(as_bytes("four")).value();
  const std::string path = folder.file(to_hex(BytesView(hash).first(1)) + "/" + to_hex(hash));
  std::ofstream(path) << "fouX";
  EXPECT_EQ(blobs->get(hash).error().code, ErrorCode::corrupt);
  std::ofstream(path) << "longer";
  EXPECT_TRUE(blobs->put(as_bytes("four")));
  EXPECT_TRUE(blobs->get(hash));
}

TEST(FileBlobStore, clears_what_a_killed_writer_left) {
  Folder folder;
  const auto blobs = FileBlobStore::open(folder.path()).value();
  fs::create_directories(folder.file("ab"));
  std::ofstream(folder.file("ab/.probity-partial-1-1")) << "half";
  EXPECT_TRUE(blobs->list().value().empty());
  blobs->remove_stale_temporaries();
  EXPECT_FALSE(fs::exists(folder.file("ab/.probity-partial-1-1")));
}

TEST(WriteFile, keeps_what_is_there_unless_told_otherwise) {
  Folder folder;
  const std::string path = folder.file("file");
  ASSERT_TRUE(write_file(path, as_bytes("one")));
  EXPECT_EQ(write_file(path, as_bytes("two")).error().code, ErrorCode::already_exists);
  EXPECT_EQ(as_text(read_file(path, 100).value()), "one");
  ASSERT_TRUE(write_file(path, as_bytes("two"), {.existing = Existing::replace}));
  EXPECT_EQ(as_text(read_file(path, 100).value()), "two");
  EXPECT_EQ(read_file(path, 2).error().code, ErrorCode::too_large);
  EXPECT_EQ(write_file(folder.file("no/such/folder"), {}).error().code, ErrorCode::storage);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()), 1);
}

TEST(FileBatch, shows_its_files_together_or_not_at_all) {
  Folder folder;
  {
    FileBatch abandoned(folder.path());
    ASSERT_TRUE(abandoned.add(folder.file("a"), as_bytes("one"), Existing::keep));
    EXPECT_FALSE(fs::exists(folder.file("a")));
  }
  EXPECT_TRUE(fs::is_empty(folder.path()));
  FileBatch batch(folder.path());
  ASSERT_TRUE(batch.add(folder.file("a"), as_bytes("one"), Existing::keep));
  ASSERT_TRUE(batch.add(folder.file("b"), as_bytes("two"), Existing::keep));
  ASSERT_TRUE(batch.commit());
  EXPECT_EQ(as_text(read_file(folder.file("b"), 100).value()), "two");
  EXPECT_EQ(batch.add(folder.file("b"), as_bytes("three"), Existing::keep).error().code, ErrorCode::already_exists);
  ASSERT_TRUE(batch.add(folder.file("b"), as_bytes("three"), Existing::replace));
  ASSERT_TRUE(batch.commit());
  EXPECT_EQ(as_text(read_file(folder.file("b"), 100).value()), "three");
}

}  // namespace
}  // namespace probity::store
