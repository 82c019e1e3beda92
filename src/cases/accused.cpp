#include "cases/accused.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "cases/letters.h"
#include "parties/text.h"

namespace probity::cases {
namespace {

constexpr std::size_t kMostName = 200;

tl::unexpected<Error> nothing_there() { return fail(ErrorCode::not_found, "there is nothing to answer here"); }

// By asking the rules themselves, so that the page never offers what they refuse.
bool may_reply_now(const Case& of, const Id& self, TimeMs now_ms) {
  Case copy = of;
  Reply reply;
  reply.case_party = self;
  reply.received_ms = now_ms;
  return add_reply(copy, reply, now_ms).has_value();
}

bool may_appeal_now(const Case& of, const Id& self, TimeMs now_ms) {
  Case copy = of;
  Appeal appeal;
  appeal.case_party = self;
  appeal.filed_ms = now_ms;
  return file_appeal(copy, appeal, now_ms).has_value();
}

AccusedState state_of(const Case& of, TimeMs now_ms) {
  switch (of.state) {
    case State::open:
    case State::investigating:
    case State::reply:
      return reply_is_over(of, now_ms) ? AccusedState::under_decision : AccusedState::reply_open;
    case State::decided:
      return now_ms < of.decision->appeal_until_ms ? AccusedState::appeal_open : AccusedState::closed;
    case State::appeal:
      return AccusedState::under_appeal;
    case State::final:
    case State::overturned:
    case State::closed:
      break;
  }
  return AccusedState::closed;
}

}  // namespace

std::string_view accused_state_name(AccusedState state) {
  static constexpr std::array<std::string_view, 5> kNames{"reply_open", "under_decision", "appeal_open", "under_appeal",
                                                          "closed"};
  return kNames.at(static_cast<std::size_t>(state));
}

FindingFacts words_of_basis(Basis basis) {
  FindingFacts facts;
  if (basis == Basis::own_footage_lead) {
    facts.verdict = "own_footage_lead";
    facts.bound_en =
        "What appeared resembles frames that were handed in after the shoot, yours among them. No chance of error can "
        "be stated for such a comparison.";
    facts.bound_zh = "所出现的画面与拍摄后交存的画面相似，其中包括您交存的画面。此类比对无法给出误判概率。";
    facts.limits_en = {"It is a lead, never an identification: others stood at the same place at the same time.",
                       "It does not show who published the picture."};
    facts.limits_zh = {"这只是线索，绝不构成身份认定：同一时间同一地点还有其他人。", "它不能说明由何人发布。"};
    return facts;
  }
  facts.verdict = "other";
  if (basis == Basis::admission) {
    facts.bound_en = "It rests on what was admitted, and on no measurement.";
    facts.bound_zh = "所依据的是当事人的承认，并非测量结果。";
    facts.limits_en = {"An admission can be taken back in your reply."};
    facts.limits_zh = {"您可以在答复中撤回承认。"};
  } else {
    facts.bound_en = "It rests on an inquiry, and on no measurement: no chance of error can be stated.";
    facts.bound_zh = "所依据的是调查，并非测量结果，无法给出误判概率。";
    facts.limits_en = {"What the inquiry found can be wrong; your reply is part of it."};
    facts.limits_zh = {"调查所得可能有误，您的答复也是调查的一部分。"};
  }
  return facts;
}

// The visitor's case, once a claim was sent and as long as they are accused in it.
Result<Case> AccusedService::own_case(const AccessVisitor& visitor) const {
  if (visitor.kind != SubjectKind::accused) return nothing_there();
  TRY_ASSIGN(Case of, desk().existing(visitor.case_id));
  const CaseParty* self = of.party(visitor.subject);
  if (!of.claim || self == nullptr || !self->accused) return nothing_there();
  return of;
}

Result<AccusedView> AccusedService::look(const AccessVisitor& visitor) {
  AccusedView view;
  TRY(desk().ports().transactions.read([&]() -> Result<void> {
    TRY_ASSIGN(view.of, own_case(visitor));
    view.self = *view.of.party(visitor.subject);
    TRY_ASSIGN(view.house, desk().ports().house.house());
    TRY_ASSIGN(view.documents, ports_.documents.of_party(visitor.subject));
    for (const CaseEvidence& evidence : view.of.evidence) {
      TRY_ASSIGN(const bool has_picture, ports_.findings.has_picture(evidence));
      view.evidence.push_back({evidence, has_picture});
    }
    TRY_ASSIGN(const auto traced, ports_.findings.finding(view.of, view.self));
    view.finding = traced ? *traced : words_of_basis(view.self.basis.value_or(Basis::inquiry));
    return {};
  }));
  view.now_ms = desk().now();
  view.locale = visitor.locale;
  view.name = visitor.name;
  view.state = state_of(view.of, view.now_ms);
  view.may_reply = may_reply_now(view.of, visitor.subject, view.now_ms);
  view.may_appeal = may_appeal_now(view.of, visitor.subject, view.now_ms);
  return view;
}

Result<Bytes> AccusedService::picture(const AccessVisitor& visitor, const Id& item) {
  TRY_ASSIGN(const Case of, own_case(visitor));
  const auto evidence = std::ranges::find(of.evidence, item, &CaseEvidence::item);
  if (evidence == of.evidence.end()) return fail(ErrorCode::not_found, "there is no such picture");
  TRY_ASSIGN(auto picture, ports_.findings.picture(*evidence));
  if (!picture) return fail(ErrorCode::not_found, "there is no picture of this");
  return std::move(*picture);
}

Result<AccusedDocument> AccusedService::add_document(const AccessVisitor& visitor, const std::string& name,
                                                     BytesView bytes) {
  if (bytes.empty()) return fail(ErrorCode::invalid_argument, "the file is empty");
  if (bytes.size() > kMostAccusedDocumentBytes)
    return fail(ErrorCode::too_large, "a document has at most 20 MB", "send it in parts, or as a smaller file");
  AccusedDocument document;
  TRY_ASSIGN(document.document.name, parties::tidy_line("name", name, kMostName));
  if (document.document.name.empty()) return fail(ErrorCode::invalid_argument, "a name of the file is asked for");
  TRY(own_case(visitor));
  TRY_ASSIGN(const auto kept, desk().ports().evidence.keep(bytes));
  TRY(desk().ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Case of, own_case(visitor));
    if (!may_reply_now(of, visitor.subject, desk().now()) && !may_appeal_now(of, visitor.subject, desk().now()))
      return fail(ErrorCode::conflict, "nothing can be handed in any more", "write to the organisation");
    TRY_ASSIGN(const auto earlier, ports_.documents.of_party(visitor.subject));
    const auto same =
        std::ranges::find(earlier, kept.sha256, [](const AccusedDocument& one) { return one.document.sha256; });
    if (same != earlier.end()) {  // sent twice
      document = *same;
      return {};
    }
    if (earlier.size() >= kMostAccusedDocuments)
      return fail(ErrorCode::conflict, "ten documents are there already", "put several into one file");
    evidence::NewItem wanted;
    wanted.matter = of.id;
    wanted.name = document.document.name;
    evidence::Deed deed;
    deed.actor = visitor.actor();
    deed.why = "handed in by the accused";
    TRY_ASSIGN(const auto added, desk().ports().evidence.add(wanted, kept, deed));
    document.id = added.item.id;
    document.case_id = of.id;
    document.case_party = visitor.subject;
    document.document.sha256 = kept.sha256;
    document.document.size_bytes = static_cast<std::int64_t>(kept.size_bytes);
    document.at_ms = desk().now();
    return ports_.documents.insert(document);
  }));
  return document;
}

