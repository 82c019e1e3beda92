#include "cases/rules.h"

#include <algorithm>

namespace probity::cases {
namespace {

tl::unexpected<Error> not_now(const char* message, const char* hint = "") {
  return fail(ErrorCode::conflict, message, hint);
}

template <class Items>
auto* find_in(Items& items, const Id& id) {
  const auto found = std::ranges::find_if(items, [&](const auto& one) { return one.id == id; });
  return found == items.end() ? nullptr : &*found;
}

bool is_same(const Who& a, const Who& b) { return a.account && b.account && *a.account == *b.account; }

// Two people can only be told apart when both are accounts.
Result<void> check_account(const Hand& hand) {
  if (!hand.who.account || hand.actor.kind == events::Actor::Kind::api_key)
    return fail(ErrorCode::forbidden, "a decision is taken by people with an account", "sign in as yourself");
  return {};
}

Result<void> check_not_conflicted(const Case& of, const Hand& hand) {
  if (is_conflicted(of, hand.who))
    return fail(ErrorCode::forbidden, "a conflict of interest of yours stands in this case",
                "somebody else has to do this");
  return {};
}

Result<void> check_reviewer(const Case& of, const Hand& hand) {
  TRY(check_account(hand));
  if (!hand.may_review) return fail(ErrorCode::forbidden, "this takes a reviewer", "ask an account with that role");
  return check_not_conflicted(of, hand);
}

bool all_appeals_decided(const Case& of) {
  return std::ranges::all_of(of.appeals, [](const Appeal& one) { return one.state == AppealState::decided; });
}

void make_void(Case& of, const std::optional<Id>& case_party, const std::string& reason) {
  for (Consequence& one : of.consequences)
    if (!case_party || one.case_party == *case_party) {
      one.state = ConsequenceState::void_;
      one.reason = reason;
    }
}

bool is_overturned_for(const Case& of, const Id& case_party) {
  return std::ranges::any_of(of.appeals, [&](const Appeal& one) {
    return one.case_party == case_party && one.outcome == Outcome::overturned;
  });
}

Result<void> check_consequences(const Case& of, const Proposal& proposal) {
  if (proposal.finding != Finding::breach && !proposal.consequences.empty())
    return fail(ErrorCode::invalid_argument, "nothing follows from a decision that finds no breach");
  for (const Consequence& one : proposal.consequences) {
    const CaseParty* party = of.party(one.case_party);
    if (party == nullptr || !party->accused)
      return fail(ErrorCode::invalid_argument, "a consequence is for an accused party of the case");
    if ((one.kind == ConsequenceKind::agreed_amount) != one.amount.has_value())
      return fail(ErrorCode::invalid_argument, "an agreed amount comes from a commitment");
  }
  return {};
}

void end_hold(Hold& hold, const std::string& by, const std::string& reason, TimeMs now_ms) {
  hold.ended_ms = now_ms;
  hold.ended_by = by;
  hold.ended_reason = reason;
}

// What was withheld for the time until the decision.
void lapse_holds(Case& of, const std::string& by, const std::string& reason, TimeMs now_ms) {
  for (Hold& hold : of.holds)
    if (!hold.ended_ms) end_hold(hold, by, reason, now_ms);
}

void end_proposals(Case& of, const Who& by, const std::string& reason, TimeMs now_ms) {
  for (Proposal& one : of.proposals)
    if (one.state == ProposalState::proposed) {
      one.state = ProposalState::refused;
      one.ended_by = by;
      one.ended_ms = now_ms;
      one.ended_reason = reason;
    }
}

bool stands(const Consequence& one) {
  return one.state == ConsequenceState::active || one.state == ConsequenceState::done;
}

// Takes more off what is due; instalments that lie last get shorter or go.
Result<void> reduce(Consequence& one, std::int64_t minor, const std::string& source, const std::string& reason,
                    TimeMs now_ms) {
  if (!one.amount || !stands(one))
    return fail(ErrorCode::invalid_argument, "only an agreed amount that stands can be reduced");
  if (minor <= 0 || minor > one.amount->due().minor)
    return fail(ErrorCode::invalid_argument, "a reduction takes off at most what is due");
  one.amount->reduction_minor += minor;
  one.amount->reduction_reason = reason;
  one.amount->changes.push_back({now_ms, source, minor, one.amount->due().minor, reason});
  auto& plan = one.amount->instalments;
  while (minor > 0 && !plan.empty()) {
    const std::int64_t off = std::min(minor, plan.back().minor);
    plan.back().minor -= off;
    minor -= off;
    if (plan.back().minor == 0) plan.pop_back();
  }
  return {};
}

}  // namespace

bool is_conflicted(const Case& of, const Who& who) {
  return std::ranges::any_of(of.conflicts, [&](const Conflict& one) { return is_same(one.account, who); });
}

bool needs_second_reviewer(const Case& of) {
  return is_conflicted(of, of.owner) || (of.reviewer && is_conflicted(of, *of.reviewer));
}

bool asked_to_unmask(const Case& of, const Who& who) {
  return who.account && std::ranges::any_of(of.parties, [&](const CaseParty& one) {
           return one.unmasked_by && *one.unmasked_by == *who.account;
         });
}

bool is_ended(const Case& of) { return of.state == State::closed || of.state == State::overturned; }

Result<void> withhold(Case& of, const Hold& hold, const Hand& hand) {
  TRY(check_account(hand));
  TRY(check_not_conflicted(of, hand));
  if (of.decision || is_ended(of)) return not_now("access is withheld before the decision; afterwards it decides");
  const CaseParty* party = of.party(hold.case_party);
  if (party == nullptr || !party->accused || party->party != hold.party)
    return fail(ErrorCode::invalid_argument, "case_party: access is withheld from an accused party of the case");
  if (std::ranges::any_of(of.holds,
                          [&](const Hold& one) { return one.case_party == hold.case_party && !one.ended_ms; }))
    return not_now("access of this party is withheld already");
  of.holds.push_back(hold);
  return {};
}

Result<void> release(Case& of, const Id& id, const std::string& reason, const Hand& hand, TimeMs now_ms) {
  Hold* hold = find_in(of.holds, id);
  if (hold == nullptr) return fail(ErrorCode::not_found, "there is no such hold");
  if (hold->ended_ms) return not_now("this has ended already");
  TRY(check_account(hand));
  TRY(check_not_conflicted(of, hand));
  end_hold(*hold, hand.who.name, reason, now_ms);
  return {};
}

void begin_again(Case& of, const Who& by, TimeMs now_ms) {
  end_proposals(of, by, "somebody else is accused as well", now_ms);
  of.state = State::investigating;
  of.claim.reset();
}

Result<void> investigate(Case& of) {
  if (of.state != State::open) return not_now("this case is being investigated already");
  of.state = State::investigating;
  return {};
}

Result<void> send_claim(Case& of, const Claim& claim, TimeMs now_ms) {
  if (of.state != State::open && of.state != State::investigating && of.state != State::reply)
    return not_now("a reply is asked for before the decision");
  if (of.accused().empty()) return not_now("nobody is accused", "add a party with what accusing it rests on");
  if (claim.reply_until_ms < now_ms + kLeastReplyTime)
    return fail(ErrorCode::invalid_argument, "reply_until: the accused get three days at least");
  // Nobody could take a slip of the pen back, and the case would never be decided.
  if (claim.reply_until_ms > now_ms + kMostReplyTime)
    return fail(ErrorCode::invalid_argument, "reply_until: within half a year is expected");
  if (of.claim && claim.reply_until_ms < of.claim->reply_until_ms)
    return fail(ErrorCode::invalid_argument, "reply_until: time once given is not taken back");
  const bool says_the_same = of.claim && of.claim->text == claim.text;
  const TimeMs first_sent_ms = says_the_same ? of.claim->sent_ms : claim.sent_ms;
  if (of.claim && !says_the_same) end_proposals(of, claim.sent_by, "the claim was sent anew", now_ms);
  of.claim = claim;
  of.claim->sent_ms = first_sent_ms;
  of.state = State::reply;
  return {};
}

Result<void> add_reply(Case& of, const Reply& reply, TimeMs now_ms) {
  if (!of.claim) return not_now("no reply was asked for yet", "send the claim first");
  if (is_ended(of)) return not_now("this case has ended");
  const CaseParty* party = of.party(reply.case_party);
  if (party == nullptr || !party->accused)
    return fail(ErrorCode::invalid_argument, "a reply is given by an accused party of the case");
  if (reply.received_ms > now_ms + kDay || reply.received_ms < of.claim->sent_ms - kDay)
    return fail(ErrorCode::invalid_argument, "received_at: a time since the claim was sent is expected");
  of.replies.push_back(reply);
  of.replies.back().claim_ms = of.claim->sent_ms;
  return {};
}

bool reply_is_over(const Case& of, TimeMs now_ms) {
  if (!of.claim) return false;
  if (now_ms >= of.claim->reply_until_ms) return true;
  const auto accused = of.accused();
  return !accused.empty() && std::ranges::all_of(accused, [&](const CaseParty* party) {
    return std::ranges::any_of(of.replies, [&](const Reply& one) {
      // Older records do not say which claim it was.
      const bool is_of_it =
          one.claim_ms ? *one.claim_ms == of.claim->sent_ms : one.received_ms >= of.claim->sent_ms - kDay;
      return one.case_party == party->id && is_of_it;
    });
  });
}

Result<void> may_propose(const Case& of, const Hand& hand, TimeMs now_ms) {
  TRY(check_account(hand));
  TRY(check_not_conflicted(of, hand));
  if (of.state != State::reply)
    return not_now("a decision is proposed after the accused were asked to reply", "send the claim first");
  if (!reply_is_over(of, now_ms)) return not_now("the time to reply is still running");
  if (needs_second_reviewer(of) && !hand.may_review)
    return fail(ErrorCode::forbidden, "the owner or the reviewer of this case is too close to a party",
                "two reviewers who are not have to decide");
  if (std::ranges::any_of(of.proposals, [](const Proposal& one) { return one.state == ProposalState::proposed; }))
    return not_now("a proposal waits for agreement already", "agree to it or refuse it first");
  return {};
}

Result<void> propose(Case& of, const Proposal& proposal, const Hand& hand, TimeMs now_ms) {
  TRY(may_propose(of, hand, now_ms));
  if (proposal.appeal_days < kLeastAppealDays || proposal.appeal_days > kMostAppealDays)
    return fail(ErrorCode::invalid_argument, "appeal_days: between 7 and 180 days are expected");
  TRY(check_consequences(of, proposal));
  Proposal one = proposal;
  one.state = ProposalState::proposed;
  one.proposed_by = hand.who;
  one.proposed_ms = now_ms;
  of.proposals.push_back(std::move(one));
  return {};
}

Result<void> agree(Case& of, const Id& id, const std::string& reason, const Hand& hand, TimeMs now_ms) {
  Proposal* proposal = find_in(of.proposals, id);
  if (proposal == nullptr) return fail(ErrorCode::not_found, "there is no such proposal");
  if (proposal->state != ProposalState::proposed || of.state != State::reply)
    return not_now("somebody else was first: this proposal is no longer open");
  TRY(check_reviewer(of, hand));
  if (is_same(proposal->proposed_by, hand.who))
    return fail(ErrorCode::forbidden, "a decision takes two people", "somebody else has to agree to what you propose");
  if (asked_to_unmask(of, hand.who))
    return fail(ErrorCode::forbidden, "you asked for the name of the accused",
                "naming somebody and deciding about them take two people");
  // The claim may have been sent again, with more time, since the decision was proposed.
  if (!reply_is_over(of, now_ms)) return not_now("the time to reply is still running");
  proposal->state = ProposalState::agreed;
  proposal->ended_by = hand.who;
  proposal->ended_ms = now_ms;
  proposal->ended_reason = reason;
  Decision decision;
  decision.proposal = proposal->id;
  decision.finding = proposal->finding;
  decision.reasons = proposal->reasons;
  decision.proposed_by = proposal->proposed_by;
  decision.agreed_by = hand.who;
  decision.agreed_reason = reason;
  decision.decided_ms = now_ms;
  decision.appeal_until_ms = now_ms + proposal->appeal_days * kDay;
  of.decision = decision;
  of.consequences = proposal->consequences;
  for (Consequence& one : of.consequences) one.state = ConsequenceState::active;
  of.state = State::decided;
  lapse_holds(of, hand.who.name, "decided", now_ms);
  return {};
}

Result<void> refuse(Case& of, const Id& id, const std::string& reason, const Hand& hand, TimeMs now_ms) {
  Proposal* proposal = find_in(of.proposals, id);
  if (proposal == nullptr) return fail(ErrorCode::not_found, "there is no such proposal");
  if (proposal->state != ProposalState::proposed)
    return not_now("somebody else was first: this proposal is no longer open");
  // Whoever proposed may take it back.
  if (!is_same(proposal->proposed_by, hand.who)) TRY(check_reviewer(of, hand));
  proposal->state = ProposalState::refused;
  proposal->ended_by = hand.who;
  proposal->ended_ms = now_ms;
  proposal->ended_reason = reason;
  return {};
}

Result<void> file_appeal(Case& of, const Appeal& appeal, TimeMs now_ms) {
  const CaseParty* party = of.party(appeal.case_party);
  if (party == nullptr || !party->accused)
    return fail(ErrorCode::invalid_argument, "an appeal is filed by an accused party of the case");
  if (!of.decision || (of.state != State::decided && of.state != State::appeal))
    return not_now("there is no decision to appeal against, or it is final");
  if (appeal.filed_ms > now_ms + kDay) return fail(ErrorCode::invalid_argument, "filed_at: a time ahead");
  if (std::min(appeal.filed_ms, now_ms) >= of.decision->appeal_until_ms)
    return not_now("the time to appeal has passed");
  if (std::ranges::any_of(of.appeals, [&](const Appeal& one) { return one.case_party == appeal.case_party; }))
    return not_now("this party has appealed already");
  Appeal one = appeal;
  one.state = AppealState::filed;
  of.appeals.push_back(std::move(one));
  of.state = State::appeal;
  return {};
}

Result<void> decide_appeal(Case& of, const Id& id, const AppealVerdict& verdict, const Hand& hand, TimeMs now_ms) {
  Appeal* appeal = find_in(of.appeals, id);
  if (appeal == nullptr) return fail(ErrorCode::not_found, "there is no such appeal");
  if (appeal->state != AppealState::filed || of.state != State::appeal)
    return not_now("somebody else was first: this appeal is decided");
  TRY(check_reviewer(of, hand));
  if (is_same(of.decision->proposed_by, hand.who) || is_same(of.decision->agreed_by, hand.who))
    return fail(ErrorCode::forbidden, "an appeal is decided by somebody who did not decide the case");
  if (verdict.outcome != Outcome::upheld && verdict.outcome != Outcome::reduced &&
      verdict.outcome != Outcome::overturned)
    return fail(ErrorCode::invalid_argument, "outcome: upheld, reduced or overturned is expected");
  if ((verdict.outcome == Outcome::reduced) == verdict.reductions.empty())
    return fail(ErrorCode::invalid_argument, "reductions: name what is reduced, and only of a reduced outcome");
  std::vector<Consequence> after = of.consequences;
  for (const Reduction& one : verdict.reductions) {
    Consequence* consequence = find_in(after, one.consequence);
    if (consequence == nullptr || consequence->case_party != appeal->case_party)
      return fail(ErrorCode::invalid_argument, "reductions: there is no such consequence for that party");
    TRY(reduce(*consequence, one.minor, "appeal", verdict.reasons, now_ms));
  }
  of.consequences = std::move(after);
  appeal->state = AppealState::decided;
  appeal->outcome = verdict.outcome;
  appeal->reasons = verdict.reasons;
  appeal->decided_by = hand.who;
  appeal->decided_ms = now_ms;
  if (verdict.outcome == Outcome::overturned) make_void(of, appeal->case_party, verdict.reasons);
  const auto accused = of.accused();
  if (std::ranges::all_of(accused, [&](const CaseParty* one) { return is_overturned_for(of, one->id); }))
    of.state = State::overturned;
  else if (all_appeals_decided(of))
    // Who has not appealed yet keeps the time that is left.
    of.state =
        now_ms >= of.decision->appeal_until_ms || of.appeals.size() == accused.size() ? State::final : State::decided;
  return {};
}

bool become_final(Case& of, TimeMs now_ms) {
  if (of.state != State::decided || !of.decision || now_ms < of.decision->appeal_until_ms) return false;
  of.state = State::final;
  return true;
}

Result<void> add_stage(Case& of, const Stage& stage) {
  if (!of.decision) return not_now("a case goes to arbitration or court after its decision");
  of.stages.push_back(stage);
  return {};
}

namespace {

Result<void> reduce_by_stage(Case& of, const StageVerdict& verdict, const std::string& source) {
  const bool has_amount = std::ranges::any_of(
      of.consequences, [](const Consequence& one) { return one.amount && stands(one) && one.amount->due().minor > 0; });
  if (verdict.outcome != Outcome::reduced || !has_amount) {
    if (verdict.reductions.empty()) return {};
    return fail(ErrorCode::invalid_argument, "reductions: only of a reduced outcome, and of an agreed amount");
  }
  if (verdict.reductions.empty())
    return fail(ErrorCode::invalid_argument, "reductions: say which agreed amount is lowered, and by how much");
  std::vector<Consequence> after = of.consequences;
  for (const Reduction& one : verdict.reductions) {
    Consequence* consequence = find_in(after, one.consequence);
    if (consequence == nullptr)
      return fail(ErrorCode::invalid_argument, "reductions: there is no such consequence in this case");
    TRY(reduce(*consequence, one.minor, source, verdict.text, verdict.ended_ms));
  }
  of.consequences = std::move(after);
  return {};
}

void make_amounts_void(Case& of, const StageVerdict& verdict, const std::string& source) {
  for (Consequence& one : of.consequences) {
    if (!one.amount || !stands(one)) continue;
    one.amount->changes.push_back({verdict.ended_ms, source, one.amount->due().minor, 0, verdict.text});
    one.state = ConsequenceState::void_;
    one.reason = verdict.text;
  }
}

}  // namespace

Result<void> end_stage(Case& of, const Id& id, const StageVerdict& verdict, const Hand& hand) {
  Stage* stage = find_in(of.stages, id);
  if (stage == nullptr) return fail(ErrorCode::not_found, "there is no such stage");
  if (stage->state == StageState::ended) return not_now("how this stage ended is recorded already");
  TRY(check_reviewer(of, hand));
  if (verdict.ended_ms < stage->opened_ms)
    return fail(ErrorCode::invalid_argument, "ended_at: nothing ends before it began");
  const std::string source(name_of(stage->kind));
  TRY(reduce_by_stage(of, verdict, source));
  stage->state = StageState::ended;
  stage->outcome = verdict.outcome;
  stage->text = verdict.text;
  stage->ended_ms = verdict.ended_ms;
  if (verdict.outcome == Outcome::void_) make_amounts_void(of, verdict, source);
  if (verdict.outcome == Outcome::overturned) {
    make_void(of, std::nullopt, verdict.text);
    of.state = State::overturned;
  }
  return {};
}

Result<void> close(Case& of, const std::string& reason, std::size_t open_rectifications, const Hand& hand,
                   TimeMs now_ms) {
  if (is_ended(of)) return not_now("this case has ended already");
  if (of.state == State::decided || of.state == State::appeal)
    return not_now("the decision is not final yet",
                   "wait for the time to appeal to pass, or for the appeal's decision");
  if (of.state == State::final) {
    if (std::ranges::any_of(of.consequences,
                            [](const Consequence& one) { return one.state == ConsequenceState::active; }))
      return not_now("something of the decision is still to be done", "record it as done, or waive it with the reason");
    if (open_rectifications > 0) return not_now("a rectification is still open");
  } else if (!of.accused().empty()) {
    // Not pursued although somebody was accused: that takes a reviewer, and leaves no open proposal behind.
    TRY(check_reviewer(of, hand));
  }
  end_proposals(of, hand.who, reason, now_ms);
  lapse_holds(of, hand.who.name, "closed", now_ms);
  of.state = State::closed;
  of.closed_ms = now_ms;
  of.close_reason = reason;
  return {};
}

}  // namespace probity::cases
