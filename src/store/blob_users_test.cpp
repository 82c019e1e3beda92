#include "store/blob_users.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "base/encoding.h"
#include "store/file_blob_store.h"
#include "store/nullable.h"
#include "store/query.h"

namespace probity::store {
namespace {

constexpr TimeMs kHourMs = 60LL * 60 * 1000;

TimeMs now_ms() { return SystemClock().now_ms(); }

struct NameRow {
  std::string name;
  auto columns() { return std::make_tuple(soci::into(name)); }
  std::string value() const { return name; }
};

class UnusedBlobs : public testing::Test {
 protected:
  UnusedBlobs() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-blobs-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    blobs = FileBlobStore::open(folder + "/blobs").value();
  }
  ~UnusedBlobs() override { std::filesystem::remove_all(folder); }

  std::string path_of(const Hash& hash) const {
    return folder + "/blobs/" + to_hex(BytesView(hash).first(1)) + "/" + to_hex(hash);
  }
  // As if it had been put that long ago.
  void age(const Hash& hash, TimeMs by_ms) const {
    const TimeMs then = now_ms() - by_ms;
    const timespec time{then / 1000, 0};
    const timespec times[2] = {time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, path_of(hash).c_str(), times, 0), 0);
  }
  Hash put(const std::string& text, TimeMs age_ms) const {
    const Hash hash = blobs->put(as_bytes(text)).value();
    if (age_ms > 0) age(hash, age_ms);
    return hash;
  }
  bool is_there(const Hash& hash) const { return std::filesystem::exists(path_of(hash)); }
  std::vector<std::string> names(const std::string& query) {
    std::vector<std::string> found;
    EXPECT_TRUE(database->run([&](soci::session& session) -> Result<void> {
      found = fetch_bound<NameRow>(session, query, {});
      return {};
    }));
    return found;
  }
  void sql(const std::string& text) {
    const auto done = database->run([&](soci::session& session) -> Result<void> {
      session << text;
      return {};
    });
    ASSERT_TRUE(done) << text << ": " << done.error().message;
  }

  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<FileBlobStore> blobs;
};

TEST_F(UnusedBlobs, every_text_of_the_schema_is_read) {
  std::set<TextColumn> known, found;
  for (const TextColumn& column : text_columns()) known.insert(column);
  for (const std::string& table : names("SELECT name FROM sqlite_master WHERE type = 'table'"))
    for (const std::string& column : names("SELECT name FROM pragma_table_info('" + table + "') WHERE type = 'TEXT'"))
      if (table != "schema_migrations" && !table.starts_with("sqlite_")) found.insert({table, column});
  EXPECT_EQ(known.size(), text_columns().size());
  for (const TextColumn& column : found)
    EXPECT_TRUE(known.contains(column)) << column.table << "." << column.column << " stands on a line of its own?";
  EXPECT_GT(known.size(), 100U);
}

// One row for each text column, with the hash alone or inside a document, made without the rules of other columns.
TEST_F(UnusedBlobs, nothing_that_a_record_names_is_removed) {
  sql("PRAGMA foreign_keys = OFF");
  sql("PRAGMA ignore_check_constraints = ON");
  std::vector<Hash> kept;
  const auto columns = text_columns();
  ASSERT_TRUE(database->write([&]() -> Result<void> {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& [table, column] = columns[i];
      kept.push_back(put("kept by " + table + "." + column, 48 * kHourMs));
      const std::string hex = to_hex(kept.back());
      const std::string value = i % 2 == 0 ? hex : R"([{"blob":")" + hex + R"(","size_bytes":12}])";
      std::string list, values;
      for (const std::string& other : names("SELECT name FROM pragma_table_info('" + table + "')")) {
        // Keys differ from row to row.
        const std::string filler = other == column ? value : other + " of " + column;
        list += (list.empty() ? "" : ", ") + other;
        values += (values.empty() ? "'" : ", '") + filler + "'";
      }
      sql("INSERT INTO " + table + " (" + list + ") VALUES (" + values + ")");
    }
    return {};
  }));
  const Hash orphan = put("left by an interrupted verb", 48 * kHourMs);
  store::BlobUsers users(*database);
  EXPECT_EQ(copies::remove_orphan_blobs(*blobs, users, now_ms() - kHourMs).value(), 1U);
  EXPECT_FALSE(is_there(orphan));
  for (std::size_t i = 0; i < kept.size(); ++i)
    EXPECT_TRUE(is_there(kept[i])) << columns[i].table << "." << columns[i].column;
}

TEST_F(UnusedBlobs, what_was_put_a_moment_ago_may_be_on_its_way) {
  const Hash fresh = put("a record is being written", 0);
  const Hash old = put("put again a moment ago", 48 * kHourMs);
  ASSERT_TRUE(blobs->put(as_bytes("put again a moment ago")));
  store::BlobUsers users(*database);
  EXPECT_EQ(copies::remove_orphan_blobs(*blobs, users, now_ms() - kHourMs).value(), 0U);
  EXPECT_TRUE(is_there(fresh));
  EXPECT_TRUE(is_there(old));
}

TEST(Mentions, are_runs_of_exactly_64_digits) {
  const Hash hash = sha256(as_bytes("x"));
  const std::string hex = to_hex(hash);
  const auto struck = [&](const std::string& text) {
    std::set<Hash> unused{hash};
    strike_mentioned(text, unused);
    return unused.empty();
  };
  for (const std::string& text : {hex, "\"" + hex + "\"", "sha256:" + hex + " and more", "x" + hex + "x"})
    EXPECT_TRUE(struck(text)) << text;
  for (const std::string& text : {std::string(), hex.substr(1), hex + "0", "a" + hex})
    EXPECT_FALSE(struck(text)) << text;
}

class FailingUsers final : public copies::BlobUsers {
 public:
  Result<void> strike_used(std::set<Hash>&) override { return fail(ErrorCode::storage, "the disk says no"); }
};

TEST_F(UnusedBlobs, records_that_cannot_be_read_stop_it) {
  const Hash orphan = put("left behind", 48 * kHourMs);
  FailingUsers users;
  EXPECT_EQ(copies::remove_orphan_blobs(*blobs, users, now_ms()).error().code, ErrorCode::storage);
  EXPECT_TRUE(is_there(orphan));
}

TEST_F(UnusedBlobs, what_a_killed_removal_moved_aside_is_put_back) {
  const Hash hash = put("wanted after all", 48 * kHourMs);
  std::filesystem::rename(path_of(hash), path_of(hash) + ".unused");
  blobs->remove_stale_temporaries();
  EXPECT_TRUE(is_there(hash));
  EXPECT_FALSE(std::filesystem::exists(path_of(hash) + ".unused"));
}

// Somebody puts the same bytes while they are being removed: whenever put() has returned, the blob is there.
TEST_F(UnusedBlobs, a_blob_that_is_put_while_it_is_removed_is_there) {
  const std::string text = "wanted again";
  for (int round = 0; round < 60; ++round) {
    const Hash hash = put(text, 48 * kHourMs);
    Result<Hash> again = Hash{};
    std::thread putter([&] { again = blobs->put(as_bytes(text)); });
    ASSERT_TRUE(blobs->remove_untouched(hash, now_ms() - kHourMs));
    putter.join();
    ASSERT_TRUE(again);
    ASSERT_TRUE(is_there(hash)) << "round " << round;
  }
}

}  // namespace
}  // namespace probity::store
