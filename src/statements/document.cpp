#include "statements/document.h"

#include <fmt/format.h>

#include <algorithm>

namespace probity::statements {
namespace {

constexpr double kQrMm = 32;

std::string day_and_minute(TimeMs time_ms) {
  std::string text = to_rfc3339(time_ms).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

// Paragraphs parted by blank lines.
void add_text(std::vector<pdf::Block>& blocks, const std::string& text) {
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", start), text.size());
    if (end > start) blocks.emplace_back(pdf::Paragraph{"", text.substr(start, end - start)});
    start = end + 2;
  }
}

struct Say {
  bool chinese = false;
  std::string operator()(const char* en, const char* zh) const { return chinese ? zh : en; }
};

void add_facts(std::vector<pdf::Block>& blocks, const Statement& statement, const DocumentFacts& facts,
               const Say& say) {
  pdf::Definitions rows;
  rows.rows.push_back({say("Statement", "声明编号"), statement.number});
  rows.rows.push_back({say("Published by", "公布单位"), facts.house.organisation});
  rows.rows.push_back({say("Sealed", "盖章时间"), day_and_minute(facts.time_ms)});
  if (facts.followed) {
    const RelationWords words = relation_words(statement.content.relation);
    rows.rows.push_back(
        {say("Follows", "所跟进的声明"), say.chinese ? fmt::format("{}（{}）", facts.followed->number, words.zh)
                                                     : fmt::format("{} ({})", facts.followed->number, words.en)});
  }
  for (const NamedParty& party : statement.content.parties) {
    const RoleWords role = role_words(party.role, party.person);
    const std::string label = say.chinese ? party.label_zh : party.label_en;
    const std::string words = say.chinese ? role.zh : role.en;
    rows.rows.push_back({say("Concerns", "涉及"), label == words ? label
                                                  : say.chinese  ? label + "（" + words + "）"
                                                                 : label + ", " + words});
  }
  blocks.emplace_back(std::move(rows));
}

void add_replies(std::vector<pdf::Block>& blocks, const Statement& statement, const Say& say) {
  for (const Reply& reply : statement.content.replies) {
    const std::string& label = say.chinese ? reply.label_zh : reply.label_en;
    const std::string title = say.chinese ? "答复：" + label : "Reply of " + label;
    if (!reply.given) {
      blocks.emplace_back(
          pdf::Callout{pdf::Tone::neutral, title,
                       say("No reply was given within the time set for it.", "在规定期限内未收到答复。")});
      continue;
    }
    const std::string when = reply.received_ms ? day_and_minute(*reply.received_ms) : "";
    blocks.emplace_back(pdf::Callout{pdf::Tone::neutral, title, reply.text});
    if (!when.empty())
      blocks.emplace_back(pdf::Paragraph{"", say("Received ", "收到时间：") + when, pdf::Emphasis::note});
  }
}

void add_language(std::vector<pdf::Block>& blocks, const Statement& statement, const DocumentFacts& facts,
                  const Text& text, const Say& say, bool with_heading) {
  if (text.empty()) return;
  if (with_heading) blocks.emplace_back(pdf::Heading{1, text.title});
  add_facts(blocks, statement, facts, say);
  add_text(blocks, text.body);
  add_replies(blocks, statement, say);
}

void add_annex(std::vector<pdf::Block>& blocks, const Statement& statement, const DocumentFacts& facts) {
  blocks.emplace_back(pdf::Rule{});
  blocks.emplace_back(pdf::Heading{2, "How to check this statement · 如何核验本声明"});
  const std::string url = statement_url(facts.house, statement.id);
  if (facts.qr) {
    pdf::Picture picture;
    picture.image = *facts.qr;
    picture.width_mm = kQrMm;
    picture.caption = url;
    blocks.emplace_back(std::move(picture));
  }
  blocks.emplace_back(pdf::Paragraph{
      "",
      fmt::format("The seal covers every byte of this file. A later statement may follow this one: see {}. A code or a "
                  "picture of this page proves nothing by itself; the checks below do.",
                  url)});
  blocks.emplace_back(pdf::Paragraph{"", fmt::format("电子印章覆盖本文件的每一个字节。此后可能有后续声明，请见 {}。"
                                                     "二维码或本页的截图本身不能证明任何事实，应以下列核验为准。",
                                                     url)});
  pdf::Definitions rows;
  if (!facts.fingerprint.empty()) rows.rows.push_back({"Certificate (SHA-256) · 证书指纹", facts.fingerprint});
  rows.rows.push_back({"Key published at · 密钥公布于",
                       fmt::format("https://{}/.well-known/probity-seal.json", domain_of(facts.house.public_url))});
  if (!facts.log_origin.empty()) rows.rows.push_back({"Transparency log · 透明日志", facts.log_origin});
  blocks.emplace_back(std::move(rows));
  pdf::List commands;
  commands.numbered = true;
  for (const std::string& command : verify_commands(statement)) commands.items.push_back({"", command});
  blocks.emplace_back(std::move(commands));
}

}  // namespace

RelationWords relation_words(Relation relation) {
  switch (relation) {
    case Relation::original:
      return {"statement", "声明"};
    case Relation::paid:
      return {"the agreed amount was paid", "约定金额已支付"};
    case Relation::rectified:
      return {"rectification was completed", "整改已完成"};
    case Relation::overturned:
      return {"the decision was overturned", "决定已被推翻"};
    case Relation::corrected:
      return {"a correction", "更正"};
  }
  return {"statement", "声明"};
}

std::string statement_url(const House& house, const Id& statement) {
  return house.public_url + "/statements/" + statement.text();
}

std::string document_name(const Statement& statement) { return statement.number + ".pdf"; }
std::string proof_name(const Statement& statement) { return statement.number + ".tlog-proof"; }

std::string domain_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  const std::size_t from = scheme == std::string::npos ? 0 : scheme + 3;
  return url.substr(from, url.find('/', from) - from);
}

std::vector<std::string> verify_commands(const Statement& statement) {
  const std::string name = document_name(statement);
  return {fmt::format("probity verify {} --proof {}", name, proof_name(statement)),
          fmt::format("pdfsig -nocert {}", name),
          fmt::format("pdfsig -dump {0} && openssl cms -cmsout -print -inform DER -in {0}.sig0", name),
          fmt::format("sha256sum {}", name)};
}

pdf::Document compose(const Statement& statement, const DocumentFacts& facts) {
  const Texts& texts = statement.content.texts;
  const bool english_first = !texts.en.empty();
  pdf::Document document;
  document.title = english_first ? texts.en.title : texts.zh.title;
  if (document.title.empty()) document.title = statement.number;
  document.subtitle = english_first && !texts.zh.empty() ? texts.zh.title : statement.number;
  document.language = english_first ? pdf::Language::en : pdf::Language::zh_cn;
  document.author = facts.house.organisation;
  document.header = fmt::format("{} · {}", statement.number, facts.house.organisation);
  document.footer = statement_url(facts.house, statement.id);
  if (facts.draft)
    document.blocks.emplace_back(
        pdf::Callout{pdf::Tone::important, "Draft · 草稿", "Not sealed and not published. 未盖章，未公布。"});
  add_language(document.blocks, statement, facts, texts.en, Say{false}, false);
  add_language(document.blocks, statement, facts, texts.zh, Say{true}, english_first);
  add_annex(document.blocks, statement, facts);
  return document;
}

}  // namespace probity::statements
