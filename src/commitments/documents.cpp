#include "commitments/documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/zone.h"

namespace probity::commitments {
namespace {

struct Words {
  bool chinese = false;
  std::string operator()(const char* en, const char* zh) const { return chinese ? zh : en; }
};

// Paragraphs parted by blank lines; lines that begin with "- " are a list.
void add_text(std::vector<pdf::Block>& blocks, const std::string& text) {
  pdf::List list;
  std::string paragraph;
  const auto end_paragraph = [&] {
    if (!paragraph.empty()) blocks.emplace_back(pdf::Paragraph{"", paragraph, pdf::Emphasis::normal});
    paragraph.clear();
  };
  const auto end_list = [&] {
    if (!list.items.empty()) blocks.emplace_back(list);
    list.items.clear();
  };
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line = text.substr(start, end - start);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    start = end + 1;
    if (line.starts_with("- ")) {
      end_paragraph();
      list.items.push_back({"", line.substr(2)});
    } else if (line.find_first_not_of(" \t") == std::string::npos) {
      end_paragraph();
      end_list();
    } else {
      end_list();
      paragraph += (paragraph.empty() ? "" : "\n") + line;
    }
  }
  end_paragraph();
  end_list();
}

std::string kind_words(const std::string& kind, const Words& words) {
  static const std::map<std::string, std::pair<const char*, const char*>> kTable{
      {"drafted", {"Drafted", "起草"}},
      {"sent", {"Text frozen and sent", "文本固定并发送"}},
      {"link_made", {"Link made at the door", "现场生成链接"}},
      {"identified", {"One-time code entered", "输入一次性验证码"}},
      {"opened", {"Opened", "打开"}},
      {"read", {"Read to the end", "阅读完毕"}},
      {"answered", {"Questions answered", "回答问题"}},
      {"signed", {"Signed", "签署"}},
      {"in_force", {"In force", "生效"}},
      {"declined", {"Declined", "拒签"}},
      {"reminded", {"Reminded", "提醒"}},
      {"extended", {"Last day moved", "调整签署期限"}},
      {"expired", {"Not signed in time", "逾期未签"}},
      {"paper_recorded", {"Recorded from paper", "登记纸质签署"}},
  };
  const auto found = kTable.find(kind);
  return found == kTable.end() ? kind : words(found->second.first, found->second.second);
}

nlohmann::json data_of(const EvidenceEntry& entry) { return nlohmann::json::parse(entry.data_json, nullptr, false); }

std::string text_in(const nlohmann::json& data, const char* name) {
  return data.is_object() && data.contains(name) && data[name].is_string() ? data[name].get<std::string>() : "";
}

// What an entry says beside who, when and where.
std::string details_of(const EvidenceEntry& entry, const Words& words) {
  const auto data = data_of(entry);
  if (entry.kind == "identified")
    return text_in(data, "code_came_by") == "told" ? words("code told in person", "验证码当面告知")
                                                   : words("code mailed to ", "验证码发送至 ") + text_in(data, "email");
  if (entry.kind == "paper_recorded") return "SHA-256 " + text_in(data, "scan_sha256");
  if (entry.kind == "declined") return text_in(data, "reason");
  if (entry.kind != "answered" || !data.contains("answers")) return {};
  std::size_t right = 0;
  for (const auto& answer : data["answers"])
    if (answer.value("right", false)) ++right;
  return fmt::format(fmt::runtime(words("{} of {} right", "{1} 题中答对 {0} 题")), right, data["answers"].size());
}

// Every answer in its order, wrong ones too, at the text's full width.
void add_answers(std::vector<pdf::Block>& blocks, const std::vector<EvidenceEntry>& evidence, const Words& words) {
  pdf::List list;
  list.numbered = true;
  for (const EvidenceEntry& entry : evidence) {
    if (entry.kind != "answered") continue;
    const auto data = data_of(entry);
    if (!data.contains("answers")) continue;
    for (const auto& answer : data["answers"])
      list.items.push_back(
          {entry.witness.actor.name + (words.chinese ? "：" : ":"),
           fmt::format("{} → {} ({})", text_in(answer, "asked"), text_in(answer, "answer"),
                       answer.value("right", false) ? words("right", "正确") : words("wrong", "错误"))});
  }
  if (list.items.empty()) return;
  blocks.emplace_back(pdf::Heading{2, words("Questions and answers", "问题与回答")});
  blocks.emplace_back(std::move(list));
}

// "2026-11-20 12:00:00"
std::string short_time(TimeMs time_ms) {
  std::string text = to_rfc3339(time_ms).substr(0, 19);
  text[10] = ' ';
  return text;
}

pdf::Signatures signatures_of(const Commitment& commitment, const std::string& zone, const Words& words) {
  pdf::Signatures signatures;
  for (const Signatory& signatory : commitment.signatories) {
    const bool company = signatory.role == SignatoryRole::company;
    pdf::Signature one;
    one.caption = company ? words("For the organisation", "单位签署") : words("Promised by", "承诺人");
    one.typed_name = signatory.signed_name;
    one.role = signatory.name;
    if (!signatory.job_title.empty()) one.role += ", " + signatory.job_title;
    if (!commitment.organisation_name.empty()) one.role += ", " + commitment.organisation_name;
    if (signatory.signed_ms) one.time = instant_text(*signatory.signed_ms, zone, commitment.locale);
    if (commitment.on_paper) one.note = words("Signed on paper", "纸质签署");
    signatures.parties.push_back(std::move(one));
  }
  return signatures;
}

void add_evidence(std::vector<pdf::Block>& blocks, const Commitment& commitment, const RenderedText& text,
                  const std::vector<EvidenceEntry>& evidence, const Words& words) {
  blocks.emplace_back(pdf::PageBreak{});
  blocks.emplace_back(pdf::Heading{1, words("Evidence", "签署证据")});
  pdf::Definitions facts;
  facts.rows.push_back({words("Number", "编号"), fmt::format("{} v{}", commitment.number, commitment.version)});
  if (commitment.text_hash)
    facts.rows.push_back({words("SHA-256 of the frozen text", "固定文本的 SHA-256 值"), to_hex(*commitment.text_hash)});
  if (!evidence.empty())
    facts.rows.push_back({words("Head of the record chain", "记录链末端哈希值"), to_hex(evidence.back().hash)});
  if (!text.consent_text.empty()) facts.rows.push_back({words("Consent given", "签署时的同意声明"), text.consent_text});
  blocks.emplace_back(std::move(facts));
  for (const Tick& tick : text.ticks) blocks.emplace_back(pdf::Checkbox{commitment.everybody_signed(), tick.text});
  pdf::Table table;
  table.columns = {{words("Time (UTC)", "时间（UTC）"), 2.0, pdf::Align::left},
                   {words("What", "事项"), 1.8, pdf::Align::left},
                   {words("Who", "人员"), 1.8, pdf::Align::left},
                   {words("From", "来源"), 2.8, pdf::Align::left},
                   {words("Details", "详情"), 2.8, pdf::Align::left}};
  for (const EvidenceEntry& entry : evidence) {
    std::string from = entry.witness.address;
    if (!entry.witness.agent.empty()) from += (from.empty() ? "" : "\n") + entry.witness.agent;
    table.rows.push_back({short_time(entry.time_ms), kind_words(entry.kind, words), entry.witness.actor.name, from,
                          details_of(entry, words)});
  }
  if (!table.rows.empty()) blocks.emplace_back(std::move(table));
  add_answers(blocks, evidence, words);
  blocks.emplace_back(pdf::Paragraph{
      "",
      words("Each step is kept with the hash of the one before it; the seal on this file covers every byte of it. Any "
            "change to either can be seen.",
            "每一步骤均与前一步骤的哈希值一并保存；本文件的电子印章覆盖全部内容。任何改动均可被发现。"),
      pdf::Emphasis::note});
}

}  // namespace

