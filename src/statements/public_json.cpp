#include "statements/public_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/json_shapes.h"
#include "statements/document.h"
#include "statements/json.h"

namespace probity::statements {
namespace {

using Json = nlohmann::json;

std::string api_url(const Id& id, const char* file) {
  return fmt::format("/api/v1/public/statements/{}/{}", id.text(), file);
}

std::string record_url(const House& house) {
  return fmt::format("https://{}/.well-known/probity-seal.json", domain_of(house.public_url));
}

Json certificate_json(const seal::Certificate& certificate) {
  return {{"subject", certificate.subject},
          {"issuer", certificate.issuer},
          {"fingerprint", to_hex(certificate.fingerprint)},
          {"self_signed", certificate.self_signed},
          {"not_before", to_rfc3339(certificate.not_before_ms)},
          {"not_after", to_rfc3339(certificate.not_after_ms)},
          {"pem", certificate.pem}};
}

Json parties_json(const std::vector<NamedParty>& parties) {
  Json json = Json::array();
  for (const NamedParty& party : parties)
    json.push_back({{"role", party.role}, {"label_en", party.label_en}, {"label_zh", party.label_zh}});
  return json;
}

Json log_json(const PublicView& view) {
  const Id& id = view.statement.id;
  Json json{{"index", view.statement.log_index.value_or(0)},
            {"origin", view.log.origin.empty() ? Json() : Json(view.log.origin)},
            {"proof_url", api_url(id, "statement.tlog-proof")},
            {"opening_url", api_url(id, "opening.json")},
            {"proof", view.proof ? Json(*view.proof) : Json()}};
  if (view.opening) json["opening"] = Json::parse(log::opening_json(*view.opening));
  return json;
}

void add_checks(Json& json, const PublicView& view) {
  const Statement& statement = view.statement;
  json["pdf"] = {{"sha256", to_hex(*statement.pdf)},
                 {"size_bytes", statement.pdf_bytes},
                 {"url", api_url(statement.id, "statement.pdf")}};
  json["log"] = log_json(view);
  json["commands"] = verify_commands(statement);
  if (view.certificate) json["seal"] = certificate_json(*view.certificate);
  SealRecord record{view.house, {}, view.log, view.now_ms};
  if (view.certificate) record.seals.push_back(*view.certificate);
  json["binding"] = {{"domain", domain_of(view.house.public_url)},
                     {"record_url", record_url(view.house)},
                     {"record", seal_record_json(record)}};
}

std::string xml(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\n':
      case '\t':
        safe += c;
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) safe += c;
    }
  }
  return safe;
}

// In both languages, as a reader of feeds shows it.
std::string feed_title(const Statement& statement) {
  if (statement.tombstone) return statement.number + ": removed · 已移除";
  const Texts& texts = statement.content.texts;
  if (texts.en.empty() || texts.zh.empty()) return statement.number + ": " + texts.en.title + texts.zh.title;
  return fmt::format("{}: {} · {}", statement.number, texts.en.title, texts.zh.title);
}

std::string feed_text(const Statement& statement) {
  if (statement.tombstone) return statement.tombstone->reason;
  const Texts& texts = statement.content.texts;
  return texts.en.body + (texts.en.body.empty() || texts.zh.body.empty() ? "" : "\n\n") + texts.zh.body;
}

TimeMs changed_ms(const Statement& statement) {
  return statement.tombstone ? statement.tombstone->at_ms : statement.published_ms.value_or(0);
}

}  // namespace

Json public_link(const Statement& statement, const House& house) {
  Json json = link_to_json(statement);
  json["url"] = statement_url(house, statement.id);
  return json;
}

Json organisation_json(const House& house) {
  return {{"name", house.organisation},
          {"url", house.public_url},
          {"domain", domain_of(house.public_url)},
          {"contact", house.contact}};
}

Json public_json(const PublicView& view) {
  const Statement& statement = view.statement;
  Json chain = Json::array();
  for (const Statement& one : view.chain) chain.push_back(public_link(one, view.house));
  Json json{{"id", statement.id.text()},
            {"number", statement.number},
            {"kind", kind_name(statement.content.kind)},
            {"relation", relation_name(statement.content.relation)},
            {"state", state_name(statement.state)},
            {"organisation", organisation_json(view.house)},
            {"texts", texts_to_json(statement.content.texts)},
            {"parties", parties_json(statement.content.parties)},
            {"replies", replies_to_json(statement.content.replies)},
            {"published_at", time_json(statement.published_ms)},
            {"sealed_at", time_json(statement.sealed_ms)},
            {"chain", std::move(chain)},
            {"url", statement_url(view.house, statement.id)},
            {"server_time", to_rfc3339(view.now_ms)}};
  if (statement.tombstone)
    json["tombstone"] = tombstone_to_json(*statement.tombstone);
  else
    add_checks(json, view);
  return json;
}

