#include "store/screening_persons.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/scripted.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using screening::Hit;
using screening::HitFilter;
using screening::PersonQuery;

constexpr TimeMs kStart = 1'800'000'000'000;

class Persons : public ::testing::Test {
 protected:
  Persons() {
    std::string pattern = (fs::temp_directory_path() / "probity-persons-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/probity.db").value();
    store = std::make_unique<SqlPersonStore>(*database);
  }
  ~Persons() override {
    store.reset();
    database.reset();
    fs::remove_all(folder);
  }
  Hit hit(int number, const std::vector<screening::HitPlace>& places) {
    Hit made;
    made.id = Id::random(random);
    made.query = Id::random(random);
    made.number = "H-2027-000" + std::to_string(number);
    made.requisition = "HR_" + std::to_string(number);
    made.same_person = std::string(31, 'a') + std::to_string(number);
    made.places = places;
    made.labels = {{{"HM-100%", alliance::Conduct::bribery, "", "", 0, 0}}};
    made.steps.push_back({screening::HitStep::Kind::found, {}, kStart + number, {}});
    EXPECT_TRUE(store->insert(made));
    return made;
  }
  PersonQuery question(int number) {
    PersonQuery made;
    made.id = Id::random(random);
    made.number = "Q-2027-00000" + std::to_string(number);
    made.requisition = "HR-" + std::to_string(number);
    made.consent_commitment[0] = static_cast<std::uint8_t>(number);
    made.asked_ms = kStart + number;
    EXPECT_TRUE(store->insert(made));
    return made;
  }

  test::SeededRandom random{7};
  std::string folder;
  std::unique_ptr<Database> database;
  std::unique_ptr<SqlPersonStore> store;
};

TEST_F(Persons, numbers_count_by_kind_and_year) {
  EXPECT_EQ(store->next_ordinal("Q", 2027).value(), 1U);
  EXPECT_EQ(store->next_ordinal("Q", 2027).value(), 2U);
  EXPECT_EQ(store->next_ordinal("H", 2027).value(), 1U);
  EXPECT_EQ(store->next_ordinal("Q", 2028).value(), 1U);
}

TEST_F(Persons, hits_are_found_by_any_bucket_that_overlaps) {
  const Hit first = hit(1, {{2027, 12, 0xABC}});
  const Hit second = hit(2, {{2027, 12, 0xABD}, {2026, 9, 3}});
  const auto found = [&](oprf::Epoch epoch, int bits, oprf::Prefix prefix) {
    return store->hits_at(epoch, bits, prefix).value();
  };
  EXPECT_EQ(found(2027, 12, 0xABC), std::vector{first});
  EXPECT_EQ(found(2027, 11, 0x55E), (std::vector{first, second})) << "one bit less holds both";
  EXPECT_EQ(found(2027, 14, 0xABD << 2 | 1), std::vector{second});
  EXPECT_EQ(found(2026, 9, 3), std::vector{second});
  EXPECT_TRUE(found(2026, 9, 4).empty());
  EXPECT_EQ(store->hits_at(2027, 0, 0).error().code, ErrorCode::corrupt);
  Hit moved = first;
  moved.places.push_back({2027, 13, 1});
  ASSERT_TRUE(store->update(moved));
  EXPECT_EQ(found(2027, 13, 1), std::vector{moved}) << "where it was seen later counts too";
  EXPECT_EQ(found(2027, 12, 0xABC), std::vector{moved});
}

TEST_F(Persons, hits_are_listed_by_state_and_words) {
  hit(1, {});
  Hit second = hit(2, {});
  second.state = screening::HitState::mistaken;
  ASSERT_TRUE(store->update(second));
  HitFilter filter;
  EXPECT_EQ(store->hits(filter)->items.front(), second) << "newest first";
  filter.pending = true;
  EXPECT_EQ(store->hits(filter)->total, 1U);
  filter = {};
  filter.page.search = "hr_2";
  EXPECT_EQ(store->hits(filter)->total, 1U) << "an underscore is itself";
  filter.page.search = "100%";
  filter.page.limit = 1;
  EXPECT_EQ(store->hits(filter)->total, 2U);
  EXPECT_EQ(store->hits(filter)->items.size(), 1U);
  filter.page.sort = "label";
  EXPECT_EQ(store->hits(filter).error().code, ErrorCode::invalid_argument);
}

TEST_F(Persons, commitments_are_told_once_and_found_for_the_auditor) {
  const PersonQuery first = question(1), second = question(2);
  EXPECT_EQ(store->untold_commitments(10)->size(), 2U);
  ASSERT_TRUE(store->mark_told(first.id));
  EXPECT_EQ(store->untold_commitments(10)->front(), second);
  EXPECT_EQ(store->query_of_commitment(second.consent_commitment).value(), second);
  EXPECT_FALSE(store->query_of_commitment(Hash{}).value());
  screening::ConsentAudit audit{Id::random(random), kStart, kStart + 1, {first.consent_commitment}, std::nullopt};
  ASSERT_TRUE(store->insert(audit));
  audit.opened_ms = kStart + 5;
  ASSERT_TRUE(store->update(audit));
  EXPECT_EQ(store->audit(audit.id).value(), audit);
  EXPECT_EQ(store->audits(0, 10)->total, 1U);
}

}  // namespace
}  // namespace probity::store
