#include "cases/rules.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "cases/record.h"

namespace probity::cases {
namespace {

constexpr TimeMs kStart = 1'800'000'000'000;

Id id_of(int number) {
  Id id;
  id.bytes[0] = static_cast<std::uint8_t>(number >> 8);
  id.bytes[1] = static_cast<std::uint8_t>(number);
  id.bytes[15] = 1;
  return id;
}

Hand hand(int number, bool may_review = true) {
  const Id account = id_of(1000 + number);
  const std::string name = "Person " + std::to_string(number);
  return {{account, name}, {events::Actor::Kind::account, account, name}, may_review, "192.0.2.1"};
}

CaseParty accused(int number) {
  CaseParty party;
  party.id = id_of(number);
  party.party = id_of(2000 + number);
  party.name = "Accused " + std::to_string(number);
  party.role = Role::recipient;
  party.accused = true;
  party.basis = Basis::unmasking;
  party.unmasked_by = hand(1).who.account;
  return party;
}

Consequence agreed(int number, int party, std::int64_t minor) {
  Consequence one;
  one.id = id_of(3000 + number);
  one.kind = ConsequenceKind::agreed_amount;
  one.case_party = id_of(party);
  one.amount.emplace();
  one.amount->agreed = {minor, "EUR"};
  return one;
}

// Owned by person 1, who also asked for the name; accused: parties 1 to `count`.
Case made(int count = 1) {
  Case of;
  of.id = id_of(1);
  of.number = "K-2026-0001";
  of.title = "A picture too early";
  of.owner = hand(1).who;
  for (int i = 1; i <= count; ++i) of.parties.push_back(accused(i));
  return of;
}

Case asked(int count = 1) {
  Case of = made(count);
  EXPECT_TRUE(investigate(of));
  EXPECT_TRUE(send_claim(of, {"You posted it.", kStart, kStart + 5 * kDay, hand(1).who}, kStart));
  return of;
}

Reply reply_of(int party, TimeMs at_ms) {
  Reply reply;
  reply.id = id_of(4000 + party);
  reply.case_party = id_of(party);
  reply.text = "I did not.";
  reply.received_ms = at_ms;
  return reply;
}

Proposal proposal(int number = 1, std::vector<Consequence> consequences = {}) {
  Proposal one;
  one.id = id_of(5000 + number);
  one.reasons = "The bound is far below one in a billion.";
  one.consequences = std::move(consequences);
  return one;
}

Case decided(std::vector<Consequence> consequences, int count = 1) {
  Case of = asked(count);
  const TimeMs now_ms = kStart + 6 * kDay;
  EXPECT_TRUE(propose(of, proposal(1, std::move(consequences)), hand(2), now_ms));
  EXPECT_TRUE(agree(of, id_of(5001), "Seen the same.", hand(3), now_ms));
  return of;
}

Appeal appeal_of(int party, TimeMs at_ms) {
  Appeal appeal;
  appeal.id = id_of(6000 + party);
  appeal.case_party = id_of(party);
  appeal.text = "It was somebody at the agency.";
  appeal.filed_ms = at_ms;
  return appeal;
}

ErrorCode code_of(const Result<void>& result) {
  EXPECT_FALSE(result);
  return result ? ErrorCode::internal : result.error().code;
}

TEST(Rules, decide_nothing_before_the_accused_could_reply) {
  Case of = made();
  EXPECT_EQ(code_of(propose(of, proposal(), hand(2), kStart)), ErrorCode::conflict);
  EXPECT_EQ(code_of(send_claim(of, {"x", kStart, kStart + kDay, {}}, kStart)), ErrorCode::invalid_argument);
  of = asked();
  EXPECT_EQ(code_of(propose(of, proposal(), hand(2), kStart + 4 * kDay)), ErrorCode::conflict);
  EXPECT_FALSE(publication_allowed(of, kStart + 4 * kDay).allowed);
  // An answer of everybody ends the wait, and so does time.
  Case answered = of;
  EXPECT_TRUE(add_reply(answered, reply_of(1, kStart + kDay), kStart + kDay));
  EXPECT_TRUE(propose(answered, proposal(), hand(2), kStart + kDay));
  EXPECT_TRUE(propose(of, proposal(), hand(2), kStart + 5 * kDay));
  // Time that was given is not taken back.
  EXPECT_EQ(code_of(send_claim(of, {"x", kStart, kStart + 4 * kDay, {}}, kStart)), ErrorCode::invalid_argument);
}

TEST(Rules, a_claim_that_says_something_else_begins_anew) {
  Case of = asked();
  EXPECT_EQ(code_of(send_claim(of, {"x", kStart, kStart + 181 * kDay, {}}, kStart)), ErrorCode::invalid_argument)
      << "a slip of the pen that nobody could take back";
  ASSERT_TRUE(add_reply(of, reply_of(1, kStart + kDay), kStart + kDay));
  ASSERT_TRUE(propose(of, proposal(), hand(2), kStart + kDay));
  // More time, and the same words: the reply is a reply to them.
  Case longer = of;
  ASSERT_TRUE(send_claim(longer, {"You posted it.", kStart + kDay, kStart + 9 * kDay, hand(1).who}, kStart + kDay));
  EXPECT_TRUE(reply_is_over(longer, kStart + kDay));
  EXPECT_EQ(longer.proposals.front().state, ProposalState::proposed);
  // Other words: nobody has answered these, and what was proposed was not about them.
  ASSERT_TRUE(send_claim(of, {"You sold it.", kStart + kDay, kStart + 9 * kDay, hand(1).who}, kStart + kDay));
  EXPECT_FALSE(reply_is_over(of, kStart + kDay));
  EXPECT_EQ(of.proposals.front().state, ProposalState::refused);
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", hand(3), kStart + 10 * kDay)), ErrorCode::conflict);
  ASSERT_TRUE(add_reply(of, reply_of(1, kStart + 2 * kDay), kStart + 2 * kDay));
  EXPECT_TRUE(reply_is_over(of, kStart + 2 * kDay));
  // So it is when somebody else is accused as well.
  Case again = asked();
  ASSERT_TRUE(add_reply(again, reply_of(1, kStart + kDay), kStart + kDay));
  ASSERT_TRUE(propose(again, proposal(), hand(2), kStart + kDay));
  begin_again(again, hand(1).who, kStart + kDay);
  EXPECT_EQ(again.state, State::investigating);
  EXPECT_EQ(again.proposals.front().state, ProposalState::refused);
}

TEST(Rules, a_decision_takes_two_people_and_not_who_asked_for_the_name) {
  Case of = asked();
  const TimeMs now_ms = kStart + 6 * kDay;
  ASSERT_TRUE(propose(of, proposal(), hand(2), now_ms));
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", hand(2), now_ms)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", hand(1), now_ms)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", hand(4, false), now_ms)), ErrorCode::forbidden);
  Hand program = hand(5);
  program.who.account.reset();
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", program, now_ms)), ErrorCode::forbidden);
  Hand key = hand(5);
  key.actor.kind = events::Actor::Kind::api_key;
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", key, now_ms)), ErrorCode::forbidden);
  ASSERT_TRUE(agree(of, id_of(5001), "yes", hand(3), now_ms));
  // The other reviewer comes too late, whichever they wanted.
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", hand(4), now_ms)), ErrorCode::conflict);
  EXPECT_EQ(code_of(refuse(of, id_of(5001), "no", hand(4), now_ms)), ErrorCode::conflict);
  EXPECT_EQ(of.decision->proposed_by, hand(2).who);
  EXPECT_EQ(of.decision->agreed_by, hand(3).who);
}

TEST(Rules, a_conflict_of_interest_asks_for_two_other_reviewers) {
  Case of = asked();
  Conflict conflict;
  conflict.account = of.owner;
  conflict.relation = Relation::colleague;
  of.conflicts.push_back(conflict);
  const TimeMs now_ms = kStart + 6 * kDay;
  EXPECT_TRUE(needs_second_reviewer(of));
  EXPECT_EQ(code_of(propose(of, proposal(), hand(1), now_ms)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(propose(of, proposal(), hand(2, false), now_ms)), ErrorCode::forbidden);
  ASSERT_TRUE(propose(of, proposal(), hand(2), now_ms));
  of.conflicts.push_back({id_of(9), hand(3).who, std::nullopt, Relation::relative, "", "", now_ms, false});
  EXPECT_EQ(code_of(agree(of, id_of(5001), "yes", hand(3), now_ms)), ErrorCode::forbidden);
  EXPECT_TRUE(agree(of, id_of(5001), "yes", hand(4), now_ms));
}

TEST(Rules, an_appeal_is_decided_by_somebody_else_and_what_it_overturns_is_void) {
  Case of = decided({agreed(1, 1, 50'000)});
  const TimeMs now_ms = kStart + 7 * kDay;
  ASSERT_TRUE(file_appeal(of, appeal_of(1, now_ms), now_ms));
  EXPECT_EQ(of.state, State::appeal);
  EXPECT_FALSE(publication_allowed(of, now_ms).allowed);
  const AppealVerdict overturned{Outcome::overturned, "Somebody else had the mailbox.", {}};
  EXPECT_EQ(code_of(decide_appeal(of, id_of(6001), overturned, hand(2), now_ms)), ErrorCode::forbidden);
  EXPECT_EQ(code_of(decide_appeal(of, id_of(6001), overturned, hand(3), now_ms)), ErrorCode::forbidden);
  ASSERT_TRUE(decide_appeal(of, id_of(6001), overturned, hand(4), now_ms));
  EXPECT_EQ(of.state, State::overturned);
  EXPECT_EQ(of.consequences.front().state, ConsequenceState::void_);
  EXPECT_TRUE(publication_allowed(of, now_ms).allowed);
  Payment late;
  late.consequence = of.consequences.front().id;
  late.amount = {100, "EUR"};
  EXPECT_EQ(code_of(check_entry(of, {}, late)), ErrorCode::conflict);
}

TEST(Rules, one_of_two_accused_may_be_cleared_alone) {
  Case of = decided({agreed(1, 1, 50'000), agreed(2, 2, 70'000)}, 2);
  const TimeMs now_ms = kStart + 7 * kDay;
  ASSERT_TRUE(file_appeal(of, appeal_of(1, now_ms), now_ms));
  ASSERT_TRUE(decide_appeal(of, id_of(6001), {Outcome::overturned, "Not this one.", {}}, hand(4), now_ms));
  EXPECT_EQ(of.state, State::decided);  // the other may still appeal
  EXPECT_EQ(of.consequences[0].state, ConsequenceState::void_);
  EXPECT_EQ(of.consequences[1].state, ConsequenceState::active);
  ASSERT_TRUE(file_appeal(of, appeal_of(2, now_ms), now_ms));
  ASSERT_TRUE(decide_appeal(of, id_of(6002), {Outcome::reduced, "Taken down in minutes.", {{id_of(3002), 20'000}}},
                            hand(4), now_ms));
  EXPECT_EQ(of.state, State::final);
  EXPECT_EQ(of.consequences[1].amount->due().minor, 50'000);
}

TEST(Rules, a_court_that_overturns_ends_what_followed) {
  Case of = decided({agreed(1, 1, 50'000)});
  EXPECT_FALSE(become_final(of, kStart + 7 * kDay));
  ASSERT_TRUE(become_final(of, of.decision->appeal_until_ms));
  Stage stage;
  stage.id = id_of(7001);
  stage.kind = StageKind::court;
  ASSERT_TRUE(add_stage(of, stage));
  EXPECT_EQ(
      code_of(end_stage(of, stage.id, {Outcome::overturned, "Set aside.", {}, kStart + 80 * kDay}, hand(4, false))),
      ErrorCode::forbidden);
  ASSERT_TRUE(end_stage(of, stage.id, {Outcome::overturned, "Set aside.", {}, kStart + 90 * kDay}, hand(4)));
  EXPECT_EQ(of.state, State::overturned);
  EXPECT_EQ(of.consequences.front().state, ConsequenceState::void_);
}

TEST(Rules, closing_waits_for_what_is_still_to_be_done) {
  Case of = decided({agreed(1, 1, 50'000)});
  EXPECT_EQ(code_of(close(of, "done", 0, hand(2), kStart + 8 * kDay)), ErrorCode::conflict);
  ASSERT_TRUE(become_final(of, of.decision->appeal_until_ms));
  EXPECT_EQ(code_of(close(of, "done", 0, hand(2), kStart + 80 * kDay)), ErrorCode::conflict);
  of.consequences.front().state = ConsequenceState::done;
  EXPECT_EQ(code_of(close(of, "done", 1, hand(2), kStart + 80 * kDay)), ErrorCode::conflict);
  EXPECT_TRUE(close(of, "done", 0, hand(2), kStart + 80 * kDay));
  EXPECT_EQ(of.state, State::closed);
  Case early = asked();
  EXPECT_EQ(code_of(close(early, "not pursued", 0, hand(2, false), kStart)), ErrorCode::forbidden);
  EXPECT_TRUE(close(early, "not pursued", 0, hand(2), kStart));
  EXPECT_FALSE(publication_allowed(early, kStart + 400 * kDay).allowed);
}

TEST(Ledger, fills_instalments_in_their_order) {
  Consequence one = agreed(1, 1, 90'000);
  one.amount->instalments = {{kStart + 10 * kDay, 30'000}, {kStart + 20 * kDay, 30'000}, {kStart + 30 * kDay, 30'000}};
  using enum InstalmentState;
  EXPECT_EQ(instalment_states(*one.amount, {45'000, "EUR"}, kStart + 11 * kDay), (std::vector{paid, part_paid, due}));
  EXPECT_EQ(instalment_states(*one.amount, {45'000, "EUR"}, kStart + 21 * kDay), (std::vector{paid, overdue, due}));
  EXPECT_TRUE(is_above_loss({13'001, "EUR"}, Loss{{10'000, "EUR"}, ""}));
  EXPECT_FALSE(is_above_loss({13'000, "EUR"}, Loss{{10'000, "EUR"}, ""}));
  EXPECT_FALSE(is_above_loss({99'000, "EUR"}, Loss{{10'000, "USD"}, ""}));
}

Stage arbitration() {
  Stage stage;
  stage.id = id_of(7001);
  stage.kind = StageKind::arbitration;
  stage.body = "Sample Chamber of Arbitration";
  stage.opened_ms = kStart + 30 * kDay;
  return stage;
}

Payment paid(const Case& of, std::int64_t minor) {
  Payment entry;
  entry.id = id_of(8000);
  entry.consequence = of.consequences.front().id;
  entry.sequence = 1;
  entry.amount = {minor, "EUR"};
  return entry;
}

TEST(Rules, a_stage_that_reduces_lowers_what_is_due_and_its_history_stays) {
  Case of = decided({agreed(1, 1, 50'000), agreed(2, 1, 7'000)});
  const std::vector<Payment> ledger{paid(of, 20'000)};
  ASSERT_TRUE(add_stage(of, arbitration()));
  const TimeMs at_ms = kStart + 60 * kDay;
  const auto reduced = [&](std::vector<Reduction> by) {
    return end_stage(of, id_of(7001), {Outcome::reduced, "Above the loss.", std::move(by), at_ms}, hand(4));
  };
  const Case before = of;
  EXPECT_EQ(code_of(reduced({})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(reduced({{id_of(9), 1}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(reduced({{id_of(3001), 50'001}})), ErrorCode::invalid_argument);
  // All or nothing: what was fine of a verdict that is refused is not kept.
  EXPECT_EQ(code_of(reduced({{id_of(3001), 10'000}, {id_of(3002), 8'000}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(end_stage(of, id_of(7001), {Outcome::upheld, "x", {{id_of(3001), 1}}, at_ms}, hand(4))),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(end_stage(of, id_of(7001), {Outcome::upheld, "x", {}, kStart}, hand(4))),
            ErrorCode::invalid_argument)
      << "it ended before it began";
  EXPECT_EQ(of, before);
  ASSERT_TRUE(reduced({{id_of(3001), 35'000}}));
  settle(of, ledger, at_ms);
  const AgreedAmount& amount = *of.consequences.front().amount;
  EXPECT_EQ(amount.agreed.minor, 50'000) << "what was signed stays as it was signed";
  ASSERT_EQ(amount.changes.size(), 1U);
  EXPECT_EQ(amount.changes.front(), (AmountChange{at_ms, "arbitration", 35'000, 15'000, "Above the loss."}));
  const Balance balance = balance_of(of.consequences.front(), ledger);
  EXPECT_EQ(balance.due.minor, 15'000);
  EXPECT_EQ(balance.outstanding.minor, -5'000) << "what was paid too much goes back";
  EXPECT_EQ(of.consequences.front().state, ConsequenceState::done);
  Payment back = paid(of, -5'000);
  back.id = id_of(8001);
  back.kind = EntryKind::correction;
  back.corrects = id_of(8000);
  EXPECT_TRUE(check_entry(of, ledger, back));
  EXPECT_EQ(case_from_record(case_to_record(of)), of);
  EXPECT_EQ(code_of(reduced({{id_of(3001), 1}})), ErrorCode::conflict) << "once";
}

TEST(Rules, a_payment_that_is_sent_twice_is_recorded_once) {
  const Case of = decided({agreed(1, 1, 50'000)});
  const Payment first = paid(of, 20'000);
  Payment again = first;
  again.id = id_of(8002);
  again.sequence = 2;
  EXPECT_EQ(code_of(check_entry(of, std::vector{first}, again)), ErrorCode::conflict);
  again.reference = "second instalment";
  EXPECT_TRUE(check_entry(of, std::vector{first}, again));
}

TEST(Rules, a_stage_that_voids_clears_the_amount_and_nothing_else) {
  Consequence warning;
  warning.id = id_of(3009);
  warning.case_party = id_of(1);
  Case of = decided({agreed(1, 1, 50'000), warning});
  ASSERT_TRUE(add_stage(of, arbitration()));
  ASSERT_TRUE(
      end_stage(of, id_of(7001), {Outcome::void_, "The clause does not bind.", {}, kStart + 60 * kDay}, hand(4)));
  EXPECT_EQ(of.consequences[0].state, ConsequenceState::void_);
  EXPECT_EQ(of.consequences[1].state, ConsequenceState::active);
  EXPECT_EQ(of.state, State::decided);
  const std::vector<Payment> ledger{paid(of, 20'000)};
  EXPECT_EQ(balance_of(of.consequences[0], ledger).due.minor, 0);
  EXPECT_EQ(balance_of(of.consequences[0], ledger).outstanding.minor, -20'000);
  settle(of, ledger, kStart + 60 * kDay);
  EXPECT_EQ(of.consequences[0].state, ConsequenceState::void_) << "money does not revive it";
  EXPECT_EQ(code_of(check_entry(of, ledger, paid(of, 1))), ErrorCode::conflict);
  // An appeal knows no such outcome.
  ASSERT_TRUE(file_appeal(of, appeal_of(1, kStart + 7 * kDay), kStart + 7 * kDay));
  EXPECT_EQ(code_of(decide_appeal(of, id_of(6001), {Outcome::void_, "x", {}}, hand(4), kStart + 8 * kDay)),
            ErrorCode::invalid_argument);
}

Hold hold_of(int number, int party) {
  Hold hold;
  hold.id = id_of(9000 + number);
  hold.case_party = id_of(party);
  hold.party = id_of(2000 + party);
  hold.reason = "More of it is coming out.";
  hold.since_ms = kStart;
  return hold;
}

TEST(Rules, access_is_withheld_until_the_decision_and_lapses_with_the_case) {
  Case of = made(2);
  ASSERT_TRUE(withhold(of, hold_of(1, 1), hand(2, false)));
  EXPECT_EQ(code_of(withhold(of, hold_of(2, 1), hand(2))), ErrorCode::conflict);
  EXPECT_EQ(code_of(withhold(of, hold_of(2, 7), hand(2))), ErrorCode::invalid_argument);
  Hold strange = hold_of(2, 2);
  strange.party = id_of(2001);
  EXPECT_EQ(code_of(withhold(of, strange, hand(2))), ErrorCode::invalid_argument) << "somebody else's access";
  Hand key = hand(2);
  key.actor.kind = events::Actor::Kind::api_key;
  EXPECT_EQ(code_of(withhold(of, hold_of(2, 2), key)), ErrorCode::forbidden);
  Case conflicted = of;
  conflicted.conflicts.push_back({id_of(1), hand(2).who, id_of(1), Relation::relative, "", "", kStart, false});
  EXPECT_EQ(code_of(withhold(conflicted, hold_of(2, 2), hand(2))), ErrorCode::forbidden);
  EXPECT_EQ(code_of(release(conflicted, id_of(9001), "x", hand(2), kStart)), ErrorCode::forbidden);

  Case released = of;
  ASSERT_TRUE(release(released, id_of(9001), "It was taken down.", hand(3), kStart + kDay));
  EXPECT_EQ(code_of(release(released, id_of(9001), "x", hand(3), kStart)), ErrorCode::conflict);
  EXPECT_TRUE(withhold(released, hold_of(2, 1), hand(2))) << "and once more, if need be";

  Case closed = of;
  ASSERT_TRUE(close(closed, "Not pursued.", 0, hand(4), kStart + kDay));
  EXPECT_EQ(closed.holds.front().ended_ms, kStart + kDay);
  EXPECT_EQ(closed.holds.front().ended_reason, "closed");
  EXPECT_EQ(code_of(withhold(closed, hold_of(2, 2), hand(2))), ErrorCode::conflict);

  ASSERT_TRUE(send_claim(of, {"You posted it.", kStart, kStart + 5 * kDay, hand(1).who}, kStart));
  ASSERT_TRUE(propose(of, proposal(), hand(2), kStart + 6 * kDay));
  EXPECT_FALSE(of.holds.front().ended_ms);
  ASSERT_TRUE(agree(of, id_of(5001), "Seen the same.", hand(3), kStart + 6 * kDay));
  EXPECT_EQ(of.holds.front().ended_ms, kStart + 6 * kDay);
  EXPECT_EQ(code_of(withhold(of, hold_of(2, 2), hand(2))), ErrorCode::conflict);
  EXPECT_EQ(case_from_record(case_to_record(of)), of);
}

TEST(Money, reads_and_writes_each_currency_by_its_own_unit) {
  EXPECT_EQ(parse_money("50000.5", "EUR")->minor, 5'000'050);
  EXPECT_EQ(parse_money("50000", "JPY")->minor, 50'000);
  EXPECT_EQ(parse_money("1.250", "KWD")->minor, 1'250);
  EXPECT_EQ(parse_money("1.50", "CNY")->minor, 150);
  EXPECT_FALSE(parse_money("1.5", "JPY"));
  EXPECT_FALSE(parse_money("1.001", "EUR"));
  EXPECT_FALSE(parse_money("-1", "EUR"));
  EXPECT_FALSE(parse_money("1.", "EUR"));
  EXPECT_FALSE(parse_money("1", "eur"));
  EXPECT_FALSE(parse_money("999999999999999", "EUR"));
  EXPECT_EQ(decimal_of({5, "EUR"}), "0.05");
  EXPECT_EQ(decimal_of({-1234, "KWD"}), "-1.234");
  EXPECT_EQ(money_text({5'000'050, "EUR"}), "EUR 50,000.50");
  EXPECT_EQ(money_text({-100, "CNY"}, commitments::Locale::zh), "-1.00 元人民币");
}

// --- over random histories

// From the whole range in every run: sizes grow with rapidcheck's otherwise.
template <class Number>
rc::Gen<Number> wide(Number from, Number to) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<Number>(from, to));
}

struct History {
  Case of = made(2);
  std::vector<Payment> ledger;
  TimeMs now_ms = kStart;
  std::vector<State> states{State::open};
};

Hand somebody() { return hand(*wide(1, 6), *rc::gen::weightedElement<bool>({{4, true}, {1, false}})); }

void pay(History& history) {
  if (history.of.consequences.empty()) return;
  Payment entry;
  entry.id = id_of(8000 + static_cast<int>(history.ledger.size()));
  entry.consequence = (*rc::gen::elementOf(history.of.consequences)).id;
  entry.sequence = static_cast<std::int64_t>(history.ledger.size()) + 1;
  entry.amount = {*wide<std::int64_t>(-40'000, 40'000), "EUR"};
  if (!history.ledger.empty() && *rc::gen::arbitrary<bool>()) {
    entry.kind = EntryKind::correction;
    entry.corrects = (*rc::gen::elementOf(history.ledger)).id;
  }
  if (!check_entry(history.of, history.ledger, entry)) return;
  history.ledger.push_back(entry);
  settle(history.of, history.ledger, history.now_ms);
}

void appeal_or_judge(History& history) {
  const int party = *wide(1, 3);
  if (*rc::gen::arbitrary<bool>()) {
    (void)file_appeal(history.of, appeal_of(party, history.now_ms), history.now_ms);
    return;
  }
  AppealVerdict verdict;
  verdict.outcome = *rc::gen::element(Outcome::upheld, Outcome::reduced, Outcome::overturned);
  if (verdict.outcome == Outcome::reduced)
    verdict.reductions.push_back({id_of(3000 + party), *wide<std::int64_t>(1, 60'000)});
  (void)decide_appeal(history.of, id_of(6000 + party), verdict, somebody(), history.now_ms);
  settle(history.of, history.ledger, history.now_ms);
}

// Tries one thing; most of what is tried is refused.
void step(History& history) {
  Case& of = history.of;
  // The newest proposal, and now and then one that is not there.
  const int number = static_cast<int>(of.proposals.size()) + (*wide(0, 8) == 0 ? 1 : 0);
  switch (*wide(0, 11)) {
    case 0:
      history.now_ms += *wide<TimeMs>(0, 20) * kDay;
      break;
    case 1:
      (void)investigate(of);
      break;
    case 2:
      // Sent again it gives more time, which often would leave none for anything else.
      if (!of.claim || *wide(0, 7) == 0)
        (void)send_claim(of, {"x", history.now_ms, history.now_ms + *wide<TimeMs>(1, 9) * kDay, {}}, history.now_ms);
      break;
    case 3:
      (void)add_reply(of, reply_of(*wide(1, 3), history.now_ms), history.now_ms);
      break;
    case 4: {
      Proposal one = proposal(static_cast<int>(of.proposals.size()) + 1, {agreed(1, 1, 50'000), agreed(2, 2, 70'000)});
      (void)propose(of, one, somebody(), history.now_ms);
      break;
    }
    case 5:
      (void)agree(of, id_of(5000 + number), "yes", somebody(), history.now_ms);
      break;
    case 6:
      if (*wide(0, 3) == 0) (void)refuse(of, id_of(5000 + number), "no", somebody(), history.now_ms);
      break;
    case 7:
      appeal_or_judge(history);
      break;
    case 8:
      (void)become_final(of, history.now_ms);
      break;
    case 9:
      pay(history);
      break;
    default:
      // Seldom: nothing happens in a closed case.
      if (*wide(0, 30) == 0) (void)close(of, "done", 0, somebody(), history.now_ms);
      break;
  }
  if (history.states.back() != of.state) history.states.push_back(of.state);
}

void check_history(const History& history) {
  const Case& of = history.of;
  if (of.decision) {
    // Two people, neither of whom asked for the name and agreed to it; never before the reply.
    RC_ASSERT(of.decision->proposed_by.account != of.decision->agreed_by.account);
    RC_ASSERT(!asked_to_unmask(of, of.decision->agreed_by));
    RC_ASSERT(of.claim.has_value());
    const auto replied = [&](const CaseParty* party) {
      return std::ranges::any_of(of.replies, [&](const Reply& one) { return one.case_party == party->id; });
    };
    const auto all = of.accused();
    RC_ASSERT(of.decision->decided_ms >= of.claim->reply_until_ms || std::ranges::all_of(all, replied));
    const auto at = std::ranges::find(history.states, State::decided);
    RC_ASSERT(at != history.states.end() && at != history.states.begin());
    RC_ASSERT(*(at - 1) == State::reply);
  }
  for (const Appeal& one : of.appeals)
    if (one.decided_by) {
      RC_ASSERT(one.decided_by->account != of.decision->proposed_by.account);
      RC_ASSERT(one.decided_by->account != of.decision->agreed_by.account);
    }
  for (const Consequence& one : of.consequences) {
    std::int64_t sum = 0;
    for (const Payment& entry : history.ledger)
      if (entry.consequence == one.id) sum += entry.amount.minor;
    const Balance balance = balance_of(one, history.ledger);
    RC_ASSERT(balance.paid.minor == sum);
    RC_ASSERT(sum >= 0);
    RC_ASSERT(balance.due.minor == balance.paid.minor + balance.outstanding.minor);
    RC_ASSERT(balance.due.minor >= 0 && balance.due.minor <= one.amount->agreed.minor);
    if (one.state == ConsequenceState::active) RC_ASSERT(balance.outstanding.minor > 0);
  }
  // Nothing that names somebody goes out before its time.
  if (publication_allowed(of, history.now_ms).allowed) RC_ASSERT(of.decision.has_value());
}

TEST(Histories, keep_two_people_the_reply_and_the_sums) {
  int decided_ones = 0, appealed = 0, paid = 0;
  EXPECT_TRUE(rc::check("whatever is tried in whatever order", [&] {
    History history;
    const int steps = *wide(0, 400);
    for (int i = 0; i < steps; ++i) {
      step(history);
      check_history(history);
    }
    decided_ones += history.of.decision ? 1 : 0;
    appealed += history.of.appeals.empty() ? 0 : 1;
    paid += history.ledger.empty() ? 0 : 1;
    // Kept and read again it is the same case.
    const auto again = case_from_record(case_to_record(history.of));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == history.of);
  }));
  // The histories were not all about cases that went nowhere.
  EXPECT_GT(decided_ones, 20);
  EXPECT_GT(appealed, 5);
  EXPECT_GT(paid, 5);
}

TEST(Record, refuses_what_it_did_not_write) {
  EXPECT_FALSE(case_from_record(""));
  EXPECT_FALSE(case_from_record("[]"));
  EXPECT_FALSE(case_from_record(R"({"state":"surely not"})"));
  EXPECT_FALSE(case_from_record(R"({"parties":[{"id":7}]})"));
  EXPECT_TRUE(case_from_record("{}"));
}

}  // namespace
}  // namespace probity::cases
