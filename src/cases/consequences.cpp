// The verbs of what follows from a decision: the agreed amount as signed, the ledger, apology, training, access.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cases/service.h"
#include "commitments/desk.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

using commitments::Commitment;

constexpr std::uint32_t kPage = 500;

Result<void> check_plan(const AgreedAmount& amount, TimeMs now_ms) {
  if (amount.instalments.empty()) return {};
  std::int64_t sum = 0;
  TimeMs before_ms = now_ms - kDay;
  for (const Instalment& one : amount.instalments) {
    if (one.minor <= 0 || one.minor > kMostMinor) return fail(ErrorCode::invalid_argument, "instalments: minor");
    if (one.due_ms <= before_ms)
      return fail(ErrorCode::invalid_argument, "instalments: each has a day still to come, after the one before");
    before_ms = one.due_ms;
    sum += one.minor;
  }
  if (sum != amount.due().minor)
    return fail(ErrorCode::invalid_argument,
                fmt::format("instalments: together they are {}, and {} is due",
                            money_text({sum, amount.agreed.currency}), money_text(amount.due())));
  return {};
}

std::vector<std::string> liable_names(const Commitment& commitment) {
  std::vector<std::string> names;
  if (commitment.terms.liable != commitments::Liable::organisation) names.push_back(commitment.party_name);
  if (commitment.terms.liable != commitments::Liable::person && !commitment.organisation_name.empty())
    names.push_back(commitment.organisation_name);
  return names;
}

}  // namespace

Result<AgreedAmount> CaseService::amount_as_signed(const CaseParty& party, const NewConsequence& wanted) const {
  const auto id = wanted.commitment ? wanted.commitment : party.commitment;
  if (!id)
    return fail(ErrorCode::invalid_argument, "commitment: an agreed amount comes from a signed commitment",
                "say which one was broken");
  const auto detail = desk_.ports().commitments.detail(*id);
  if (!detail) return fail(ErrorCode::invalid_argument, "commitment: there is no such commitment");
  const Commitment& commitment = detail->view.commitment;
  if (commitment.party != party.party && commitment.organisation != party.party)
    return fail(ErrorCode::invalid_argument, "commitment: it is somebody else's promise");
  if (!commitment.in_force_ms)
    return fail(ErrorCode::conflict, "commitment: that version was never signed by everybody it binds");
  if (commitment.terms.amount.empty()) return fail(ErrorCode::conflict, "commitment: no amount was agreed in it");
  AgreedAmount amount;
  amount.commitment = commitment.id;
  amount.commitment_number = commitment.number;
  amount.version = commitment.version;
  amount.text_hash = detail->text_hash ? to_hex(*detail->text_hash) : std::string();
  TRY_ASSIGN(amount.agreed, parse_money(commitment.terms.amount, commitment.terms.currency));
  amount.liable = commitment.terms.liable;
  amount.liable_names = liable_names(commitment);
  if (wanted.reduction_minor < 0 || wanted.reduction_minor > amount.agreed.minor)
    return fail(ErrorCode::invalid_argument, "reduction: it takes off at most what was agreed");
  if (wanted.reduction_minor > 0) {
    amount.reduction_minor = wanted.reduction_minor;
    TRY_ASSIGN(amount.reduction_reason, filled_text("reduction", wanted.reduction_reason, kMostText));
    amount.changes.push_back(
        {desk_.now(), "decision", amount.reduction_minor, amount.due().minor, amount.reduction_reason});
  }
  amount.instalments = wanted.instalments;
  TRY(check_plan(amount, desk_.now()));
  return amount;
}

Result<Consequence> CaseService::settled_consequence(const Case& of, const NewConsequence& wanted) const {
  const CaseParty* party = of.party(wanted.case_party);
  if (party == nullptr || !party->accused)
    return fail(ErrorCode::invalid_argument, "case_party: a consequence is for an accused party of the case");
  Consequence one;
  one.id = desk_.new_id();
  one.kind = wanted.kind;
  one.case_party = wanted.case_party;
  TRY_ASSIGN(one.text, parties::tidy_text("text", wanted.text, kMostText));
  one.due_ms = wanted.due_ms;
  const bool needs_text = one.kind == ConsequenceKind::training || one.kind == ConsequenceKind::employer_measure;
  if (needs_text && one.text.empty())
    return fail(ErrorCode::invalid_argument, "text: say which training or which measure");
  if (one.kind == ConsequenceKind::agreed_amount) {
    TRY_ASSIGN(one.amount, amount_as_signed(*party, wanted));
  } else if (wanted.commitment || wanted.reduction_minor != 0 || !wanted.instalments.empty()) {
    return fail(ErrorCode::invalid_argument, "only an agreed amount has a commitment, a reduction or instalments");
  }
  return one;
}

