// The verbs around a decision: claim, reply, proposal, agreement, appeal, and what courts say afterwards.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "cases/letters.h"
#include "cases/service.h"
#include "cases/words.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

using nlohmann::json;

struct FindingWords {
  const char *en, *zh;
};
FindingWords words_of(Finding finding) {
  switch (finding) {
    case Finding::breach:
      return {"The commitment was broken.", "违反了承诺。"};
    case Finding::no_breach:
      return {"The commitment was not broken.", "未违反承诺。"};
    case Finding::not_proven:
      break;
  }
  return {"It is not proven that the commitment was broken.", "未能证明违反承诺。"};
}

// What goes into the log of a decision: enough to hold everybody to it.
json decided_facts(const Case& of) {
  json consequences = json::array();
  for (const Consequence& one : of.consequences) {
    json row{{"kind", name_of(one.kind)}, {"party", one.case_party.text()}};
    if (one.amount) {
      row["due_minor"] = one.amount->due().minor;
      row["currency"] = one.amount->agreed.currency;
      row["commitment"] = one.amount->commitment_number;
      row["text_hash"] = one.amount->text_hash;
    }
    consequences.push_back(std::move(row));
  }
  const Decision& decision = *of.decision;
  return {{"finding", name_of(decision.finding)},
          {"reasons", decision.reasons},
          {"proposed_by", decision.proposed_by.name},
          {"agreed_by", decision.agreed_by.name},
          {"appeal_until", to_rfc3339(decision.appeal_until_ms)},
          {"consequences", std::move(consequences)}};
}

json stage_json(const Case& of, const StageVerdict& verdict, const Hand& hand) {
  json reductions = json::array();
  for (const Reduction& one : verdict.reductions)
    reductions.push_back({{"consequence", one.consequence.text()},
                          {"minor", one.minor},
                          {"currency", of.consequence(one.consequence)->amount->agreed.currency}});
  return {{"outcome", name_of(verdict.outcome)},
          {"text", verdict.text},
          {"reductions", std::move(reductions)},
          {"by", hand.who.name}};
}

Result<std::string> checked_documents(const std::vector<Document>& documents) {
  constexpr std::size_t kMostDocuments = 50;
  if (documents.size() > kMostDocuments) return fail(ErrorCode::too_large, "more than 50 documents");
  return std::string();
}

}  // namespace

Result<void> CaseService::write_to_accused(const Case& of, const std::optional<Id>& only, const char* kind,
                                           const std::string& words_en, const std::string& words_zh) const {
  TRY_ASSIGN(const auto house, desk_.ports().house.house());
  for (const CaseParty* accused : of.accused()) {
    if (only && accused->id != *only) continue;
    TRY_ASSIGN(const auto row, desk_.ports().parties.find(*accused->party));
    parties::PartyDetails reader = row.party.details;
    if (!reader.is_person()) {  // whoever may bind the organisation and has an address
      TRY_ASSIGN(const auto people, desk_.ports().parties.who_may_bind(*accused->party));
      const auto found = std::ranges::find_if(people, [](const auto& one) { return !one.details.email.empty(); });
      if (found != people.end()) reader = found->details;
    }
    const Locale locale = reader.locale == "zh" ? Locale::zh : Locale::en;
    AccessSubject subject{SubjectKind::accused, accused->id, of.id, of.number, reader.name, reader.email, locale};
    TRY_ASSIGN(const std::string link, desk_.ports().access.make_link(subject));
    TRY(desk_.mail(letter({reader.email, reader.name, locale}, house,
                          {kind, fmt::format("Case {}", of.number), fmt::format("案件 {}", of.number), words_en,
                           words_zh, link, of.project})));
  }
  return {};
}

