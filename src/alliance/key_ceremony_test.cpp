#include "alliance/key_ceremony.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "oprf/threshold.h"
#include "support/scripted.h"

namespace probity::alliance {
namespace {

using Kind = CeremonyMessage::Kind;

class Ceremony : public testing::Test {
 protected:
  test::SeededRandom random{23};
  std::vector<oprf::Identity> identities;
  CeremonyPlan plan;
  std::vector<CeremonyMessage> folder;
  std::vector<std::optional<oprf::KeyShare>> shares;

  void SetUp() override {
    plan.terms.epoch = 2027;
    plan.threshold = 3;
    for (int i = 1; i <= 5; ++i) {
      identities.push_back(oprf::Identity::make(random));
      plan.holders.push_back({"Holder " + std::to_string(i), "http://127.0.0.1", identities.back().open()});
    }
    shares.resize(5);
  }
  Result<CeremonyStep> turn_of(const oprf::Identity& self, const std::optional<oprf::KeyShare>& before = {}) {
    auto step = next_step(plan, folder, self, before, random);
    if (step)
      for (CeremonyMessage& message : step->to_write) folder.push_back(CeremonyMessage::parse(message.json()).value());
    return step;
  }
  // Everybody takes turns until nothing more is written.
  std::optional<oprf::KeySet> run() {
    std::optional<oprf::KeySet> keys;
    for (int round = 0; round < 6; ++round)
      for (std::size_t i = 0; i < identities.size(); ++i) {
        const auto step = turn_of(identities[i], before_.empty() ? std::nullopt : before_[i]);
        if (!step) {
          failure = step.error();
          return std::nullopt;
        }
        if (!step->outcome) continue;
        keys = step->outcome->keys;
        shares[i] = step->outcome->share;
      }
    return keys;
  }
  void begin_refresh(const oprf::KeySet& keys) {
    plan.before = keys;
    before_ = shares;
    folder.clear();
  }
  // Replaces what holder `from` wrote to all by something it signs again.
  void forge(CeremonyMessage& message, const oprf::Identity& author) {
    // The same bytes as the participant signs.
    Bytes bytes;
    ByteWriter writer(bytes);
    writer.bytes(plan.sharing().ceremony);
    writer.integer(static_cast<std::uint8_t>(message.kind));
    writer.integer(message.from);
    writer.integer(message.about);
    writer.bytes(message.body);
    message.signature = author.sign("probity key ceremony v1", bytes);
  }
  std::size_t count(Kind kind) const {
    return static_cast<std::size_t>(
        std::ranges::count_if(folder, [&](const CeremonyMessage& message) { return message.kind == kind; }));
  }

  Error failure{ErrorCode::internal, "", ""};
  std::vector<std::optional<oprf::KeyShare>> before_;
};

TEST_F(Ceremony, five_make_a_key_that_none_of_them_has) {
  const auto keys = run();
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->threshold, 3);
  for (const auto& share : shares) EXPECT_TRUE(share && oprf::check_share(*keys, *share));
  EXPECT_EQ(folder.size(), 10U);  // five dealings, five agreements
}

TEST_F(Ceremony, a_refresh_keeps_the_key_and_kills_the_shares) {
  const auto keys = run();
  ASSERT_TRUE(keys);
  begin_refresh(*keys);
  const auto after = run();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->key, keys->key);
  EXPECT_EQ(after->generation, 2);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_TRUE(oprf::check_share(*after, *shares[i]));
    EXPECT_FALSE(oprf::check_share(*after, *before_[i]));
  }
}

TEST_F(Ceremony, a_witnessed_dealer_deals_and_keeps_nothing) {
  const oprf::Identity dealer = oprf::Identity::make(random);
  plan.dealer = dealer.open();
  ASSERT_TRUE(turn_of(dealer));
  const auto keys = run();
  ASSERT_TRUE(keys);
  for (const auto& share : shares) EXPECT_TRUE(share && oprf::check_share(*keys, *share));
  const auto last = turn_of(dealer);
  EXPECT_TRUE(last->outcome && !last->outcome->share);
}

