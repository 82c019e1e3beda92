// A key-holder that follows its hub's roll: what it takes, what it refuses, and that a suspension takes effect.
#include "alliance/roll_follower.h"

#include <gtest/gtest.h>

#include "alliance/keyholder_fixture.h"

namespace probity::alliance {
namespace {

// A hub, or whoever answers in its place.
struct AnsweringHub final : HttpSender {
  HttpReply send(const std::string& method, const std::string& url, const CallHeaders& headers,
                 const std::string& body) override {
    EXPECT_EQ(method + " " + url, "GET https://hub.example/alliance/v1/roll");
    EXPECT_TRUE(headers.empty() && body.empty()) << "a key-holder tells nobody who it is";
    return answer;
  }
  HttpReply answer;
};

class Rolls : public ::testing::Test {
 protected:
  RollContent content(std::uint64_t version, bool suspended = false) const {
    RollContent out;
    out.version = version;
    out.time_ms = 1'700'000'000'000;
    EXPECT_TRUE(out.members.admit({setting.member, "Harbour Motors", setting.identity.open(), suspended, {}}));
    return out;
  }
  void hub_shows(const SignedRoll& roll) { hub.answer = {200, roll.json()}; }
  SignedRoll signed_now(const RollContent& of) { return sign_roll(of, identity, setting.clock.now); }
  ErrorCode refusal() {
    const auto looked = follower.look(held);
    return looked ? ErrorCode::internal : looked.error().code;
  }
  // As a key-holder that serves does: one look, and what came is in use.
  Result<void> one_interval() {
    TRY_ASSIGN(auto looked, follower.look(held));
    if (!looked) return {};
    setting.holders.front()->set_roll(looked->content.members);
    held = std::move(*looked);
    return {};
  }
  ErrorCode ask() {
    oprf::EvaluationRequest request;
    request.epoch = setting.keys.epoch;
    request.member = setting.member;
    request.request = Id::random(setting.random);
    request.time_ms = setting.clock.now;
    request.blinded = {oprf::multiply_generator(oprf::Scalar::random(setting.random)).value()};
    const Bytes bytes = oprf::encode_request(request, setting.identity, setting.holders.front()->identity());
    const auto answer = setting.holders.front()->evaluate(bytes);
    return answer ? ErrorCode::internal : answer.error().code;
  }

  testing::KeyHolders setting{2, 3};
  oprf::Identity identity = oprf::Identity::make(setting.random);
  AnsweringHub hub;
  RollFollower follower{"https://hub.example", identity.open(), hub, setting.clock};
  std::optional<SignedRoll> held;
};

TEST_F(Rolls, are_taken_when_they_are_new_and_left_when_they_are_not) {
  hub_shows(signed_now(content(1)));
  ASSERT_TRUE(one_interval());
  ASSERT_TRUE(held);
  EXPECT_EQ(held->content.version, 1U);
  setting.clock.now += 30'000;
  hub_shows(signed_now(content(1)));
  EXPECT_FALSE(follower.look(held).value()) << "signed anew, and the same roll";
  hub_shows(signed_now(content(2, true)));
  ASSERT_TRUE(one_interval());
  EXPECT_TRUE(held->content.members.find(setting.member)->suspended);
}

TEST_F(Rolls, that_are_stale_forged_older_or_another_hubs_are_refused) {
  const SignedRoll old = signed_now(content(1)), current = signed_now(content(2, true));
  hub_shows(current);
  ASSERT_TRUE(one_interval());
  hub_shows(old);
  EXPECT_EQ(refusal(), ErrorCode::forbidden) << "before the suspension";
  hub_shows(signed_now(content(2)));
  EXPECT_EQ(refusal(), ErrorCode::forbidden) << "two rolls under one version";
  hub_shows(sign_roll(content(3), oprf::Identity::make(setting.random), setting.clock.now));
  EXPECT_EQ(refusal(), ErrorCode::forbidden) << "another hub's";
  hub_shows(signed_now(content(3)));
  hub.answer.body.replace(hub.answer.body.find("Harbour"), 7, "Harbowr");
  EXPECT_EQ(refusal(), ErrorCode::forbidden) << "not what was signed";
  hub.answer = {200, "{}"};
  EXPECT_EQ(refusal(), ErrorCode::corrupt);
  hub.answer = {0, ""};
  EXPECT_EQ(refusal(), ErrorCode::unavailable);
  // Who holds the way up can repeat what was signed, not sign it again.
  hub_shows(current);
  setting.clock.now += kMostRollAgeMs + 1;
  EXPECT_EQ(refusal(), ErrorCode::forbidden);
  EXPECT_EQ(held->content.version, 2U) << "what was taken stays in use";
}

TEST_F(Rolls, admit_and_suspend_a_member_within_one_interval) {
  setting.holders.front()->set_roll({});
  EXPECT_EQ(ask(), ErrorCode::unauthenticated);
  hub_shows(signed_now(content(1)));
  ASSERT_TRUE(one_interval());
  EXPECT_EQ(ask(), ErrorCode::internal) << "answered";
  hub_shows(signed_now(content(2, true)));
  ASSERT_TRUE(one_interval());
  EXPECT_EQ(ask(), ErrorCode::forbidden);
}

}  // namespace
}  // namespace probity::alliance
