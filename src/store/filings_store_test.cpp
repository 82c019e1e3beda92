#include "store/filings_store.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "store/ombudsman_store.h"
#include "support/filings_fixture.h"

namespace probity::store {
namespace {

using filings::Filing;
using filings::FilingFilter;

class FilingsStoreTest : public testing::Test {
 protected:
  FilingsStoreTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-filings-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<FilingStore>(*database);
  }
  ~FilingsStoreTest() override {
    store.reset();
    database.reset();
    std::filesystem::remove_all(folder);
  }
  // As the bench made it, kept in SQL.
  Filing kept(Filing filing) {
    filing.revision = 1;
    filing.ordinal = store->next_ordinal(filing.year).value();
    filing.number = filings::filing_number(filing.year, filing.ordinal);
    EXPECT_TRUE(store->insert(filing));
    return filing;
  }

  std::string folder;
  test::FilingBench bench;
  std::unique_ptr<Database> database;
  std::unique_ptr<FilingStore> store;
};

TEST_F(FilingsStoreTest, keeps_filings_without_loss_and_lets_nobody_overwrite) {
  Filing filing = kept(bench.active());
  EXPECT_EQ(store->find(filing.id).value(), filing);
  EXPECT_EQ(store->find_listing(*filing.listing_id).value(), filing);
  Filing other = filing;
  filing.last_reason = "first";
  EXPECT_TRUE(store->update(filing));
  EXPECT_EQ(store->update(other).error().code, ErrorCode::conflict);
  EXPECT_EQ(store->find(filing.id).value()->last_reason, "first");
}

TEST_F(FilingsStoreTest, lists_by_state_case_day_and_name) {
  Filing active = kept(bench.active());
  Filing draft = bench.drafted();
  draft.subject.name = "钱测试 100%";
  draft.case_id = Id::random(bench.random);
  draft = kept(draft);
  Filing ended = bench.drafted();
  ended.dropped_ms = 5;
  ended = kept(ended);
  const auto numbers = [&](const FilingFilter& filter) {
    std::vector<std::string> found;
    const auto listed = store->list(filter).value();
    for (const Filing& one : listed.items) found.push_back(one.number);
    return found;
  };
  using Numbers = std::vector<std::string>;
  EXPECT_EQ(numbers({}), (Numbers{ended.number, draft.number, active.number}));
  EXPECT_EQ(numbers({{}, "active", {}, false}), Numbers{active.number});
  EXPECT_EQ(numbers({{}, "", draft.case_id, false}), Numbers{draft.number});
  EXPECT_EQ(numbers({{}, "", {}, true}), (Numbers{draft.number, active.number}));
  FilingFilter words;
  words.page.search = "钱测试 100%";
  EXPECT_EQ(numbers(words), Numbers{draft.number});
  FilingFilter due;
  due.page.sort = "due_at";
  EXPECT_EQ(numbers(due).front(), active.number);
  due.page.sort = "identifier";
  EXPECT_FALSE(store->list(due));
  ASSERT_EQ(store->live()->size(), 1U);
  EXPECT_EQ(store->live()->front().number, active.number);
}

TEST_F(FilingsStoreTest, keeps_one_key_of_the_ombudsman) {
  EXPECT_FALSE(store->ombudsman().value());
  EXPECT_TRUE(store->keep_ombudsman(bench.identity.open()));
  EXPECT_TRUE(store->keep_ombudsman(bench.hub.ombudsman.open()));
  EXPECT_EQ(store->ombudsman().value(), bench.hub.ombudsman.open());
}

TEST_F(FilingsStoreTest, forgets_answers_that_are_over_and_keeps_that_they_were_given) {
  SqlOmbudsmanStore answers(*database);
  filings::KeptAnswer answer;
  answer.id = Id::random(bench.random);
  answer.token_hash = sha256(as_bytes("token"));
  answer.sealed = {1, 2, 3};
  answer.made_ms = 10;
  answer.expires_ms = 20;
  answer.made_by = "Judy";
  answer.papers_seen = "passport";
  EXPECT_TRUE(answers.insert(answer));
  EXPECT_EQ(answers.answer(answer.token_hash).value(), answer);
  EXPECT_TRUE(answers.forget_answers(20));
  EXPECT_FALSE(answers.answer(answer.token_hash).value()->sealed.empty());
  EXPECT_TRUE(answers.forget_answers(21));
  EXPECT_TRUE(answers.answer(answer.token_hash).value()->sealed.empty());
  EXPECT_EQ(answers.answers(0, 5)->total, 1U);
}

}  // namespace
}  // namespace probity::store