std::string document_name(const Commitment& commitment) {
  return fmt::format("{}-v{}.pdf", commitment.number, commitment.version);
}

pdf::Document compose(const Commitment& commitment, const RenderedText& text,
                      const std::vector<EvidenceEntry>& evidence, const std::string& zone) {
  const Words words{commitment.locale == Locale::zh};
  pdf::Document document;
  document.title = text.title;
  document.subtitle = fmt::format("{} v{}", commitment.number, commitment.version);
  document.language = words.chinese ? pdf::Language::zh_cn : pdf::Language::en;
  document.author = text.about.sender;
  document.header = fmt::format("{} · {}", commitment.number, text.title);
  document.footer = text.about.sender;
  if (!commitment.in_force_ms)
    document.blocks.emplace_back(
        pdf::Callout{pdf::Tone::important, words("Not in force", "尚未生效"),
                     words("This is the text as it stands. It binds nobody yet.", "此为当前文本，尚不具有约束力。")});
  pdf::Definitions terms;
  for (const auto& [label, value] : text.terms_table) terms.rows.push_back({label, value});
  document.blocks.emplace_back(std::move(terms));
  for (const TextSection& section : text.sections) {
    if (!section.heading.empty()) document.blocks.emplace_back(pdf::Heading{2, section.heading});
    add_text(document.blocks, section.text);
  }
  document.blocks.emplace_back(signatures_of(commitment, zone, words));
  add_evidence(document.blocks, commitment, text, evidence, words);
  return document;
}