Result<CaseView> CaseService::send_claim(const Id& id, const std::string& text, TimeMs reply_until_ms,
                                         const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    Claim claim;
    TRY_ASSIGN(claim.text, filled_text("text", text, kMostText));
    claim.sent_ms = desk_.now();
    claim.reply_until_ms = reply_until_ms;
    claim.sent_by = hand.who;
    TRY(cases::send_claim(of, claim, desk_.now()));
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    const std::string until = instant_text(reply_until_ms, house);
    TRY(write_to_accused(
        of, std::nullopt, "case.claim",
        fmt::format("In case {} something is held against you. On your own page you find what it is, the evidence that "
                    "concerns you and its limits. Please reply until {}; nothing is decided before.",
                    of.number, until),
        fmt::format("在案件 {} 中，有一项主张涉及您。您可在专属页面查看内容、与您有关的证据及其局限。请于 {} "
                    "前答复；在此之前不会作出决定。",
                    of.number, until)));
    desk_.note_moment(of, "The accused were asked to reply until " + until, "已请被指方于 " + until + " 前答复",
                      hand.who.name);
    TRY(desk_.step(of, "claim_sent", "", hand.actor));
    TRY(desk_.commit(of, "case_claim", {{"text", claim.text}, {"reply_until", to_rfc3339(reply_until_ms)}}));
    return desk_.tell(of, "case.claim_sent", hand.actor, {{"until", until}});
  });
}

Result<CaseView> CaseService::add_reply(const Id& id, Reply reply, const events::Actor& actor) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    if (of.replies.size() >= kMostParts) return fail(ErrorCode::conflict, "too many replies");
    reply.id = desk_.new_id();
    TRY_ASSIGN(reply.text, filled_text("text", reply.text, kMostText));
    TRY(checked_documents(reply.documents));
    if (reply.received_ms == 0) reply.received_ms = desk_.now();
    TRY(cases::add_reply(of, reply, desk_.now()));
    const std::string name = of.party(reply.case_party)->name;
    desk_.note_moment(of, name + " replied", name + " 已答复", actor.name);
    TRY(desk_.step(of, "reply_received", std::string(name_of(reply.channel)), actor));
    json files = json::array();
    for (const Document& one : reply.documents) files.push_back(to_hex(one.sha256));
    TRY(desk_.commit(of, "case_reply",
                     {{"party", reply.case_party.text()}, {"text", reply.text}, {"documents", std::move(files)}}));
    return desk_.tell(of, "reply.received", actor, {});
  });
}

Result<CaseView> CaseService::propose(const Id& id, const NewProposal& wanted, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY(detect_conflicts(of, {hand.who}));
    TRY(may_propose(of, hand, desk_.now()));
    Proposal proposal;
    proposal.id = desk_.new_id();
    proposal.finding = wanted.finding;
    proposal.appeal_days = wanted.appeal_days;
    TRY_ASSIGN(proposal.reasons, filled_text("reasons", wanted.reasons, kMostReasons));
    for (const NewConsequence& one : wanted.consequences) {
      TRY_ASSIGN(Consequence consequence, settled_consequence(of, one));
      proposal.consequences.push_back(std::move(consequence));
    }
    TRY(cases::propose(of, proposal, hand, desk_.now()));
    TRY(write_to_reviewers(
        of, "case.decision_waits", hand,
        {fmt::format("{}: a decision waits for you", of.number), fmt::format("{}：有决定待您复核", of.number),
         fmt::format("A decision is proposed in case {}. Sign in to read it, and agree or refuse.", of.number),
         fmt::format("案件 {} 有拟议决定。请登录阅读，并同意或拒绝。", of.number)}));
    TRY(desk_.step(of, "decision_proposed", std::string(name_of(proposal.finding)), hand.actor));
    return desk_.tell(of, "case.decision_proposed", hand.actor, {});
  });
}

