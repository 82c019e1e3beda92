#include "oprf/threshold.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "support/scripted.h"

namespace probity::oprf {
namespace {

Bytes copy_of(BytesView view) { return {view.begin(), view.end()}; }

SharingPlan plan_of(std::uint8_t threshold, std::uint8_t holders, DealingKind kind = DealingKind::key) {
  return {sha256(as_bytes("ceremony")), kind, threshold, holders};
}

// A key that all holders dealt together, with every holder's share.
struct Ceremony {
  KeySet keys;
  std::vector<KeyShare> shares;
};

std::vector<PublicDealing> open_parts(const std::vector<Dealing>& dealings) {
  std::vector<PublicDealing> open;
  for (const Dealing& dealing : dealings) open.push_back(dealing.open);
  return open;
}

std::vector<Scalar> given_to(HolderIndex index, const std::vector<Dealing>& dealings) {
  std::vector<Scalar> given;
  for (const Dealing& dealing : dealings) given.push_back(dealing.shares[index - 1U]);
  return given;
}

Ceremony make_key(std::uint8_t threshold, std::uint8_t holders, Random& random) {
  std::vector<Dealing> dealings;
  for (HolderIndex i = 1; i <= holders; ++i) dealings.push_back(deal(plan_of(threshold, holders), i, random).value());
  const auto open = open_parts(dealings);
  Ceremony ceremony{key_set_of({2027, {}, {}}, open).value(), {}};
  for (HolderIndex i = 1; i <= holders; ++i)
    ceremony.shares.push_back(share_of(i, open, given_to(i, dealings)).value());
  return ceremony;
}

void refresh(Ceremony& ceremony, Random& random) {
  const auto holders = static_cast<std::uint8_t>(ceremony.shares.size());
  std::vector<Dealing> dealings;
  for (HolderIndex i = 1; i <= holders; ++i)
    dealings.push_back(deal(plan_of(ceremony.keys.threshold, holders, DealingKind::refresh), i, random).value());
  const auto open = open_parts(dealings);
  ceremony.keys = refreshed(ceremony.keys, open).value();
  for (KeyShare& share : ceremony.shares)
    share = share_of(share.index, open, given_to(share.index, dealings), share).value();
}

// The key that some t shares hide; nobody does this outside of tests.
Scalar reveal(const Ceremony& ceremony, const std::vector<HolderIndex>& indices) {
  const auto coefficients = lagrange_coefficients(indices).value();
  Scalar key;
  for (std::size_t i = 0; i < indices.size(); ++i)
    key = key + coefficients[i] * ceremony.shares[indices[i] - 1U].secret;
  return key;
}

std::vector<HolderIndex> random_holders(std::size_t count, std::size_t of) {
  std::vector<HolderIndex> all(of);
  std::iota(all.begin(), all.end(), HolderIndex{1});
  for (std::size_t i = 0; i < count; ++i) std::swap(all[i], all[*rc::gen::inRange(i, of)]);
  all.resize(count);
  return all;
}

Output ask(const Ceremony& ceremony, const std::vector<HolderIndex>& indices, BytesView input, Random& random) {
  const Blinded blinded = blind(threshold_suite(), input, random).value();
  std::vector<PartialEvaluation> partials;
  for (const HolderIndex i : indices) {
    partials.push_back(
        evaluate_partially(ceremony.keys, ceremony.shares[i - 1U], {&blinded.element, 1}, random).value());
    RC_ASSERT(verify_partial(ceremony.keys, {&blinded.element, 1}, partials.back()).has_value());
  }
  return finalize(input, blinded.blind, combine(ceremony.keys, partials).value().front()).value();
}

RC_GTEST_PROP(Threshold, any_t_holders_give_what_the_whole_key_gives, ()) {
  const auto holders = *rc::gen::inRange<std::uint8_t>(1, 8);
  const auto threshold = *rc::gen::inRange<std::uint8_t>(1, static_cast<std::uint8_t>(holders + 1));
  test::SeededRandom random(*rc::gen::arbitrary<unsigned>());
  const auto input = *rc::gen::arbitrary<std::vector<std::uint8_t>>();
  Ceremony ceremony = make_key(threshold, holders, random);
  const Scalar key = reveal(ceremony, random_holders(threshold, holders));
  RC_ASSERT(multiply_generator(key).value() == ceremony.keys.key);
  const Bytes expected = copy_of(evaluate_directly(threshold_suite(), key, input).value().view());
  RC_ASSERT(copy_of(ask(ceremony, random_holders(threshold, holders), input, random).view()) == expected);
  if (threshold < 2) return;
  refresh(ceremony, random);
  RC_ASSERT(multiply_generator(key).value() == ceremony.keys.key);
  RC_ASSERT(copy_of(ask(ceremony, random_holders(threshold, holders), input, random).view()) == expected);
}

RC_GTEST_PROP(Threshold, fewer_than_t_shares_do_not_make_the_key, ()) {
  const auto holders = *rc::gen::inRange<std::uint8_t>(2, 8);
  const auto threshold = *rc::gen::inRange<std::uint8_t>(2, static_cast<std::uint8_t>(holders + 1));
  test::SeededRandom random(*rc::gen::arbitrary<unsigned>());
  const Ceremony ceremony = make_key(threshold, holders, random);
  const Scalar guess = reveal(ceremony, random_holders(threshold - 1U, holders));
  RC_ASSERT(!(multiply_generator(guess).value() == ceremony.keys.key));
}

class ThreeOfFive : public testing::Test {
 protected:
  test::SeededRandom random{11};
  Ceremony ceremony = make_key(3, 5, random);
  Element blinded = blind(threshold_suite(), as_bytes("input"), random).value().element;
  std::span<const Element> question{&blinded, 1};
  PartialEvaluation answer_of(HolderIndex i) {
    return evaluate_partially(ceremony.keys, ceremony.shares[i - 1U], question, random).value();
  }
};

TEST_F(ThreeOfFive, a_wrong_share_or_a_borrowed_answer_is_named) {
  PartialEvaluation answer = answer_of(2);
  EXPECT_TRUE(verify_partial(ceremony.keys, question, answer));
  answer.index = 3;
  EXPECT_EQ(verify_partial(ceremony.keys, question, answer).error().code, ErrorCode::forbidden);
  answer.index = 6;
  EXPECT_FALSE(verify_partial(ceremony.keys, question, answer));
  KeyShare wrong = ceremony.shares[1];
  wrong.secret = wrong.secret + Scalar::of(1);
  EXPECT_FALSE(
      verify_partial(ceremony.keys, question, evaluate_partially(ceremony.keys, wrong, question, random).value()));
  EXPECT_FALSE(check_share(ceremony.keys, wrong));
  EXPECT_TRUE(check_share(ceremony.keys, ceremony.shares[1]));
}

TEST_F(ThreeOfFive, a_key_of_one_is_refused_everywhere) {
  const KeyShare one{2, Scalar::of(1)};
  const PartialEvaluation echo = evaluate_partially(ceremony.keys, one, question, random).value();
  EXPECT_EQ(echo.evaluation.elements.front(), blinded);
  EXPECT_FALSE(verify_partial(ceremony.keys, question, echo));
  KeySet keys = ceremony.keys;
  keys.shares[1] = Element::generator();
  EXPECT_FALSE(keys.check());
  const Dealing dealt_one = deal(plan_of(1, 1), 1, random, Scalar::of(1)).value();
  EXPECT_FALSE(key_set_of({2027, {}, {}}, {&dealt_one.open, 1}));
}

TEST_F(ThreeOfFive, two_do_not_suffice_and_none_counts_twice) {
  const std::vector<PartialEvaluation> two{answer_of(1), answer_of(2)};
  EXPECT_FALSE(combine(ceremony.keys, two));
  const std::vector<PartialEvaluation> twice{answer_of(1), answer_of(2), answer_of(1)};
  EXPECT_FALSE(combine(ceremony.keys, twice));
}

TEST_F(ThreeOfFive, shares_from_before_a_refresh_are_dead) {
  const KeyShare old = ceremony.shares[0];
  const KeySet before = ceremony.keys;
  refresh(ceremony, random);
  EXPECT_EQ(ceremony.keys.key, before.key);
  EXPECT_EQ(ceremony.keys.generation, 2);
  EXPECT_NE(ceremony.keys.id(), before.id());
  EXPECT_FALSE(check_share(ceremony.keys, old));
  EXPECT_FALSE(
      verify_partial(ceremony.keys, question, evaluate_partially(ceremony.keys, old, question, random).value()));
}

TEST_F(ThreeOfFive, key_sets_survive_encoding_and_refuse_anything_else) {
  const Bytes bytes = ceremony.keys.encode();
  EXPECT_EQ(KeySet::parse(bytes).value(), ceremony.keys);
  for (std::size_t i = 0; i < bytes.size(); i += 7) EXPECT_FALSE(KeySet::parse(BytesView(bytes).first(i)));
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(KeySet::parse(longer));
  KeySet other = ceremony.keys;
  std::swap(other.shares[3], other.shares[4]);
  EXPECT_FALSE(KeySet::parse(other.encode()));
  other = ceremony.keys;
  other.threshold = 2;
  EXPECT_FALSE(KeySet::parse(other.encode()));
}

class Dealings : public testing::Test {
 protected:
  test::SeededRandom random{13};
  const SharingPlan plan = plan_of(3, 5);
  Dealing dealing = deal(plan, 2, random).value();
};

TEST_F(Dealings, a_wrong_share_shows_and_a_right_one_clears_the_dealer) {
  EXPECT_TRUE(verify_dealing(plan, dealing.open));
  for (HolderIndex i = 1; i <= 5; ++i) EXPECT_TRUE(share_fits(dealing.open, i, dealing.shares[i - 1U]));
  const Scalar wrong = dealing.shares[3] + Scalar::of(1);
  EXPECT_FALSE(share_fits(dealing.open, 4, wrong));
  EXPECT_FALSE(share_fits(dealing.open, 4, dealing.shares[2]));
  EXPECT_TRUE(complaint_holds(dealing.open, 4, wrong));
  EXPECT_TRUE(complaint_holds(dealing.open, 4, std::nullopt));
  EXPECT_FALSE(complaint_holds(dealing.open, 4, dealing.shares[3]));  // complained without reason
  EXPECT_EQ(share_of(4, {&dealing.open, 1}, {&wrong, 1}).error().code, ErrorCode::forbidden);
}

TEST_F(Dealings, nobody_deals_a_constant_they_do_not_know) {
  // The rogue: cancels another's constant and puts a key of its own in its place.
  const Dealing honest = deal(plan, 1, random).value();
  PublicDealing rogue = dealing.open;
  const Element cancelled = multiply(Scalar() - Scalar::of(1), honest.open.commitments.front()).value();
  rogue.commitments.front() = rogue.commitments.front() + cancelled;
  EXPECT_EQ(verify_dealing(plan, rogue).error().code, ErrorCode::forbidden);
  PublicDealing replayed = honest.open;  // somebody else's whole dealing under one's own name
  replayed.dealer = 3;
  EXPECT_FALSE(verify_dealing(plan, replayed));
  PublicDealing elsewhere = honest.open;
  elsewhere.plan.ceremony = sha256(as_bytes("another ceremony"));
  EXPECT_FALSE(verify_dealing(plan, elsewhere));
  EXPECT_FALSE(verify_dealing(elsewhere.plan, elsewhere));
}

TEST_F(Dealings, survive_encoding_and_refuse_anything_else) {
  const Bytes bytes = dealing.open.encode();
  EXPECT_EQ(PublicDealing::parse(bytes).value().encode(), bytes);
  EXPECT_TRUE(verify_dealing(plan, PublicDealing::parse(bytes).value()));
  EXPECT_FALSE(PublicDealing::parse(BytesView(bytes).first(bytes.size() - 1)));
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_FALSE(PublicDealing::parse(longer));
}

TEST_F(Dealings, plans_that_cannot_be_are_refused) {
  EXPECT_FALSE(check_plan(plan_of(0, 3)));
  EXPECT_FALSE(check_plan(plan_of(4, 3)));
  EXPECT_FALSE(check_plan(plan_of(2, 33)));
  EXPECT_FALSE(check_plan(plan_of(1, 3, DealingKind::refresh)));
  EXPECT_FALSE(deal(plan, 6, random));
  EXPECT_FALSE(deal(plan_of(2, 3, DealingKind::refresh), 1, random, Scalar::of(3)));
}

TEST_F(Dealings, a_dealer_counts_once) {
  const std::vector<PublicDealing> twice{dealing.open, dealing.open};
  EXPECT_FALSE(key_set_of({2027, {}, {}}, twice));
}

TEST_F(Dealings, a_witnessed_dealer_shares_a_key_that_exists) {
  const Scalar key = Scalar::random(random);
  const Dealing witnessed = deal(plan, kWitnessedDealer, random, key).value();
  const KeySet keys = key_set_of({2027, {}, {}}, {&witnessed.open, 1}).value();
  EXPECT_EQ(keys.key, multiply_generator(key).value());
  for (HolderIndex i = 1; i <= 5; ++i)
    EXPECT_TRUE(check_share(keys, share_of(i, {&witnessed.open, 1}, {&witnessed.shares[i - 1U], 1}).value()));
}

}  // namespace
}  // namespace probity::oprf
