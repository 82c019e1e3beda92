#include "oprf/messages.h"

#include <gtest/gtest.h>

#include "support/scripted.h"

namespace probity::oprf {
namespace {

class Messages : public testing::Test {
 protected:
  test::SeededRandom random{17};
  const Identity member = Identity::make(random);
  const Identity holder = Identity::make(random);
  EvaluationRequest request;
  void SetUp() override {
    request.epoch = 2027;
    request.request = Id::random(random);
    request.member = Id::random(random);
    request.time_ms = 1'800'000'000'000;
    for (int i = 0; i < 3; ++i) request.blinded.push_back(multiply_generator(Scalar::random(random)).value());
  }
  EvaluationAnswer answer_to(const EvaluationRequest& asked) {
    EvaluationAnswer answer{asked.epoch, asked.generation, asked.request, asked.time_ms + 5, {}, {}};
    answer.partial.index = 2;
    const KeyPair key{Scalar::of(5), multiply_generator(Scalar::of(5)).value()};
    answer.partial.evaluation = evaluate_with_proof(threshold_suite(), key, asked.blinded, random).value();
    return answer;
  }
};

TEST_F(Messages, a_request_is_read_as_it_was_written) {
  const Bytes bytes = encode_request(request, member, holder.open());
  EXPECT_EQ(bytes.size(), 4 + 2 + 2 + 16 + 8 + 16 + 8 + 1 + 3 * 32 + 64U);
  const SignedRequest read = parse_request(bytes).value();
  EXPECT_EQ(read.request.blinded, request.blinded);
  EXPECT_EQ(read.request.request, request.request);
  EXPECT_EQ(read.request.time_ms, request.time_ms);
  EXPECT_TRUE(verify_request(read, member.open(), holder.open()));
}

TEST_F(Messages, a_request_for_one_holder_is_none_for_another) {
  const SignedRequest read = parse_request(encode_request(request, member, holder.open())).value();
  const Identity other = Identity::make(random);
  EXPECT_EQ(verify_request(read, member.open(), other.open()).error().code, ErrorCode::forbidden);
  EXPECT_FALSE(verify_request(read, other.open(), holder.open()));
}

TEST_F(Messages, every_byte_of_a_request_is_signed) {
  const Bytes bytes = encode_request(request, member, holder.open());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    const auto read = parse_request(changed);
    EXPECT_FALSE(read && verify_request(*read, member.open(), holder.open())) << i;
    EXPECT_FALSE(parse_request(BytesView(bytes).first(i)));
  }
}

TEST_F(Messages, identity_elements_and_wrong_numbers_of_them_are_refused) {
  request.blinded[1] = Element();
  EXPECT_EQ(parse_request(encode_request(request, member, holder.open())).error().code, ErrorCode::invalid_argument);
  request.blinded.clear();
  EXPECT_FALSE(parse_request(encode_request(request, member, holder.open())));
  request.blinded.assign(101, Element::generator());
  EXPECT_FALSE(parse_request(encode_request(request, member, holder.open())));
}

TEST_F(Messages, an_answer_is_for_its_request_and_from_its_holder) {
  const Bytes bytes = encode_answer(answer_to(request), request.member, holder);
  const EvaluationAnswer read = parse_answer(bytes, request, holder.open()).value();
  EXPECT_EQ(read.partial.index, 2);
  EXPECT_EQ(read.partial.evaluation.elements.size(), 3U);
  EXPECT_FALSE(parse_answer(bytes, request, member.open()));
  for (const auto change : {0, 1, 2, 3}) {
    EvaluationRequest other = request;
    if (change == 0) other.request = Id::random(random);
    if (change == 1) other.epoch = 2028;
    if (change == 2) other.generation = 2;
    if (change == 3) other.member = Id::random(random);
    EXPECT_EQ(parse_answer(bytes, other, holder.open()).error().code, ErrorCode::forbidden) << change;
  }
}

TEST_F(Messages, every_byte_of_an_answer_is_signed) {
  const Bytes bytes = encode_answer(answer_to(request), request.member, holder);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 1;
    EXPECT_FALSE(parse_answer(changed, request, holder.open())) << i;
    EXPECT_FALSE(parse_answer(BytesView(bytes).first(i), request, holder.open()));
  }
}

TEST_F(Messages, what_is_sealed_to_one_is_read_by_nobody_else) {
  const Bytes secret(32, 9);
  Bytes sealed = seal_to(holder.open(), secret).value();
  EXPECT_EQ(holder.unseal(sealed).value(), secret);
  EXPECT_FALSE(member.unseal(sealed));
  sealed[40] ^= 1;
  EXPECT_FALSE(holder.unseal(sealed));
  EXPECT_FALSE(holder.unseal(BytesView(sealed).first(10)));
  EXPECT_FALSE(parse_identity(Bytes(31)));
  EXPECT_FALSE(parse_identity(Bytes(32, 0)));
  EXPECT_TRUE(parse_identity(holder.open()));
}

}  // namespace
}  // namespace probity::oprf