std::string CaseService::withdrawal_reason(const Case& of) { return fmt::format("case {}", of.number); }

// Every commitment and every copy of the party, or of anybody of that organisation, in all projects.
Result<CaseService::Access> CaseService::everything_of(const CaseParty& party) const {
  Access access;
  std::vector<Id> people{*party.party};
  commitments::CommitmentFilter filter;
  filter.party = party.party;  // or anybody of that organisation
  filter.query.limit = kPage;
  for (filter.query.offset = 0;; filter.query.offset += kPage) {
    TRY_ASSIGN(const auto page, desk_.ports().commitments.list(filter));
    for (const auto& view : page.items) {
      if (std::ranges::find(people, view.commitment.party) == people.end()) people.push_back(view.commitment.party);
      access.commitments.push_back(view.commitment);
    }
    if (page.items.size() < kPage) break;
  }
  for (const Id& person : people) {
    copies::DeliveryFilter deliveries;
    deliveries.party = person;
    deliveries.page.limit = kPage;
    for (deliveries.page.offset = 0;; deliveries.page.offset += kPage) {
      TRY_ASSIGN(const auto page, desk_.ports().deliveries.list(deliveries));
      for (const auto& row : page.items) access.deliveries.push_back(row.delivery);
      if (page.items.size() < kPage) break;
    }
  }
  return access;
}

// In every project: what is promised is taken back and no copy opens any more, by the verbs that do this elsewhere.
Result<void> CaseService::withdraw_access(const Case& of, Consequence& consequence, const Hand& hand) const {
  const std::string reason = withdrawal_reason(of);
  const commitments::Witness witness{hand.actor, hand.address, ""};
  TRY_ASSIGN(const auto found, everything_of(*of.party(consequence.case_party)));
  for (const Commitment& one : found.commitments) {
    if (one.state != commitments::State::in_force && !commitments::is_pending(one.state)) continue;
    TRY(desk_.ports().commitments.revoke(one.id, reason, witness));
    ++consequence.withdrawn_commitments;
  }
  for (const copies::Delivery& one : found.deliveries) {
    if (one.revoked_ms) continue;
    TRY(desk_.ports().deliveries.revoke(one.copy, reason, hand.actor));
    ++consequence.withdrawn_copies;
  }
  consequence.state = ConsequenceState::done;
  consequence.done_ms = desk_.now();
  return {};
}

Result<CaseView> CaseService::withhold_access(const Id& id, const Id& case_party, const std::string& reason,
                                              const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    if (of.holds.size() >= kMostParts) return fail(ErrorCode::conflict, "too many of these");
    Hold hold;
    hold.id = desk_.new_id();
    hold.case_party = case_party;
    const CaseParty* party = of.party(case_party);
    if (party != nullptr && party->party) hold.party = *party->party;
    TRY_ASSIGN(hold.reason, filled_text("reason", reason, kMostText));
    hold.by = hand.who;
    hold.since_ms = desk_.now();
    TRY(detect_conflicts(of, {hand.who}));
    TRY(withhold(of, hold, hand));
    desk_.note_moment(of, "Access is withheld until the decision", "决定作出前暂停权限", hand.who.name);
    TRY(desk_.step(of, "access_withheld", hold.reason, hand.actor));
    TRY(desk_.commit(of, "case_access_withheld",
                     {{"party", case_party.text()}, {"reason", hold.reason}, {"by", hand.who.name}}));
    TRY(write_to_reviewers(of, "case.access_withheld", hand,
                           {fmt::format("{}: access is withheld", of.number), fmt::format("{}：权限已暂停", of.number),
                            fmt::format("{} withholds access of a party of case {} until it is decided. The reason "
                                        "stands in the case: sign in to see whether you agree.",
                                        hand.who.name, of.number),
                            fmt::format("{} 在案件 {} 作出决定前暂停了一方的权限。理由见案件，请登录查看是否认同。",
                                        hand.who.name, of.number)}));
    return desk_.tell(of, "case.access_withheld", hand.actor, {});
  });
}