Json hash_json(const HashAnswer& answer) {
  Json json{{"sha256", to_hex(answer.sha256)},
            {"is_statement", answer.statement.has_value()},
            {"organisation", organisation_json(answer.house)},
            {"statements", answer.searched}};
  if (answer.statement) {
    json["statement"] = public_link(*answer.statement, answer.house);
    json["since"] = time_json(answer.statement->published_ms);
    if (answer.statement->tombstone) json["removed_at"] = to_rfc3339(answer.statement->tombstone->at_ms);
  }
  return json;
}

Json seal_record_json(const SealRecord& record) {
  Json seals = Json::array();
  for (const auto& certificate : record.seals) seals.push_back(certificate_json(certificate));
  Json json{{"version", 1},
            {"organisation", record.house.organisation},
            {"url", record.house.public_url},
            {"domain", domain_of(record.house.public_url)},
            {"seals", std::move(seals)},
            {"statements_url", record.house.public_url + "/statements"},
            {"feed_url", record.house.public_url + "/statements/feed.xml"},
            {"updated_at", to_rfc3339(record.now_ms)}};
  if (record.log.origin.empty())
    json["log"] = nullptr;
  else
    json["log"] = {
        {"origin", record.log.origin}, {"key", record.log.key}, {"url", record.log.url}, {"policy", record.log.policy}};
  return json;
}

std::string atom_feed(const std::vector<Statement>& statements, const House& house, TimeMs now_ms) {
  TimeMs updated_ms = statements.empty() ? now_ms : 0;
  std::string entries;
  for (const Statement& statement : statements) {
    updated_ms = std::max(updated_ms, changed_ms(statement));
    const std::string url = statement_url(house, statement.id);
    entries += fmt::format(
        "  <entry>\n    <id>{0}</id>\n    <title>{1}</title>\n    <link rel=\"alternate\" href=\"{0}\"/>\n"
        "    <published>{2}</published>\n    <updated>{3}</updated>\n    <category term=\"{4}\"/>\n",
        xml(url), xml(feed_title(statement)), to_rfc3339(statement.published_ms.value_or(0)),
        to_rfc3339(changed_ms(statement)), relation_name(statement.content.relation));
    if (statement.follows)
      entries +=
          fmt::format("    <link rel=\"related\" href=\"{}\"/>\n", xml(statement_url(house, *statement.follows)));
    if (!statement.tombstone)
      entries += fmt::format("    <link rel=\"enclosure\" type=\"application/pdf\" length=\"{}\" href=\"{}{}\"/>\n",
                             statement.pdf_bytes, xml(house.public_url), api_url(statement.id, "statement.pdf"));
    entries += fmt::format("    <content type=\"text\">{}</content>\n  </entry>\n", xml(feed_text(statement)));
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n  "
      "<id>{0}/statements</id>\n"
      "  <title>{1}: statements · 声明</title>\n  <updated>{2}</updated>\n  <author><name>{1}</name></author>\n"
      "  <link rel=\"self\" href=\"{0}/statements/feed.xml\"/>\n  <link rel=\"alternate\" "
      "href=\"{0}/statements\"/>\n{3}"
      "</feed>\n",
      xml(house.public_url), xml(house.organisation), to_rfc3339(updated_ms), entries);
}

Json json_feed(const std::vector<Statement>& statements, const House& house) {
  Json items = Json::array();
  for (const Statement& statement : statements) {
    const std::string url = statement_url(house, statement.id);
    Json item{{"id", url},
              {"url", url},
              {"title", feed_title(statement)},
              {"content_text", feed_text(statement)},
              {"date_published", to_rfc3339(statement.published_ms.value_or(0))},
              {"date_modified", to_rfc3339(changed_ms(statement))},
              {"tags", {relation_name(statement.content.relation), state_name(statement.state)}}};
    if (!statement.tombstone)
      item["attachments"] = {{{"url", house.public_url + api_url(statement.id, "statement.pdf")},
                              {"mime_type", "application/pdf"},
                              {"size_in_bytes", statement.pdf_bytes}}};
    items.push_back(std::move(item));
  }
  return {{"version", "https://jsonfeed.org/version/1.1"},
          {"title", house.organisation + ": statements · 声明"},
          {"home_page_url", house.public_url + "/statements"},
          {"feed_url", house.public_url + "/statements/feed.json"},
          {"items", std::move(items)}};
}

}  // namespace probity::statements