Result<void> CaseService::after_decision(Case& of, const Hand& hand) const {
  for (Consequence& one : of.consequences)
    if (one.kind == ConsequenceKind::access_withdrawal) TRY(withdraw_access(of, one, hand));
  if (!of.accused().empty()) {
    TRY_ASSIGN(const auto house, desk_.ports().house.house());
    const std::string until = instant_text(of.decision->appeal_until_ms, house);
    const FindingWords words = words_of(of.decision->finding);
    TRY(write_to_accused(
        of, std::nullopt, "case.decided",
        fmt::format("Case {} is decided: {} The reasons and what follows stand on your page. Until {} you may appeal; "
                    "somebody who did not decide hears it.",
                    of.number, words.en, until),
        fmt::format("案件 {} 已作出决定：{}理由及后续措施见您的专属页面。您可于 {} 前申诉，由未参与决定的人员审理。",
                    of.number, words.zh, until)));
  }
  return {};
}

Result<CaseView> CaseService::agree(const Id& id, const Id& proposal, const std::string& reason, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY_ASSIGN(const std::string why, filled_text("reason", reason, kMostText));
    TRY(detect_conflicts(of, {hand.who}));
    TRY(cases::agree(of, proposal, why, hand, desk_.now()));
    TRY(after_decision(of, hand));
    const std::string finding(name_of(of.decision->finding));
    desk_.note_moment(of, "It was decided: " + word_of(finding, Locale::en),
                      "已作出决定：" + word_of(finding, Locale::zh),
                      of.decision->proposed_by.name + ", " + of.decision->agreed_by.name);
    TRY(desk_.step(of, "decided", finding, hand.actor));
    TRY(desk_.commit(of, "case_decided", decided_facts(of)));
    return desk_.tell(of, "case.decided", hand.actor, {{"label", finding}});
  });
}

Result<CaseView> CaseService::refuse(const Id& id, const Id& proposal, const std::string& reason, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY_ASSIGN(const std::string why, filled_text("reason", reason, kMostText));
    TRY(cases::refuse(of, proposal, why, hand, desk_.now()));
    TRY(desk_.step(of, "decision_refused", why, hand.actor));
    return desk_.tell(of, "case.decision_refused", hand.actor, {{"reason", why}});
  });
}

Result<CaseView> CaseService::file_appeal(const Id& id, Appeal appeal, const events::Actor& actor) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    appeal.id = desk_.new_id();
    TRY_ASSIGN(appeal.text, filled_text("text", appeal.text, kMostText));
    TRY(checked_documents(appeal.documents));
    if (appeal.filed_ms == 0) appeal.filed_ms = desk_.now();
    TRY(cases::file_appeal(of, appeal, desk_.now()));
    const std::string name = of.party(appeal.case_party)->name;
    desk_.note_moment(of, name + " appealed", name + " 提出申诉", actor.name);
    TRY(desk_.step(of, "appeal_filed", std::string(name_of(appeal.channel)), actor));
    TRY(desk_.commit(of, "case_appeal", {{"party", appeal.case_party.text()}, {"text", appeal.text}}));
    TRY(write_to_reviewers(
        of, "case.appeal_waits", {{std::nullopt, actor.name}, actor, false, ""},
        {fmt::format("{}: an appeal waits for you", of.number), fmt::format("{}：有申诉待您裁定", of.number),
         fmt::format("An appeal was filed in case {}. Sign in to read it; somebody who did not decide "
                     "the case decides it.",
                     of.number),
         fmt::format("案件 {} 收到申诉。请登录阅读；由未参与原决定的人员裁定。", of.number)}));
    return desk_.tell(of, "appeal.filed", actor, {});
  });
}