// A dealer seals rubbish for one holder: the holder complains, the dealer opens, and all goes on.
TEST_F(Ceremony, a_complaint_is_answered_by_opening_the_share) {
  for (const auto& identity : identities) ASSERT_TRUE(turn_of(identity));
  CeremonyMessage& dealing = folder[1];
  // Holder 4's sealed share lies behind the public dealing and three sealed shares.
  const std::size_t public_bytes = 2 + (std::size_t{dealing.body[0]} << 8 | dealing.body[1]);
  const std::size_t sealed_bytes = 2 + 32 + 48;
  dealing.body[public_bytes + 3 * sealed_bytes + 60] ^= 1;
  forge(dealing, identities[1]);
  const auto keys = run();
  ASSERT_TRUE(keys) << failure.message;
  EXPECT_EQ(count(Kind::complaint), 1U);
  EXPECT_EQ(count(Kind::opening), 1U);
  for (const auto& share : shares) EXPECT_TRUE(share && oprf::check_share(*keys, *share));
}

TEST_F(Ceremony, a_dealer_who_opens_a_wrong_share_is_out_by_name) {
  for (const auto& identity : identities) ASSERT_TRUE(turn_of(identity));
  CeremonyMessage& dealing = folder[1];
  const std::size_t public_bytes = 2 + (std::size_t{dealing.body[0]} << 8 | dealing.body[1]);
  dealing.body[public_bytes + 60] ^= 1;  // holder 1's
  forge(dealing, identities[1]);
  ASSERT_TRUE(turn_of(identities[0]));
  ASSERT_EQ(count(Kind::complaint), 1U);
  CeremonyMessage opening{Kind::opening, 2, 1, Bytes(32, 1), {}};
  opening.body.back() = 0;
  forge(opening, identities[1]);
  folder.push_back(opening);
  EXPECT_FALSE(run());
  EXPECT_EQ(failure.code, ErrorCode::forbidden);
  EXPECT_NE(failure.message.find("Holder 2"), std::string::npos);
}

TEST_F(Ceremony, whoever_shows_two_dealings_is_found_out) {
  for (const auto& identity : identities) ASSERT_TRUE(turn_of(identity));
  // Holder 5 sees another dealing of holder 2 than the others do.
  const auto others_folder = folder;
  folder.erase(folder.begin() + 1);
  ASSERT_TRUE(turn_of(identities[1]));
  ASSERT_TRUE(turn_of(identities[4]));
  const CeremonyMessage agreement = folder.back();
  ASSERT_EQ(agreement.kind, Kind::agreement);
  folder = others_folder;
  folder.push_back(agreement);
  EXPECT_FALSE(run());
  EXPECT_NE(failure.message.find("another key set"), std::string::npos);
}

TEST_F(Ceremony, nobody_speaks_for_another_or_from_another_ceremony) {
  ASSERT_TRUE(turn_of(identities[0]));
  const CeremonyMessage dealing = folder.front();
  folder.front().from = 2;
  EXPECT_EQ(turn_of(identities[2]).error().code, ErrorCode::forbidden);
  folder.front() = dealing;
  plan.nonce[0] ^= 1;
  EXPECT_FALSE(turn_of(identities[2]));
  plan.nonce[0] ^= 1;
  folder.push_back(dealing);
  EXPECT_FALSE(turn_of(identities[2])) << "two dealings of one holder";
  folder.pop_back();
  EXPECT_FALSE(turn_of(oprf::Identity::make(random)));
  folder.front().from = 200;
  EXPECT_FALSE(turn_of(identities[2]));
}

TEST_F(Ceremony, plans_and_cards_survive_their_texts) {
  plan.dealer = identities[0].open();
  EXPECT_EQ(CeremonyPlan::parse(plan.json()).value().json(), plan.json());
  EXPECT_EQ(HolderCard::parse(plan.holders[1].json()).value(), plan.holders[1]);
  for (const char* bad : {"", "{}", "[]", "{\"epoch\":1}", "null", "{\"epoch\":\"x\"}"}) {
    EXPECT_FALSE(CeremonyPlan::parse(bad)) << bad;
    EXPECT_FALSE(CeremonyMessage::parse(bad)) << bad;
    EXPECT_FALSE(HolderCard::parse(bad)) << bad;
  }
}

}  // namespace
}  // namespace probity::alliance
