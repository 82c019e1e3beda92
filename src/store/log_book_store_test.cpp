// The log's queue on a real database: records join transactions, wait in order, and get one place each.
#include "store/log_book_store.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "support/memory_ports.h"

namespace probity::store {
namespace {

class Book : public testing::Test {
 protected:
  Book() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-log-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    book = std::make_unique<SqlLogBook>(*database, clock, random);
  }
  ~Book() override { std::filesystem::remove_all(folder); }
  Id record(const std::string& content) { return book->record({"copy_issued", subject, content}).value(); }

  std::string folder;
  std::unique_ptr<Database> database;
  test::HandClock clock;
  test::SeededRandom random;
  std::unique_ptr<SqlLogBook> book;
  Id subject{{1, 2, 3}};
};

TEST_F(Book, an_opening_shows_what_was_committed_to) {
  const Id entry = record(R"({"a":1})");
  const auto opening = book->opening(entry).value().value();
  EXPECT_EQ(opening.record.kind, "copy_issued");
  EXPECT_EQ(opening.record.subject, subject);
  EXPECT_EQ(opening.commitment, log::commitment_of(opening.record, opening.salt));
  EXPECT_FALSE(opening.index);
  EXPECT_FALSE(book->opening(Id{}).value());

  const auto json = nlohmann::json::parse(log::opening_json(opening));
  const Bytes salt = from_hex(json["salt"].get<std::string>()).value();
  EXPECT_EQ(to_hex(sha256({salt, as_bytes(json["text"].get<std::string>())})), json["commitment"]);
  EXPECT_TRUE(json["index"].is_null());
}

TEST_F(Book, an_erased_entry_keeps_its_commitment_and_nothing_else) {
  const Id entry = record("{}");
  const Hash commitment = book->opening(entry).value()->commitment;
  ASSERT_TRUE(book->erase(entry));
  const auto erased = book->opening(entry).value().value();
  EXPECT_EQ(erased.commitment, commitment);
  EXPECT_EQ(erased.salt, Hash{});
  EXPECT_TRUE(erased.record.content.empty());
  EXPECT_EQ(book->erase(Id{}).error().code, ErrorCode::not_found);
}

TEST_F(Book, equal_records_have_different_commitments) {
  const auto first = book->opening(record("{}")).value().value(), second = book->opening(record("{}")).value().value();
  EXPECT_NE(first.commitment, second.commitment);
  const auto both = book->openings_of(subject).value();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].id, first.id);
}

TEST_F(Book, what_is_undone_leaves_no_entry) {
  EXPECT_FALSE(database->write([&]() -> Result<void> {
    TRY(book->record({"copy_issued", subject, "{}"}));
    return fail(ErrorCode::conflict, "no");
  }));
  EXPECT_EQ(book->count_waiting().value(), 0U);
}

TEST_F(Book, entries_wait_in_order_and_get_one_place_each) {
  std::vector<Id> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(record("{}"));
  const auto three = book->waiting(3).value();
  ASSERT_EQ(three.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(three[i].id, ids[i]);
  EXPECT_FALSE(book->last_index().value());

  ASSERT_TRUE(book->place({{ids[0], 7}, {ids[1], 8}}));
  EXPECT_TRUE(book->place({{ids[0], 7}}));
  EXPECT_EQ(book->place({{ids[2], 9}, {ids[0], 10}}).error().code, ErrorCode::conflict);
  EXPECT_EQ(book->last_index().value(), 8U);
  EXPECT_EQ(book->count_waiting().value(), 3U) << "what was refused changed nothing";
  EXPECT_EQ(book->opening(ids[1]).value()->index, 8U);

  const auto placed = book->opening(ids[0]).value()->commitment, waits = book->opening(ids[4]).value()->commitment;
  const auto found = book->waiting_with({placed, waits, Hash{1}}).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, ids[4]);
}

TEST_F(Book, without_a_log_there_is_no_proof) {
  EXPECT_FALSE(book->proof(record("{}")).value());
  EXPECT_EQ(book->proof(Id{}).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace probity::store