// Only what this party handed in.
Result<std::vector<Document>> AccusedService::chosen(const AccessVisitor& visitor,
                                                     const std::vector<Id>& documents) const {
  TRY_ASSIGN(const auto own, ports_.documents.of_party(visitor.subject));
  std::vector<Document> found;
  for (const Id& id : documents) {
    const auto document = std::ranges::find(own, id, &AccusedDocument::id);
    if (document == own.end()) return fail(ErrorCode::not_found, "there is no such document");
    found.push_back(document->document);
  }
  return found;
}

Result<void> AccusedService::write_to_owner(const Case& of, const char* kind, const std::string& en,
                                            const std::string& zh) const {
  if (!of.owner.account) return {};
  TRY_ASSIGN(const auto owner, desk().ports().staff.person(*of.owner.account));
  if (!owner || owner->email.empty()) return {};
  TRY_ASSIGN(const auto house, desk().ports().house.house());
  return desk().mail(letter({owner->email, owner->name, owner->locale}, house,
                            {kind, fmt::format("Case {}", of.number), fmt::format("案件 {}", of.number), en, zh,
                             fmt::format("{}/cases/{}", house.public_url, of.id.text()), of.project}));
}

Result<AccusedView> AccusedService::reply(const AccessVisitor& visitor, const AccusedWords& words) {
  TRY(desk().ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Case of, own_case(visitor));
    Reply reply;
    reply.case_party = visitor.subject;
    reply.text = words.text;
    reply.channel = Channel::page;
    TRY_ASSIGN(reply.documents, chosen(visitor, words.documents));
    TRY(ports_.cases.add_reply(of.id, reply, visitor.actor()));
    return write_to_owner(of, "case.replied", fmt::format("A reply has come in case {}.", of.number),
                          fmt::format("案件 {} 收到了答复。", of.number));
  }));
  return look(visitor);
}

Result<AccusedView> AccusedService::appeal(const AccessVisitor& visitor, const AccusedWords& words) {
  TRY(desk().ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Case of, own_case(visitor));
    Appeal appeal;
    appeal.case_party = visitor.subject;
    appeal.text = words.text;
    appeal.channel = Channel::page;
    TRY_ASSIGN(appeal.documents, chosen(visitor, words.documents));
    TRY(ports_.cases.file_appeal(of.id, appeal, visitor.actor()));
    return write_to_owner(
        of, "case.appealed",
        fmt::format("An appeal was filed in case {}. Somebody who did not decide has to hear it.", of.number),
        fmt::format("案件 {} 有人提出申诉，须由未参与决定的人员审理。", of.number));
  }));
  return look(visitor);
}

}  // namespace probity::cases
