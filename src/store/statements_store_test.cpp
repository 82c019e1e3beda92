#include "store/statements_store.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/memory_ports.h"

namespace probity::store {
namespace {

using statements::Content;
using statements::Statement;
using statements::StatementFilter;

class StatementsStoreTest : public testing::Test {
 protected:
  StatementsStoreTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "probity-statements-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/test.db").value();
    store = std::make_unique<SqlStatementStore>(*database);
  }
  ~StatementsStoreTest() override {
    store.reset();
    database.reset();
    std::filesystem::remove_all(folder);
  }

  Statement one(const std::string& number, TimeMs created_ms = 1'000) {
    Statement statement;
    statement.id = Id::random(random);
    statement.number = number;
    statement.case_id = Id::random(random);
    statement.case_number = "K-2026-0001";
    statement.chain = statement.id;
    statement.content.texts = {{"A title", "Words."}, {"标题", "正文。"}};
    statement.drafter_name = "Ada";
    statement.created_ms = created_ms;
    return statement;
  }

  // With everything set that may be.
  Statement full() {
    Statement statement = one("S-2026-0042");
    statement.project = Id::random(random);
    statement.follows = Id::random(random);
    statement.drafter = Id::random(random);
    statement.state = statements::State::tombstoned;
    statement.content.kind = statements::Kind::supplier_leak;
    statement.content.relation = statements::Relation::corrected;
    statement.content.parties = {{Id::random(random), "supplier", false, statements::Naming::full, "X Works", "某厂"}};
    statement.content.replies = {{"a", "某", true, "Sorry '; DROP", 77}, {"b", "另", false, "", std::nullopt}};
    statement.approvals = {{Id::random(random), "Ben", 5}, {Id::random(random), "Cleo", 6}};
    statement.pdf = sha256(as_bytes("pdf"));
    statement.pdf_bytes = 12'345;
    statement.log_entry = Id::random(random);
    statement.log_index = 9;
    statement.submitted_ms = 2;
    statement.approved_ms = 3;
    statement.sealed_ms = 4;
    statement.published_ms = 5;
    statement.withdrawn_reason = "w";
    statement.waits_for = "a witness";
    statement.tombstone = statements::Tombstone{8, statements::Grounds::overturned, "because", "Ben"};
    return statement;
  }

  static void expect_same(const Statement& a, const Statement& b) {
    EXPECT_EQ(a.number, b.number);
    EXPECT_EQ(a.case_id, b.case_id);
    EXPECT_EQ(a.case_number, b.case_number);
    EXPECT_EQ(a.project, b.project);
    EXPECT_EQ(a.state, b.state);
    EXPECT_EQ(a.chain, b.chain);
    EXPECT_EQ(a.follows, b.follows);
    EXPECT_TRUE(a.content == b.content);
    EXPECT_EQ(a.drafter, b.drafter);
    EXPECT_EQ(a.drafter_name, b.drafter_name);
    EXPECT_TRUE(a.approvals == b.approvals);
    EXPECT_EQ(a.pdf, b.pdf);
    EXPECT_EQ(a.pdf_bytes, b.pdf_bytes);
    EXPECT_EQ(a.log_entry, b.log_entry);
    EXPECT_EQ(a.log_index, b.log_index);
    EXPECT_EQ(a.created_ms, b.created_ms);
    EXPECT_EQ(a.submitted_ms, b.submitted_ms);
    EXPECT_EQ(a.approved_ms, b.approved_ms);
    EXPECT_EQ(a.sealed_ms, b.sealed_ms);
    EXPECT_EQ(a.published_ms, b.published_ms);
    EXPECT_EQ(a.withdrawn_reason, b.withdrawn_reason);
    EXPECT_EQ(a.waits_for, b.waits_for);
    EXPECT_TRUE(a.tombstone == b.tombstone);
  }

  test::SeededRandom random;
  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlStatementStore> store;
};

TEST_F(StatementsStoreTest, keeps_every_member) {
  const Statement bare = one("S-2026-0001"), whole = full();
  ASSERT_TRUE(store->insert(bare));
  ASSERT_TRUE(store->insert(whole));
  expect_same(**store->find(bare.id), bare);
  expect_same(**store->find(whole.id), whole);
  EXPECT_FALSE(store->find(Id::random(random))->has_value());

  Statement changed = whole;
  changed.id = bare.id;
  changed.number = bare.number;
  changed.case_id = bare.case_id;
  changed.project = bare.project;
  changed.chain = bare.chain;
  changed.follows = bare.follows;
  changed.drafter = bare.drafter;
  ASSERT_TRUE(store->update(changed));
  expect_same(**store->find(bare.id), changed);
}

TEST_F(StatementsStoreTest, gives_each_number_once) {
  EXPECT_EQ(store->next_ordinal(2026).value(), 1U);
  EXPECT_EQ(store->next_ordinal(2026).value(), 2U);
  EXPECT_EQ(store->next_ordinal(2027).value(), 1U);
  ASSERT_TRUE(store->insert(one("S-2026-0001")));
  EXPECT_FALSE(store->insert(one("S-2026-0001")));
}

TEST_F(StatementsStoreTest, lists_by_state_case_and_words) {
  Statement first = one("S-2026-0001", 1), second = one("S-2026-0002", 2), third = one("S-2026-0003", 3);
  second.state = statements::State::published;
  second.published_ms = 10;
  second.pdf = sha256(as_bytes("second"));
  third.state = statements::State::tombstoned;
  third.published_ms = 20;
  third.chain = second.id;
  third.content.texts.zh.title = "更正";
  for (const Statement* statement : {&first, &second, &third}) ASSERT_TRUE(store->insert(*statement));

  EXPECT_EQ(store->list({})->items.at(0).number, "S-2026-0003");
  StatementFilter filter;
  filter.state = statements::State::draft;
  EXPECT_EQ(store->list(filter)->total, 1U);
  filter = {};
  filter.case_id = second.case_id;
  EXPECT_EQ(store->list(filter)->items.at(0).id, second.id);
  filter = {};
  filter.query.search = "更正";
  EXPECT_EQ(store->list(filter)->items.at(0).id, third.id);
  filter.query.search = "s-2026-0002";
  EXPECT_EQ(store->list(filter)->items.at(0).id, second.id);
  filter.query.search = "100%";
  EXPECT_EQ(store->list(filter)->total, 0U);
  filter = {};
  for (const char* sort : {"number", "state", "created_at", "published_at", "title_en", "title_zh"}) {
    filter.query.sort = sort;
    EXPECT_EQ(store->list(filter)->total, 3U) << sort;
  }
  filter.query.sort = "content";
  EXPECT_EQ(store->list(filter).error().code, ErrorCode::invalid_argument);

  const auto shown = store->list_public({}).value();
  ASSERT_EQ(shown.total, 2U);
  EXPECT_EQ(shown.items.at(0).id, third.id);
  EXPECT_EQ(store->chain(second.id)->size(), 2U);
  EXPECT_EQ((*store->find_by_pdf(*second.pdf))->id, second.id);
  EXPECT_FALSE(store->find_by_pdf(Hash{})->has_value());
  EXPECT_TRUE(store->sealing(10)->empty());
}

}  // namespace
}  // namespace probity::store
