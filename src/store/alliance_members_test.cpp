// The operator's acts on the real database: who may do what, what the log and the roll say afterwards.
#include "store/alliance_members.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "alliance/keyholder_fixture.h"
#include "support/memory_log_book.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;
using alliance::MemberStep;
using alliance::QuotaLimits;
using alliance::QuotaProposal;

class MemberBookTest : public ::testing::Test {
 protected:
  MemberBookTest() {
    std::string pattern = (fs::temp_directory_path() / "probity-members-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    database = Database::open_sqlite(folder + "/hub.db").value();
    store = std::make_unique<AllianceMemberStore>(*database);
    book = std::make_unique<alliance::MemberBook>(alliance::MemberBookPorts{*store, *database, log, clock, random});
  }
  ~MemberBookTest() override {
    store.reset();
    database.reset();
    fs::remove_all(folder);
  }
  Id admit(const std::string& name) {
    const Id id = Id::random(random);
    EXPECT_TRUE(book->admit({id, name, oprf::Identity::make(random).open(), false, {}}, "desk@example.org",
                            "signed the charter", first));
    return id;
  }

  std::string folder;
  test::SeededRandom random{7};
  alliance::testing::SetClock clock;
  test::MemoryLogBook log;
  std::unique_ptr<Database> database;
  std::unique_ptr<AllianceMemberStore> store;
  std::unique_ptr<alliance::MemberBook> book;
  oprf::Identity hub = oprf::Identity::make(random);
  Id first = Id::random(random), second = Id::random(random);
};

TEST_F(MemberBookTest, every_act_has_a_reason_and_an_entry_in_the_log) {
  const Id member = admit("Harbour Motors");
  EXPECT_EQ(book->suspend(member, "", first).error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(book->suspend(member, "did not open its consents", first)->entry.suspended);
  EXPECT_EQ(book->suspend(member, "again", first).error().code, ErrorCode::conflict);
  EXPECT_FALSE(book->reinstate(member, "opened them", second)->entry.suspended);
  const auto steps = book->steps(member).value();
  ASSERT_EQ(steps.size(), 3U);
  EXPECT_EQ(steps[1].kind, MemberStep::Kind::suspended);
  EXPECT_EQ(steps[1].by, first);
  ASSERT_EQ(log.records.size(), 3U);
  EXPECT_NE(log.records[0].content.find("\"what\":\"admitted\""), std::string::npos);
  EXPECT_EQ(log.records[2].subject, member);
  EXPECT_EQ(book->suspend(Id::random(random), "x", first).error().code, ErrorCode::not_found);
  EXPECT_EQ(book->admit(book->member(member)->entry, "", "again", first).error().code, ErrorCode::already_exists);
}

TEST_F(MemberBookTest, more_may_be_asked_when_two_people_agree) {
  const Id member = admit("Harbour Motors");
  const QuotaLimits more{20, 400, 1000};
  const auto proposal = book->propose_quota(member, more, "hiring for a new plant", first).value();
  EXPECT_EQ(proposal.state, QuotaProposal::State::waiting);
  EXPECT_EQ(book->member(member)->entry.limits, QuotaLimits{});
  EXPECT_EQ(book->agree(proposal.id, first).error().code, ErrorCode::forbidden);
  EXPECT_EQ(book->agree(proposal.id, second)->state, QuotaProposal::State::agreed);
  EXPECT_EQ(book->member(member)->entry.limits, more);
  EXPECT_EQ(book->agree(proposal.id, second).error().code, ErrorCode::conflict);
  const auto steps = book->steps(member).value();
  EXPECT_EQ(steps.back().kind, MemberStep::Kind::quota_changed);
  EXPECT_EQ(steps.back().by, first);
  EXPECT_EQ(steps.back().agreed_by, second);
  EXPECT_EQ(steps.back().limits, more);
  EXPECT_NE(log.records.back().content.find("\"what\":\"quota_changed\""), std::string::npos);
}

TEST_F(MemberBookTest, less_is_agreed_at_once_and_a_stale_proposal_not_at_all) {
  const Id member = admit("Harbour Motors");
  const auto waiting = book->propose_quota(member, {40, 400, 1000}, "more", first).value();
  EXPECT_EQ(book->propose_quota(member, {5, 50, 100}, "an alarm", first)->state, QuotaProposal::State::agreed);
  EXPECT_EQ(book->member(member)->entry.limits, (QuotaLimits{5, 50, 100}));
  EXPECT_EQ(book->agree(waiting.id, second).error().code, ErrorCode::conflict);
  EXPECT_EQ(book->refuse(waiting.id, "", second).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(book->refuse(waiting.id, "They do not use what they have", second)->state, QuotaProposal::State::refused);
  const auto refused = book->proposals(QuotaProposal::State::refused, 0, 10).value();
  EXPECT_EQ(refused.items.at(0).refusal, "They do not use what they have");
  EXPECT_EQ(book->proposals(QuotaProposal::State::waiting, 0, 10)->total, 0U);
  EXPECT_EQ(book->proposals(std::nullopt, 0, 10)->items.size(), 2U);
  // More of one and less of another is more.
  EXPECT_EQ(book->propose_quota(member, {5, 40, 101}, "x", first)->state, QuotaProposal::State::waiting);
}

TEST_F(MemberBookTest, the_roll_is_signed_and_counts_up) {
  const Id member = admit("Harbour Motors");
  const auto one = book->roll(hub).value();
  EXPECT_EQ(book->roll(hub)->json(), one.json());
  admit("Lantern Films");
  (void)book->suspend(member, "x", first).value();
  const auto two = alliance::SignedRoll::parse(book->roll(hub)->json()).value();
  EXPECT_EQ(two.content.version, 3U);
  EXPECT_EQ(two.content.members.size(), 2U);
  EXPECT_TRUE(two.content.members.find(member)->suspended);
  EXPECT_TRUE(alliance::check_succession(one, two));
  EXPECT_EQ(alliance::check_succession(two, one).error().code, ErrorCode::forbidden);
  auto forged = book->roll(hub)->json();
  forged.replace(forged.find("Harbour"), 7, "Harbowr");
  EXPECT_EQ(alliance::SignedRoll::parse(forged).error().code, ErrorCode::forbidden);
}

TEST_F(MemberBookTest, a_hub_that_shows_two_rolls_is_caught) {
  admit("Harbour Motors");
  auto content = book->roll(hub)->content;
  const auto one = alliance::sign_roll(content, hub, 0);
  content.members = {};
  const auto other = alliance::sign_roll(content, hub, 0);
  EXPECT_EQ(alliance::check_succession(one, other).error().code, ErrorCode::forbidden);
  EXPECT_EQ(
      alliance::check_succession(one, alliance::sign_roll(one.content, oprf::Identity::make(random), 0)).error().code,
      ErrorCode::forbidden);
}

}  // namespace
}  // namespace probity::store
