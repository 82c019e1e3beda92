#include "alliance/keyholder.h"

#include <gtest/gtest.h>

#include "alliance/keyholder_fixture.h"

namespace probity::alliance {
namespace {

class AtWork : public ::testing::Test {
 protected:
  testing::KeyHolders setting;
  KeyHolder& holder = *setting.holders[0];
  oprf::EvaluationRequest request;

  void SetUp() override { request = fresh(1); }
  oprf::EvaluationRequest fresh(std::size_t count) {
    oprf::EvaluationRequest made;
    made.epoch = 2027;
    made.request = Id::random(setting.random);
    made.time_ms = setting.clock.now;
    made.member = setting.member;
    for (std::size_t i = 0; i < count; ++i)
      made.blinded.push_back(oprf::multiply_generator(oprf::Scalar::random(setting.random)).value());
    return made;
  }
  Result<Bytes> ask(const oprf::EvaluationRequest& asked) { return ask_as(asked, setting.identity); }
  Result<Bytes> ask_as(const oprf::EvaluationRequest& asked, const oprf::Identity& identity) {
    return holder.evaluate(oprf::encode_request(asked, identity, holder.identity()));
  }
  ErrorCode refusal(const oprf::EvaluationRequest& asked) {
    const auto answer = ask(asked);
    EXPECT_FALSE(answer.has_value());
    return answer ? ErrorCode::internal : answer.error().code;
  }
};

TEST_F(AtWork, answers_with_a_proof_that_holds) {
  request = fresh(20);
  const auto answer = oprf::parse_answer(ask(request).value(), request, holder.identity()).value();
  EXPECT_EQ(answer.partial.index, 1);
  EXPECT_TRUE(oprf::verify_partial(setting.keys, request.blinded, answer.partial));
  EXPECT_EQ(holder.counts().evaluations, 20U);
}

TEST_F(AtWork, takes_no_request_twice) {
  ASSERT_TRUE(ask(request));
  EXPECT_EQ(refusal(request), ErrorCode::conflict);
  setting.clock.now += 119'000;
  EXPECT_EQ(refusal(request), ErrorCode::conflict);
  setting.clock.now += 2'000;
  EXPECT_EQ(refusal(request), ErrorCode::gone);
}

TEST_F(AtWork, refuses_stale_epochs_and_generations) {
  request.epoch = 2026;
  EXPECT_EQ(refusal(request), ErrorCode::gone);
  request = fresh(1);
  request.generation = 2;
  EXPECT_EQ(refusal(request), ErrorCode::gone);
  setting.clock.now += 400LL * 86'400'000;
  EXPECT_EQ(refusal(fresh(1)), ErrorCode::gone);
  EXPECT_TRUE(holder.keys().empty());
}

TEST_F(AtWork, answers_its_own_standing_members_only) {
  EXPECT_EQ(ask_as(request, oprf::Identity::make(setting.random)).error().code, ErrorCode::unauthenticated);
  request.member = Id::random(setting.random);
  EXPECT_EQ(refusal(request), ErrorCode::unauthenticated);
  const Bytes for_another = oprf::encode_request(fresh(1), setting.identity, setting.holders[1]->identity());
  EXPECT_EQ(holder.evaluate(for_another).error().code, ErrorCode::unauthenticated);
  setting.set_limits({}, /*suspended=*/true);
  EXPECT_EQ(refusal(fresh(1)), ErrorCode::forbidden);
}

TEST_F(AtWork, keeps_its_own_count) {
  EXPECT_TRUE(ask(fresh(20)));
  EXPECT_EQ(refusal(fresh(1)), ErrorCode::too_many_requests);
  for (int minute = 1; minute < 10; ++minute) {
    setting.clock.now += 60'000;
    EXPECT_TRUE(ask(fresh(20)));
  }
  setting.clock.now += 60'000;
  EXPECT_EQ(refusal(fresh(1)), ErrorCode::too_many_requests);
  EXPECT_EQ(holder.counts().evaluations, 200U);
}

// A stranger's bytes cost neither quota nor memory.
TEST_F(AtWork, an_unsigned_request_uses_up_nothing) {
  for (int i = 0; i < 30; ++i) (void)ask_as(fresh(20), oprf::Identity::make(setting.random)).has_value();
  EXPECT_EQ(holder.quotas().asked_today(setting.member, setting.clock.now), 0U);
  EXPECT_FALSE(holder.evaluate({}));
  EXPECT_FALSE(holder.evaluate(Bytes(151, 0)));
}

TEST_F(AtWork, shows_that_it_has_its_share) {
  const auto facts = holder.keys();
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_TRUE(check_possession(facts[0].keys, 1, facts[0].possession));
  EXPECT_FALSE(check_possession(facts[0].keys, 2, facts[0].possession));
}

TEST_F(AtWork, takes_no_share_that_is_not_its_key_sets) {
  oprf::KeyShare wrong = setting.shares[1];
  wrong.index = 1;
  EXPECT_EQ(holder.hold({setting.keys, wrong, setting.clock.now + 1}).error().code, ErrorCode::forbidden);
  oprf::KeySet later = setting.keys;
  later.generation = 2;
  EXPECT_TRUE(holder.hold({later, setting.shares[0], setting.clock.now + 1}));
  EXPECT_EQ(holder.hold({setting.keys, setting.shares[0], setting.clock.now + 1}).error().code, ErrorCode::conflict);
}

TEST(Roll, survives_its_text_and_takes_nobody_twice) {
  test::SeededRandom random(3);
  MemberRoll roll;
  const RollEntry entry{Id::random(random), "Harbour Motors", oprf::Identity::make(random).open(), true, {1, 2, 3}};
  EXPECT_TRUE(roll.admit(entry));
  EXPECT_FALSE(roll.admit(entry));
  RollEntry same_key = entry;
  same_key.member = Id::random(random);
  EXPECT_FALSE(roll.admit(same_key));
  const MemberRoll read = MemberRoll::parse(roll.json()).value();
  ASSERT_NE(read.find(entry.member), nullptr);
  EXPECT_EQ(*read.find(entry.member), entry);
  for (const char* bad : {"", "{}", "{\"members\":[{}]}", "{\"members\":[{\"id\":\"x\",\"name\":\"y\"}]}"})
    EXPECT_FALSE(MemberRoll::parse(bad)) << bad;
}

}  // namespace
}  // namespace probity::alliance
