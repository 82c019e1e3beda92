#include "statements/rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::statements {
namespace {

bool is_half(const Text& text) { return !text.empty() && (text.title.empty() || text.body.empty()); }

// A correction does not wait: the time protects the accused, and it is for them.
bool waits_for_time(Relation relation) { return relation != Relation::overturned && relation != Relation::corrected; }

// What says that somebody did something, and may not be said for the first time after it was overturned.
bool accuses(const Content& content) {
  if (content.relation != Relation::original) return false;
  return content.kind != Kind::overturned && content.kind != Kind::corrected && content.kind != Kind::fabrication &&
         content.kind != Kind::other;
}

void check_words(std::vector<Hindrance>& found, const std::string& words, const NameFinder& names) {
  if (words.find("[[") != std::string::npos)
    found.push_back({"text_missing", "the text still has places to fill in: [[ ]]", "文本中尚有待填写之处：[[ ]]", {}});
  for (const Identifying& one : names.find(words)) {
    const std::string whose = one.label.empty() ? "" : fmt::format(" of {}", one.label);
    found.push_back({"names_a_person",
                     fmt::format("the text holds {}{}", one.what, whose),
                     fmt::format("文本中含有{}", one.what_zh),
                     {}});
  }
}

void add_once(std::vector<Hindrance>& all, const std::vector<Hindrance>& more) {
  for (const Hindrance& one : more)
    if (std::ranges::none_of(all, [&](const Hindrance& known) { return known.message == one.message; }))
      all.push_back(one);
}

}  // namespace

Result<void> check_approval(const Statement& statement, const events::Actor& actor, const Hash& seen) {
  TRY(next(statement.state, Move::approve));
  if (actor.kind != events::Actor::Kind::account || !actor.id)
    return fail(ErrorCode::forbidden, "only a person with an account of their own approves a statement");
  if (std::ranges::find(statement.approvals, *actor.id, &Approval::account) != statement.approvals.end())
    return fail(ErrorCode::conflict, "you have approved this statement already", "another person has to, too");
  if (seen != content_hash(statement))
    return fail(ErrorCode::conflict, "the statement changed since you read it", "read it again");
  return {};
}

std::vector<Reply> replies_of(const CaseFacts& facts, const std::vector<NamedParty>& shown) {
  std::vector<Reply> replies;
  const NameFinder names(facts.parties, shown);
  for (const ReplyFact& fact : facts.replies) {
    Reply reply;
    const auto form = std::ranges::find(shown, fact.party, &NamedParty::party);
    const auto party = std::ranges::find(facts.parties, fact.party, &KnownParty::party);
    if (form != shown.end()) {
      reply.label_en = form->label_en;
      reply.label_zh = form->label_zh;
    } else if (party != facts.parties.end()) {
      const RoleWords words = role_words(party->role, party->person);
      reply.label_en = words.en;
      reply.label_zh = words.zh;
    }
    reply.given = fact.given;
    reply.received_ms = fact.received_ms;
    const bool chinese = std::ranges::any_of(fact.text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
    reply.text = names.mask(fact.text, chinese);
    replies.push_back(std::move(reply));
  }
  return replies;
}

std::vector<Hindrance> hindrances_of_text(const Content& content, const CaseFacts& facts) {
  std::vector<Hindrance> found;
  if (is_half(content.texts.en) || is_half(content.texts.zh))
    found.push_back({"text_missing", "a language has a title or a text, but not both", "某一语言缺少标题或正文", {}});
  if (content.texts.en.empty() && content.texts.zh.empty())
    found.push_back({"text_missing", "the statement says nothing", "声明没有内容", {}});
  std::vector<Hindrance> words;
  const NameFinder names(facts.parties, content.parties);
  for (const Text* text : {&content.texts.en, &content.texts.zh})
    for (const std::string* part : {&text->title, &text->body}) check_words(words, *part, names);
  for (const Reply& reply : content.replies) check_words(words, reply.text, names);
  add_once(found, words);
  return found;
}

std::vector<Hindrance> hindrances(const Statement& statement, const CaseFacts& facts, const Gate& gate) {
  if (statement.is_public() || statement.state == State::withdrawn) return {};
  std::vector<Hindrance> found;
  if (statement.approvals.size() < kApprovalsNeeded)
    found.push_back({"approvals_missing",
                     fmt::format("{} of {} approvals are given", statement.approvals.size(), kApprovalsNeeded),
                     fmt::format("需要{}人批准，目前{}人", kApprovalsNeeded, statement.approvals.size()),
                     {}});
  if (!gate.allowed && waits_for_time(statement.content.relation))
    found.push_back({gate.code, gate.message, gate.message_zh, gate.until_ms});
  if (facts.overturned && accuses(statement.content))
    found.push_back({"undecided",
                     "the decision was overturned: only what says so may be published",
                     "决定已被推翻，仅可公布说明此事的声明",
                     {}});
  const Relation relation = statement.content.relation;
  if (relation == Relation::overturned && !facts.overturned)
    found.push_back({"undecided", "the decision of the case is not overturned", "该案决定并未被推翻", {}});
  if (relation == Relation::paid && !facts.paid)
    found.push_back({"undecided",
                     "the ledger of the case does not say that the agreed amount is paid",
                     "该案账目未显示约定金额已付清",
                     {}});
  if (relation == Relation::rectified && !facts.rectified)
    found.push_back(
        {"undecided", "no rectification of the case is accepted to its end", "该案尚无已验收完成的整改", {}});
  const bool frozen = statement.state != State::draft;
  if (frozen && statement.content.replies != replies_of(facts, statement.content.parties))
    found.push_back({"new_reply",
                     "the accused has replied since this was submitted: open it again, it carries the reply",
                     "提交之后收到了新的答复：请重新打开，声明须载明答复",
                     {}});
  add_once(found, hindrances_of_text(statement.content, facts));
  if (statement.state == State::sealing && !statement.waits_for.empty())
    found.push_back({"sealing", statement.waits_for, "正在等待时间戳或透明日志，将自动重试", {}});
  return found;
}

Result<void> refuse(const std::vector<Hindrance>& hindrances) {
  for (const Hindrance& one : hindrances)
    if (one.code != "sealing")
      return fail(ErrorCode::conflict, one.message,
                  one.until_ms ? fmt::format("not before {}", to_rfc3339(*one.until_ms)) : "");
  return {};
}

}  // namespace probity::statements