Result<Bytes> DocumentService::render(const Commitment& commitment) {
  TRY_ASSIGN(const RenderedText text, desk_.text_of(commitment));
  TRY_ASSIGN(const auto evidence, desk_.store().evidence(commitment.id));
  TRY(check_chain(commitment.id, evidence));
  TRY_ASSIGN(const House house, desk_.ports().house.house());
  const TimeMs made_ms = commitment.in_force_ms.value_or(desk_.now());
  return tools_.typeset(compose(commitment, text, evidence, house.zone), made_ms);
}

Result<Bytes> DocumentService::document_of(const Commitment& commitment) {
  if (commitment.document_blob) return desk_.ports().blobs.get(*commitment.document_blob);
  return render(commitment);
}

Result<Bytes> DocumentService::document(const Id& id) {
  TRY_ASSIGN(const Commitment commitment, desk_.existing(id));
  return document_of(commitment);
}

Result<Bytes> DocumentService::document_for(const Id& party, const Id& id) {
  TRY_ASSIGN(const auto commitment, desk_.store().find(id));
  if (!commitment || !commitment->sent_ms || commitment->signatory_of(party) == nullptr)
    return fail(ErrorCode::not_found, "there is no such commitment");
  return document_of(*commitment);
}

Result<void> DocumentService::seal(const Id& id) {
  TRY_ASSIGN(const Commitment commitment, desk_.existing(id));
  if (commitment.document_blob) return {};
  if (!commitment.in_force_ms) return fail(ErrorCode::conflict, "only what is in force is sealed");
  TRY_ASSIGN(const Bytes pdf, render(commitment));
  TRY_ASSIGN(const Bytes sealed, tools_.seal(pdf, commitment.number + " in force", desk_.now()));
  TRY_ASSIGN(const Hash blob, desk_.ports().blobs.put(sealed));
  return attach(id, blob);
}

Result<void> DocumentService::attach(const Id& id, const Hash& document) {
  return desk_.ports().transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(Commitment commitment, desk_.existing(id));
    if (commitment.document_blob) return {};  // somebody else was first; their seal is the one that counts
    commitment.document_blob = document;
    TRY(desk_.store().update(commitment));
    TRY(desk_.record(commitment, "sealed", Witness{}, {{"document_sha256", to_hex(document)}}));
    TRY(desk_.tell(commitment, "commitment.sealed", events::Actor{}, {}));
    for (const Signatory& signatory : commitment.signatories) {
      if (signatory.email.empty()) continue;
      TRY_ASSIGN(Matter matter, desk_.matter(commitment));
      TRY_ASSIGN(matter.link, desk_.make_link(commitment, signatory));
      outbox::Message message = signed_copy_letter(reader_of(signatory), matter);
      message.attachments.push_back({document_name(commitment), "application/pdf", document});
      TRY(desk_.mail(message));
    }
    return {};
  });
}

}  // namespace probity::commitments
