// The half of archive.h that tells a case in words, as a document to be typeset.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "cases/archive.h"
#include "cases/letters.h"
#include "cases/words.h"

namespace probity::cases {
namespace {

using pdf::Align;
using pdf::Column;

struct Telling {
  const CaseView& view;
  const commitments::House& house;
  Locale locale;
  TimeMs now_ms;
  pdf::Document& document;

  const Case& of() const { return view.of; }
  std::string say(const char* en, const char* zh) const { return locale == Locale::zh ? zh : en; }
  template <class Enum>
  std::string word(Enum value) const {
    return word_of(name_of(value), locale);
  }
  std::string at(TimeMs time_ms) const { return instant_text(time_ms, house); }
  std::string at(const std::optional<TimeMs>& time_ms) const { return time_ms ? at(*time_ms) : std::string("-"); }
  std::string name(const Id& place) const {
    const CaseParty* party = of().party(place);
    return party == nullptr ? std::string("-") : party->name;
  }
  void heading(const char* en, const char* zh) { document.blocks.emplace_back(pdf::Heading{1, say(en, zh)}); }
  void paragraph(std::string lead, std::string text) {
    document.blocks.emplace_back(pdf::Paragraph{std::move(lead), std::move(text), pdf::Emphasis::normal});
  }
  void note(std::string text) {
    document.blocks.emplace_back(pdf::Paragraph{"", std::move(text), pdf::Emphasis::note});
  }
};

void add_head(Telling& tell) {
  const Case& of = tell.of();
  pdf::Definitions facts;
  const auto row = [&](const char* en, const char* zh, std::string value) {
    if (!value.empty()) facts.rows.push_back({tell.say(en, zh), std::move(value)});
  };
  row("Number", "编号", of.number);
  row("Kind", "类型", tell.word(of.kind));
  row("State", "状态", tell.word(of.state));
  row("Severity", "严重程度", tell.word(of.severity));
  row("Owner", "负责人", of.owner.name);
  row("Reviewer", "复核人", of.reviewer ? of.reviewer->name : "");
  row("Second reviewer", "第二复核人", of.second_reviewer ? of.second_reviewer->name : "");
  row("Leak", "泄露事件", of.leak_number);
  row("Opened", "立案时间", tell.at(of.opened_ms));
  row("Closed", "结案时间", of.closed_ms ? tell.at(*of.closed_ms) : "");
  tell.document.blocks.emplace_back(std::move(facts));
  if (!of.summary.empty()) tell.paragraph("", of.summary);
}

void add_parties(Telling& tell) {
  if (tell.of().parties.empty()) return;
  tell.heading("Parties", "相关方");
  pdf::Table table;
  table.columns = {Column{tell.say("Name", "名称"), 3}, Column{tell.say("Role", "角色"), 2},
                   Column{tell.say("Accused on the ground of", "指控依据"), 2},
                   Column{tell.say("Commitment", "承诺书"), 2}};
  for (const CaseParty& one : tell.of().parties) {
    const std::string whole = one.organisation_name.empty() ? one.name : one.name + ", " + one.organisation_name;
    table.rows.push_back({whole, tell.word(one.role), one.basis ? tell.word(*one.basis) : "-", one.commitment_number});
  }
  tell.document.blocks.emplace_back(std::move(table));
  tell.note(tell.say("A trace names a copy: it shows to whom it was issued, not who passed it on.",
                     "溯源结论只指明副本：它说明副本发给了谁，不说明是谁外传。"));
}

void add_evidence(Telling& tell) {
  if (tell.of().evidence.empty()) return;
  tell.heading("Evidence", "证据");
  pdf::Table table;
  table.columns = {Column{tell.say("File", "文件"), 3}, Column{"SHA-256", 5}, Column{tell.say("Why", "说明"), 3}};
  for (const CaseEvidence& one : tell.of().evidence) table.rows.push_back({one.title, to_hex(one.sha256), one.what});
  tell.document.blocks.emplace_back(std::move(table));
}

void add_timeline(Telling& tell) {
  tell.heading("Timeline", "时间线");
  pdf::Table table;
  table.columns = {Column{tell.say("Happened", "发生时间"), 2}, Column{tell.say("Found out", "发现时间"), 2},
                   Column{tell.say("What", "事项"), 5}};
  std::vector<Moment> moments = tell.of().timeline;
  std::ranges::stable_sort(moments, {}, [](const Moment& one) { return one.happened_ms.value_or(one.discovered_ms); });
  for (const Moment& one : moments) {
    const std::string what = tell.locale == Locale::zh && !one.what_zh.empty() ? one.what_zh : one.what;
    table.rows.push_back({tell.at(one.happened_ms), tell.at(one.discovered_ms),
                          one.withdrawn ? tell.say("Withdrawn: ", "已撤回：") + what : what});
  }
  tell.document.blocks.emplace_back(std::move(table));
}

void add_claim(Telling& tell) {
  const Case& of = tell.of();
  if (of.claim) {
    tell.heading("Claim and replies", "主张与答复");
    tell.paragraph(tell.say("Claim.", "主张。"), of.claim->text);
    tell.note(tell.say("Reply until: ", "答复期限：") + tell.at(of.claim->reply_until_ms));
    for (const Reply& one : of.replies)
      tell.paragraph(fmt::format("{}, {}.", tell.name(one.case_party), tell.at(one.received_ms)), one.text);
    if (of.replies.empty()) tell.paragraph("", tell.say("No reply came.", "未收到答复。"));
  }
  for (const Conflict& one : of.conflicts)
    tell.note(tell.say("Conflict of interest declared: ", "已申报利益冲突：") + one.account.name + " (" +
              tell.word(one.relation) + ")");
}

void add_decision(Telling& tell) {
  const Case& of = tell.of();
  if (!of.decision) return;
  tell.heading("Decision", "决定");
  tell.paragraph(tell.word(of.decision->finding) + ".", of.decision->reasons);
  pdf::Definitions facts;
  facts.rows = {{tell.say("Proposed by", "提议人"), of.decision->proposed_by.name},
                {tell.say("Agreed by", "同意人"), of.decision->agreed_by.name},
                {tell.say("Decided", "决定时间"), tell.at(of.decision->decided_ms)},
                {tell.say("Appeal until", "申诉期限"), tell.at(of.decision->appeal_until_ms)}};
  tell.document.blocks.emplace_back(std::move(facts));
}

void add_consequences(Telling& tell) {
  const Case& of = tell.of();
  if (of.consequences.empty()) return;
  tell.heading("What follows", "后续措施");
  pdf::Table table;
  table.columns = {Column{tell.say("What", "措施"), 3}, Column{tell.say("For", "对象"), 2},
                   Column{tell.say("State", "状态"), 2}, Column{tell.say("Details", "详情"), 5}};
  for (const Consequence& one : of.consequences) {
    std::string details = one.text;
    if (one.amount) {
      const Balance balance = balance_of(one, tell.view.ledger);
      details = fmt::format("{}: {}\n{}: {}\n{}: {}", tell.say("Agreed", "约定金额"),
                            money_text(one.amount->agreed, tell.locale), tell.say("Due", "应付"),
                            money_text(balance.due, tell.locale), tell.say("Paid", "已付"),
                            money_text(balance.paid, tell.locale));
      if (!one.amount->reduction_reason.empty())
        details += "\n" + tell.say("Reduced: ", "减少：") + one.amount->reduction_reason;
      details += fmt::format("\n{} v{}", one.amount->commitment_number, one.amount->version);
    }
    if (!one.reason.empty()) details += "\n" + one.reason;
    table.rows.push_back({tell.word(one.kind), tell.name(one.case_party), tell.word(one.state), details});
  }
  tell.document.blocks.emplace_back(std::move(table));
  if (of.loss)
    tell.paragraph(tell.say("Loss on record.", "损失记录。"),
                   money_text(of.loss->amount, tell.locale) + (of.loss->text.empty() ? "" : ": " + of.loss->text));
}

void add_payments(Telling& tell) {
  if (tell.view.ledger.empty()) return;
  tell.heading("Payments", "付款记录");
  pdf::Table table;
  table.columns = {Column{tell.say("No.", "序号"), 1}, Column{tell.say("Day", "日期"), 3},
                   Column{tell.say("Amount", "金额"), 3, Align::right}, Column{tell.say("What", "事项"), 2},
                   Column{tell.say("Note", "备注"), 3}};
  for (const Payment& one : tell.view.ledger)
    table.rows.push_back({std::to_string(one.sequence), tell.at(one.paid_ms), money_text(one.amount, tell.locale),
                          tell.word(one.kind), one.note});
  tell.document.blocks.emplace_back(std::move(table));
}

void add_appeals(Telling& tell) {
  const Case& of = tell.of();
  if (of.appeals.empty() && of.stages.empty()) return;
  tell.heading("Appeal and courts", "申诉与司法程序");
  for (const Appeal& one : of.appeals) {
    tell.paragraph(fmt::format("{}, {}.", tell.name(one.case_party), tell.at(one.filed_ms)), one.text);
    if (one.outcome)
      tell.paragraph(tell.word(*one.outcome) + ".",
                     one.reasons + " (" + (one.decided_by ? one.decided_by->name : "") + ")");
  }
  for (const Stage& one : of.stages)
    tell.paragraph(fmt::format("{}, {} {}.", tell.word(one.kind), one.body, one.reference),
                   (one.outcome ? tell.word(*one.outcome) + ". " : std::string()) + one.text);
}

void add_rectifications(Telling& tell, const std::vector<Rectification>& rectifications) {
  if (rectifications.empty()) return;
  tell.heading("Rectification", "整改");
  for (const Rectification& one : rectifications) {
    tell.paragraph(fmt::format("{}, {} ({}).", one.number, one.supplier_name, tell.word(state_of(one))), one.problem);
    for (const StageDecision& decision : one.decisions)
      tell.note(fmt::format("{}: {}, {}, {}. {}", tell.word(decision.stage),
                            decision.accepted ? tell.say("accepted", "通过") : tell.say("sent back", "退回"),
                            decision.by, tell.at(decision.at_ms), decision.reason));
  }
}

}  // namespace

pdf::Document summary_document(const CaseView& view, const std::vector<Rectification>& rectifications,
                               const commitments::House& house, Locale locale, TimeMs now_ms) {
  pdf::Document document;
  Telling tell{view, house, locale, now_ms, document};
  document.title = view.of.number + " " + view.of.title;
  document.subtitle = tell.say("Summary of a case, as of ", "案件摘要，截至 ") + tell.at(now_ms);
  document.language = locale == Locale::zh ? pdf::Language::zh_cn : pdf::Language::en;
  document.author = house.organisation;
  document.header = view.of.number;
  document.footer = house.organisation;
  add_head(tell);
  add_parties(tell);
  add_evidence(tell);
  add_timeline(tell);
  add_claim(tell);
  add_decision(tell);
  add_consequences(tell);
  add_payments(tell);
  add_appeals(tell);
  add_rectifications(tell, rectifications);
  return document;
}

}  // namespace probity::cases
