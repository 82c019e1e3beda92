#include "alliance/key_client.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

#include "alliance/keyholder_fixture.h"

namespace probity::alliance {
namespace {

using std::chrono::milliseconds;

// The wire, in memory: each holder answers as its behaviour says.
class ScriptedCalls final : public HolderCalls {
 public:
  // The answer to a body, or nothing for silence.
  using Behaviour = std::function<std::optional<HolderReply>(const Bytes&)>;
  explicit ScriptedCalls(testing::KeyHolders& setting) {
    for (auto& holder : setting.holders)
      behaviours.push_back([&holder](const Bytes& body) -> std::optional<HolderReply> {
        const auto answer = holder->evaluate(body);
        if (!answer) return HolderReply{0, catalogue_entry(answer.error().code).http_status, {}};
        return HolderReply{0, 200, *answer};
      });
  }
  void start(std::size_t call, const std::string&, const Bytes& body) override {
    ++started[call];
    sent_ += body.size();
    if (auto reply = behaviours[call](body)) {
      reply->call = call;
      ready_.push_back(*reply);
    }
  }
  std::optional<HolderReply> wait(milliseconds) override {
    if (ready_.empty()) return std::nullopt;
    const HolderReply reply = ready_.front();
    ready_.pop_front();
    return reply;
  }
  void abandon() override { ready_.clear(); }
  std::uint64_t sent_bytes() const override { return sent_; }

  std::vector<Behaviour> behaviours;
  std::map<std::size_t, int> started;

 private:
  std::deque<HolderReply> ready_;
  std::uint64_t sent_ = 0;
};

class Asking : public ::testing::Test {
 protected:
  testing::KeyHolders setting;
  ScriptedCalls calls{setting};
  KeyClient client{
      {setting.member, setting.identity}, calls, setting.clock, setting.random, {milliseconds(5), milliseconds(200)}};
  std::vector<SecretKey> inputs = std::vector<SecretKey>(2);

  void SetUp() override { inputs[1].writable()[0] = 1; }
  Result<KeyAnswer> ask() { return client.ask(setting.keys, setting.addresses, {}, inputs); }
  void expect_right(const Result<KeyAnswer>& answer) {
    ASSERT_TRUE(answer) << answer.error().message;
    ASSERT_EQ(answer->outputs.size(), inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto expected = oprf::evaluate_directly(oprf::threshold_suite(), setting.key, inputs[i].view()).value();
      EXPECT_TRUE(std::ranges::equal(answer->outputs[i].view(), expected.view()));
    }
    EXPECT_EQ(answer->receipts.size(), 3U);
  }
};

TEST_F(Asking, three_of_five_give_what_the_whole_key_gives) {
  const auto answer = ask();
  expect_right(answer);
  EXPECT_TRUE(answer->troubles.empty());
  EXPECT_EQ(calls.started.size(), 3U);
  EXPECT_LE(calls.sent_bytes(), 3U * (121 + 64));
}

TEST_F(Asking, a_lying_holder_is_replaced_and_named) {
  const auto honest = calls.behaviours[1];
  const std::vector<std::function<void(Bytes&)>> lies{
      [](Bytes& body) { body[40] ^= 1; },                 // anything changed on the way
      [](Bytes& body) { body.clear(); },                  // nothing
      [](Bytes& body) { body.resize(body.size() - 1); },  // less
  };
  for (const auto& lie : lies) {
    calls.behaviours[1] = [&](const Bytes& body) {
      auto reply = honest(body);
      lie(reply->body);
      return reply;
    };
    for (int i = 0; i < 4; ++i) {
      setting.clock.now += 60'000;
      const auto answer = ask();
      expect_right(answer);
      for (const HolderTrouble& trouble : answer->troubles) EXPECT_EQ(trouble.index, 2);
    }
  }
}

// The holder signs properly and answers under another key: only the proof can tell.
TEST_F(Asking, a_wrong_share_is_found_by_its_proof) {
  std::vector<HolderAddress> addresses = setting.addresses;
  const oprf::Identity liar = oprf::Identity::make(setting.random);
  addresses[1].identity = liar.open();
  calls.behaviours[1] = [&](const Bytes& body) -> std::optional<HolderReply> {
    const auto parsed = oprf::parse_request(body).value();
    oprf::EvaluationAnswer answer{2027, 1, parsed.request.request, setting.clock.now, {}, {}};
    answer.partial =
        oprf::evaluate_partially(setting.keys, {2, oprf::Scalar::of(77)}, parsed.request.blinded, setting.random)
            .value();
    return HolderReply{1, 200, oprf::encode_answer(answer, parsed.request.member, liar)};
  };
  bool caught = false;
  for (int i = 0; i < 8; ++i) {
    setting.clock.now += 60'000;
    const auto answer = client.ask(setting.keys, addresses, {}, inputs);
    expect_right(answer);
    caught = caught || !answer->troubles.empty();
  }
  EXPECT_TRUE(caught);
}

TEST_F(Asking, a_silent_holder_is_not_waited_for) {
  calls.behaviours[0] = [](const Bytes&) -> std::optional<HolderReply> { return std::nullopt; };
  calls.behaviours[3] = calls.behaviours[0];
  for (int i = 0; i < 6; ++i) {
    setting.clock.now += 60'000;
    expect_right(ask());
  }
}

TEST_F(Asking, with_two_left_there_is_no_answer) {
  for (const std::size_t i : {0, 1, 2})
    calls.behaviours[i] = [](const Bytes&) -> std::optional<HolderReply> { return HolderReply{0, 503, {}}; };
  const auto answer = ask();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
}

TEST_F(Asking, a_used_up_quota_is_not_taken_to_the_next_holder) {
  setting.set_limits({1, 1, 1});
  EXPECT_EQ(ask().error().code, ErrorCode::too_many_requests);
  EXPECT_LE(calls.started.size(), 3U);
}

TEST_F(Asking, a_stale_key_set_is_said_so) {
  setting.keys.generation = 2;
  EXPECT_EQ(ask().error().code, ErrorCode::gone);
}

TEST_F(Asking, takes_one_to_a_hundred_questions) {
  inputs.clear();
  EXPECT_EQ(ask().error().code, ErrorCode::invalid_argument);
  inputs.resize(101);
  EXPECT_FALSE(ask());
}

}  // namespace
}  // namespace probity::alliance