Result<CaseView> CaseService::decide_appeal(const Id& id, const Id& appeal, const AppealVerdict& verdict,
                                            const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    AppealVerdict tidy = verdict;
    TRY_ASSIGN(tidy.reasons, filled_text("reasons", verdict.reasons, kMostReasons));
    TRY(detect_conflicts(of, {hand.who}));
    TRY(cases::decide_appeal(of, appeal, tidy, hand, desk_.now()));
    TRY_ASSIGN(const auto ledger, desk_.ports().store.ledger(id));
    settle(of, ledger, desk_.now());
    if (tidy.outcome == Outcome::overturned) TRY(restore_access(of, hand));
    const auto found = std::ranges::find(of.appeals, appeal, &Appeal::id);
    const std::string outcome(name_of(tidy.outcome));
    desk_.note_moment(of, "The appeal was decided: " + word_of(outcome, Locale::en),
                      "申诉已裁定：" + word_of(outcome, Locale::zh), hand.who.name);
    TRY(desk_.step(of, "appeal_decided", outcome, hand.actor));
    TRY(desk_.commit(
        of, "case_appeal_decided",
        {{"party", found->case_party.text()}, {"outcome", outcome}, {"reasons", tidy.reasons}, {"by", hand.who.name}}));
    TRY(write_to_accused(
        of, found->case_party, "case.appeal_decided",
        fmt::format("Your appeal in case {} is decided: {}. The reasons stand on your page.", of.number, outcome),
        fmt::format("您在案件 {} 中的申诉已裁定：{}。理由见您的专属页面。", of.number,
                    tidy.outcome == Outcome::overturned ? "撤销原决定"
                    : tidy.outcome == Outcome::reduced  ? "减轻"
                                                        : "维持原决定")));
    TRY(desk_.tell(of, "appeal.decided", hand.actor, {{"label", outcome}}));
    if (of.state == State::overturned) return desk_.tell(of, "case.overturned", hand.actor, {});
    return {};
  });
}

Result<CaseView> CaseService::add_stage(const Id& id, Stage stage, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    if (of.stages.size() >= kMostParts) return fail(ErrorCode::conflict, "too many stages");
    stage.id = desk_.new_id();
    stage.state = StageState::pending;
    TRY_ASSIGN(stage.body, filled_line("body", stage.body, kMostLine));
    TRY_ASSIGN(stage.reference, parties::tidy_line("reference", stage.reference, kMostLine));
    TRY_ASSIGN(stage.text, parties::tidy_text("text", stage.text, kMostText));
    if (stage.opened_ms == 0) stage.opened_ms = desk_.now();
    TRY(cases::add_stage(of, stage));
    desk_.note_moment(of, word_of(name_of(stage.kind), Locale::en) + ": " + stage.body,
                      word_of(name_of(stage.kind), Locale::zh) + "：" + stage.body, hand.who.name);
    return desk_.tell(of, "case.stage_opened", hand.actor, {{"title", stage.body}});
  });
}

Result<CaseView> CaseService::end_stage(const Id& id, const Id& stage, StageVerdict verdict, const Hand& hand) {
  return desk_.change(id, [&](Case& of) -> Result<void> {
    TRY_ASSIGN(verdict.text, filled_text("text", verdict.text, kMostText));
    if (verdict.ended_ms == 0) verdict.ended_ms = desk_.now();
    if (verdict.ended_ms > desk_.now() + kDay) return fail(ErrorCode::invalid_argument, "ended_at: a time ahead");
    TRY(detect_conflicts(of, {hand.who}));
    TRY(cases::end_stage(of, stage, verdict, hand));
    TRY_ASSIGN(const auto ledger, desk_.ports().store.ledger(id));
    settle(of, ledger, desk_.now());
    const std::string name(name_of(verdict.outcome));
    desk_.note_moment(of, "A stage ended: " + word_of(name, Locale::en), "程序结果：" + word_of(name, Locale::zh),
                      hand.who.name);
    TRY(desk_.step(of, "stage_ended", name, hand.actor));
    TRY(desk_.commit(of, "case_stage_ended", stage_json(of, verdict, hand)));
    TRY(desk_.tell(of, "case.stage_ended", hand.actor, {{"label", name}}));
    if (of.state != State::overturned) return {};
    TRY(restore_access(of, hand));
    return desk_.tell(of, "case.overturned", hand.actor, {});
  });
}

}  // namespace probity::cases
