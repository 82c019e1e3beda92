#include "oprf/voprf.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "support/scripted.h"

namespace probity::oprf {
namespace {

using nlohmann::json;

std::vector<Bytes> bytes_list(const std::string& commas) {
  std::vector<Bytes> list;
  for (std::size_t start = 0; start <= commas.size();) {
    const std::size_t end = std::min(commas.find(',', start), commas.size());
    list.push_back(from_hex(commas.substr(start, end - start)).value());
    start = end + 1;
  }
  return list;
}

Bytes copy_of(BytesView view) { return {view.begin(), view.end()}; }

std::vector<Element> elements_of(const std::vector<Bytes>& list) {
  std::vector<Element> elements;
  for (const Bytes& bytes : list) elements.push_back(Element::parse(bytes).value());
  return elements;
}

void check_vector(const Suite& suite, const KeyPair& key, const json& vector) {
  const auto inputs = bytes_list(vector.at("Input"));
  const auto blinds = bytes_list(vector.at("Blind"));
  const auto blinded_elements = bytes_list(vector.at("BlindedElement"));
  const auto evaluated = bytes_list(vector.at("EvaluationElement"));
  const auto outputs = bytes_list(vector.at("Output"));
  ASSERT_EQ(inputs.size(), vector.at("Batch").get<std::size_t>());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const Scalar r = Scalar::parse(blinds[i]).value();
    const Blinded blinded = blind_with(suite, inputs[i], r).value();
    EXPECT_EQ(copy_of(blinded.element.view()), blinded_elements[i]);
    const Element answer = evaluate(key.secret, blinded.element).value();
    EXPECT_EQ(copy_of(answer.view()), evaluated[i]);
    EXPECT_EQ(copy_of(finalize(inputs[i], r, answer).value().view()), outputs[i]);
    EXPECT_EQ(copy_of(evaluate_directly(suite, key.secret, inputs[i]).value().view()), outputs[i]);
  }
  if (!vector.contains("Proof")) return;
  const auto factors = elements_of(blinded_elements);
  const auto products = elements_of(evaluated);
  const Claim claim{Element::generator(), key.public_key, factors, products};
  const Scalar nonce = Scalar::parse(bytes_list(vector.at("Proof").at("r")).front()).value();
  const Bytes expected = bytes_list(vector.at("Proof").at("proof")).front();
  const Proof proof = prove_with_nonce(suite, key.secret, claim, nonce).value();
  EXPECT_EQ(copy_of(proof.bytes()), expected);
  EXPECT_TRUE(verify(suite, claim, Proof::parse(expected).value()));
}

TEST(Rfc9497, every_vector_of_both_modes) {
  std::ifstream file("tests/vectors/oprf/rfc9497-allVectors.json");
  const json groups = json::parse(file);
  std::size_t checked = 0;
  for (const json& group : groups) {
    if (group.at("identifier") != std::string(kSuiteName) || group.at("mode").get<int>() > 1) continue;
    const Suite suite(Mode{group.at("mode").get<std::uint8_t>()});
    const Bytes seed = from_hex(group.at("seed").get<std::string>()).value();
    const Bytes info = from_hex(group.at("keyInfo").get<std::string>()).value();
    EXPECT_EQ(to_hex(as_bytes("HashToGroup-" + suite.context())), group.at("groupDST"));
    const KeyPair key = suite.derive_key_pair(seed, info).value();
    EXPECT_EQ(to_hex(key.secret.view()), group.at("skSm"));
    EXPECT_EQ(to_hex(key.public_key.view()), group.value("pkSm", to_hex(key.public_key.view())));
    for (const json& vector : group.at("vectors")) {
      check_vector(suite, key, vector);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 5U);
}

TEST(Group, refuses_what_is_not_the_one_spelling_of_an_element) {
  EXPECT_FALSE(Element::parse(Bytes(32, 0)));  // the identity
  EXPECT_FALSE(Element::parse(Bytes(31, 1)));
  EXPECT_FALSE(Element::parse(Bytes(33, 1)));
  EXPECT_FALSE(Element::parse(Bytes{}));
  EXPECT_FALSE(Element::parse(Bytes(32, 0xff)));
  // RFC 9496 appendix A.2: not canonical, negative, not a square, and with the high bit set.
  for (const char* bad : {"00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                          "f3ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "0100000000000000000000000000000000000000000000000000000000000000",
                          "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "ed57ffd8c914fb201471d1c3d245ce3c746fcbe63a3679d51b6a516ebebe0e20",
                          "26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371",
                          "4eac077a713c57b4f4397629a4145982c661f48044dd3f96427d40b147d9742f",
                          "3eb858e78f5a7254d8c9731174a94f76755fd3941c0ac93735c07ba14579630e"})
    EXPECT_FALSE(Element::parse(from_hex(bad).value())) << bad;
  EXPECT_TRUE(Element::parse(Element::generator().view()));
}

TEST(Group, takes_scalars_below_the_order_only) {
  const Bytes order = from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").value();
  Bytes below = order;
  --below[0];
  EXPECT_TRUE(Scalar::parse(below));
  EXPECT_FALSE(Scalar::parse(order));
  EXPECT_FALSE(Scalar::parse(Bytes(32, 0xff)));
  EXPECT_FALSE(Scalar::parse(Bytes(31, 0)));
  EXPECT_FALSE(multiply(Scalar(), Element::generator()));
  EXPECT_FALSE(multiply_generator(Scalar()));
  EXPECT_FALSE(multiply(Scalar::of(2), Element()));
}

class Proofs : public testing::Test {
 protected:
  const Suite suite{Mode::verifiable};
  test::SeededRandom random{7};
  const KeyPair key = suite.derive_key_pair(Bytes(32, 5), as_bytes("test")).value();
  std::vector<Element> blinded;
  void SetUp() override {
    for (const char* input : {"one", "two", "three"})
      blinded.push_back(blind(suite, as_bytes(input), random).value().element);
  }
};

TEST_F(Proofs, hold_for_the_key_that_was_used_and_for_no_other) {
  const Evaluation evaluation = evaluate_with_proof(suite, key, blinded, random).value();
  EXPECT_TRUE(verify_evaluation(suite, key.public_key, blinded, evaluation.elements, evaluation.proof));
  const KeyPair other = suite.derive_key_pair(Bytes(32, 6), as_bytes("test")).value();
  EXPECT_FALSE(verify_evaluation(suite, other.public_key, blinded, evaluation.elements, evaluation.proof));
  const Suite base(Mode::base);
  EXPECT_FALSE(verify_evaluation(base, key.public_key, blinded, evaluation.elements, evaluation.proof));
}

TEST_F(Proofs, fail_when_one_of_many_answers_is_wrong) {
  const Evaluation evaluation = evaluate_with_proof(suite, key, blinded, random).value();
  for (std::size_t i = 0; i < blinded.size(); ++i) {
    auto wrong = evaluation.elements;
    wrong[i] = wrong[i] + Element::generator();
    EXPECT_FALSE(verify_evaluation(suite, key.public_key, blinded, wrong, evaluation.proof));
  }
  auto swapped = evaluation.elements;
  std::swap(swapped[0], swapped[1]);
  EXPECT_FALSE(verify_evaluation(suite, key.public_key, blinded, swapped, evaluation.proof));
  // Two errors that cancel in an unweighted sum.
  auto cancelling = evaluation.elements;
  cancelling[0] = cancelling[0] + Element::generator();
  cancelling[1] = cancelling[1] + multiply(Scalar() - Scalar::of(1), Element::generator()).value();
  EXPECT_FALSE(verify_evaluation(suite, key.public_key, blinded, cancelling, evaluation.proof));
}

TEST_F(Proofs, fail_in_every_changed_byte) {
  const Evaluation evaluation = evaluate_with_proof(suite, key, blinded, random).value();
  const auto bytes = evaluation.proof.bytes();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto changed = bytes;
    changed[i] ^= 1;
    const auto proof = Proof::parse(changed);
    EXPECT_FALSE(proof && verify_evaluation(suite, key.public_key, blinded, evaluation.elements, *proof));
  }
  EXPECT_FALSE(Proof::parse(BytesView(bytes).first(63)));
}

TEST_F(Proofs, need_as_many_answers_as_questions) {
  const Evaluation evaluation = evaluate_with_proof(suite, key, blinded, random).value();
  const std::span<const Element> fewer(evaluation.elements.data(), 2);
  EXPECT_FALSE(verify_evaluation(suite, key.public_key, blinded, fewer, evaluation.proof));
  EXPECT_FALSE(evaluate_with_proof(suite, key, {}, random));
  // An answer that comes back as it went: a key of one.
  EXPECT_FALSE(verify_evaluation(suite, key.public_key, blinded, blinded, evaluation.proof));
}

TEST(Blinding, hides_the_input_and_comes_off_again) {
  const Suite suite(Mode::verifiable);
  test::SeededRandom random(3);
  const KeyPair key = suite.derive_key_pair(Bytes(32, 9), {}).value();
  const Bytes input(32, 0x42);
  const Blinded first = blind(suite, input, random).value();
  const Blinded second = blind(suite, input, random).value();
  EXPECT_NE(first.element, second.element);
  const Output a = finalize(input, first.blind, evaluate(key.secret, first.element).value()).value();
  const Output b = finalize(input, second.blind, evaluate(key.secret, second.element).value()).value();
  EXPECT_EQ(copy_of(a.view()), copy_of(b.view()));
  EXPECT_FALSE(finalize(input, Scalar(), first.element));
  EXPECT_FALSE(blind(suite, Bytes(65'536), random));
}

}  // namespace
}  // namespace probity::oprf