Result<CaseView> CaseService::release_access(const Id& id, const Id& hold, const std::string& reason,
                                             const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY_ASSIGN(const std::string why, filled_text("reason", reason, kMostText));
    TRY(release(of, hold, why, hand, desk_.now()));
    desk_.note_moment(of, "Access is withheld no longer", "已解除权限暂停", hand.who.name);
    TRY(desk_.step(of, "access_released", why, hand.actor));
    TRY(desk_.commit(of, "case_access_released", {{"reason", why}, {"by", hand.who.name}}));
    return desk_.tell(of, "case.access_released", hand.actor, {});
  });
}

// Whether another case has decided that this party gets nothing.
Result<bool> CaseService::is_withdrawn_elsewhere(const Case& of, const CaseParty& party) const {
  CaseFilter filter;
  filter.party = party.party;
  filter.page.limit = kPage;
  for (filter.page.offset = 0;; filter.page.offset += kPage) {
    TRY_ASSIGN(const auto page, desk_.ports().store.list(filter));
    for (const CaseRow& row : page.items) {
      if (row.of.id == of.id) continue;
      for (const Consequence& one : row.of.consequences) {
        const CaseParty* other = row.of.party(one.case_party);
        const bool meets = other != nullptr && (other->party == party.party || other->party == party.organisation ||
                                                other->organisation == party.party);
        if (one.kind == ConsequenceKind::access_withdrawal && one.state == ConsequenceState::done && meets) return true;
      }
    }
    if (page.items.size() < kPage) return false;
  }
}

Result<void> CaseService::restore_access(Case& of, const Hand& hand) const {
  const std::string reason = withdrawal_reason(of);
  const commitments::Witness witness{hand.actor, hand.address, ""};
  for (Consequence& consequence : of.consequences) {
    const bool has_fallen = consequence.kind == ConsequenceKind::access_withdrawal &&
                            consequence.state == ConsequenceState::void_ && consequence.done_ms;
    if (!has_fallen || consequence.restored_ms) continue;
    const CaseParty& party = *of.party(consequence.case_party);
    TRY_ASSIGN(const bool stays, is_withdrawn_elsewhere(of, party));
    if (stays) {
      desk_.note_moment(of, "Access stays withdrawn by another case", "因另一案件，权限仍被撤回", "");
      continue;
    }
    TRY_ASSIGN(const auto found, everything_of(party));
    for (const Commitment& one : found.commitments) {
      // What somebody else took back, or what was never in force, stays as it is.
      if (one.state != commitments::State::revoked || one.reason != reason || !one.in_force_ms) continue;
      const auto back = desk_.ports().commitments.reinstate(one.id, fmt::format("{}: overturned", reason), witness);
      if (!back && back.error().code != ErrorCode::conflict) return tl::unexpected<Error>(back.error());
      if (back) ++consequence.restored_commitments;
    }
    for (const copies::Delivery& one : found.deliveries) {
      if (!one.revoked_ms || one.revoke_reason != reason) continue;
      TRY(desk_.ports().deliveries.restore(one.copy, hand.actor));
      ++consequence.restored_copies;
    }
    consequence.restored_ms = desk_.now();
    desk_.note_moment(of, "Access was given back", "权限已恢复", hand.who.name);
    TRY(desk_.step(of, "access_restored", "", hand.actor));
    TRY(desk_.tell(of, "case.access_restored", hand.actor, {}));
  }
  return {};
}

namespace {

Result<void> check_consequence_move(const Case& of, const Consequence& one, const ConsequenceChange& change,
                                    const Hand& hand) {
  if (one.state == ConsequenceState::void_)
    return fail(ErrorCode::conflict, "this fell with the decision it followed from");
  if (!change.state || *change.state == one.state) return {};
  if (*change.state == ConsequenceState::waived) {
    if (!hand.may_review || is_conflicted(of, hand.who))
      return fail(ErrorCode::forbidden, "waiving takes a reviewer without a conflict of interest");
    if (!change.reason) return fail(ErrorCode::invalid_argument, "reason: say why it is waived");
    return {};
  }
  if (one.amount) return fail(ErrorCode::conflict, "whether an agreed amount is paid shows in the ledger");
  if (one.kind == ConsequenceKind::access_withdrawal)
    return fail(ErrorCode::conflict, "access was withdrawn with the decision");
  if (*change.state != ConsequenceState::active && *change.state != ConsequenceState::done)
    return fail(ErrorCode::invalid_argument, "state: active, done or waived is expected");
  return {};
}

}  // namespace

Result<CaseView> CaseService::update_consequence(const Id& id, const Id& which, const ConsequenceChange& change,
                                                 const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    const auto one = std::ranges::find(of.consequences, which, &Consequence::id);
    if (one == of.consequences.end()) return fail(ErrorCode::not_found, "there is no such consequence");
    TRY(check_consequence_move(of, *one, change, hand));
    if (change.text) {
      TRY_ASSIGN(one->text, parties::tidy_text("text", *change.text, kMostText));
    }
    if (change.reason) {
      TRY_ASSIGN(one->reason, parties::tidy_text("reason", *change.reason, kMostText));
    }
    if (change.published_at) {
      TRY_ASSIGN(one->published_at, parties::tidy_line("published_at", *change.published_at, 500));
    }
    if (change.by_whom) {
      TRY_ASSIGN(one->by_whom, parties::tidy_line("by_whom", *change.by_whom, kMostLine));
    }
    if (change.published_from_ms) one->published_from_ms = *change.published_from_ms;
    if (change.published_until_ms) one->published_until_ms = *change.published_until_ms;
    const bool is_done = change.state == ConsequenceState::done && one->state != ConsequenceState::done;
    if (change.state && *change.state != one->state) {
      one->state = *change.state;
      one->done_ms.reset();
      if (one->state != ConsequenceState::active)
        one->done_ms = change.done_ms ? change.done_ms->value_or(desk_.now()) : desk_.now();
    }
    if (is_done && one->kind == ConsequenceKind::training)
      TRY(desk_.ports().parties.record_training(
          *of.party(one->case_party)->party, {one->text.substr(0, kMostLine), *one->done_ms, of.number}, hand.actor));
    const std::string kind(name_of(one->kind));
    if (one->state == ConsequenceState::waived)
      TRY(desk_.commit(of, "case_waived", {{"kind", kind}, {"reason", one->reason}, {"by", hand.who.name}}));
    return desk_.tell(of, is_done ? "case.consequence_done" : "case.consequence_changed", hand.actor,
                      {{"label", kind}});
  });
}

Result<CaseView> CaseService::record_payment(const Id& id, const NewPayment& wanted, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY_ASSIGN(auto ledger, desk_.ports().store.ledger(id));
    if (ledger.size() >= 10 * kMostParts) return fail(ErrorCode::conflict, "this ledger is full");
    if (wanted.minor > kMostMinor || wanted.minor < -kMostMinor)
      return fail(ErrorCode::invalid_argument, "minor: that is too much");
    Payment entry;
    entry.id = desk_.new_id();
    entry.case_id = id;
    entry.consequence = wanted.consequence;
    entry.sequence = static_cast<std::int64_t>(ledger.size()) + 1;
    entry.kind = wanted.corrects ? EntryKind::correction : EntryKind::payment;
    const Consequence* consequence = of.consequence(wanted.consequence);
    entry.amount = {wanted.minor, consequence != nullptr && consequence->amount ? consequence->amount->agreed.currency
                                                                                : std::string()};
    entry.paid_ms = wanted.paid_ms;
    if (entry.paid_ms > desk_.now() + kDay) return fail(ErrorCode::invalid_argument, "paid_at: a time ahead");
    TRY_ASSIGN(entry.payer, parties::tidy_line("payer", wanted.payer, kMostLine));
    TRY_ASSIGN(entry.reference, parties::tidy_line("reference", wanted.reference, kMostLine));
    TRY_ASSIGN(entry.note, parties::tidy_text("note", wanted.note, kMostText));
    entry.by_organisation = wanted.by_organisation;
    entry.corrects = wanted.corrects;
    entry.recorded_by = hand.who.name;
    entry.recorded_ms = desk_.now();
    TRY(check_entry(of, ledger, entry));
    TRY(desk_.ports().store.append(entry));
    ledger.push_back(entry);
    settle(of, ledger, desk_.now());
    TRY(desk_.commit(of, "case_payment",
                     {{"sequence", entry.sequence},
                      {"minor", entry.amount.minor},
                      {"currency", entry.amount.currency},
                      {"kind", name_of(entry.kind)}}));
    return desk_.tell(of, "payment.recorded", hand.actor, {{"label", money_text(entry.amount)}});
  });
}

}  // namespace probity::cases
