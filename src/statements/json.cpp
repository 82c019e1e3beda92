#include "statements/json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/json_shapes.h"

namespace probity::statements {
namespace {

using Json = nlohmann::json;

Json text_to_json(const Text& text) { return {{"title", text.title}, {"body", text.body}}; }
Text text_from_json(const Json& json) {
  return {json.at("title").get<std::string>(), json.at("body").get<std::string>()};
}

template <class Value, class Parse>
Value name_from_json(const Json& json, const char* member, Parse parse) {
  return parse(json.at(member).get<std::string>()).value();
}

// Milliseconds, so that what is read back is what was written.
Json ms_to_json(const std::optional<TimeMs>& time_ms) { return time_ms ? Json(*time_ms) : Json(); }
std::optional<TimeMs> ms_from_json(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<TimeMs>());
}

}  // namespace

std::string content_text(const Content& content, const std::string& number, const std::optional<Id>& follows) {
  Json parties = Json::array(), replies = Json::array();
  for (const NamedParty& party : content.parties)
    parties.push_back({{"label_en", party.label_en}, {"label_zh", party.label_zh}, {"role", party.role}});
  for (const Reply& reply : content.replies)
    replies.push_back({{"given", reply.given},
                       {"label_en", reply.label_en},
                       {"label_zh", reply.label_zh},
                       {"received_at", time_json(reply.received_ms)},
                       {"text", reply.text}});
  return Json{{"follows", id_json(follows)},
              {"kind", kind_name(content.kind)},
              {"number", number},
              {"parties", parties},
              {"relation", relation_name(content.relation)},
              {"replies", replies},
              {"texts", {{"en", text_to_json(content.texts.en)}, {"zh", text_to_json(content.texts.zh)}}}}
      .dump();
}

Json content_to_json(const Content& content) {
  Json parties = Json::array(), replies = Json::array();
  for (const NamedParty& party : content.parties)
    parties.push_back({{"party", party.party.text()},
                       {"role", party.role},
                       {"person", party.person},
                       {"naming", naming_name(party.naming)},
                       {"label_en", party.label_en},
                       {"label_zh", party.label_zh}});
  for (const Reply& reply : content.replies)
    replies.push_back({{"label_en", reply.label_en},
                       {"label_zh", reply.label_zh},
                       {"given", reply.given},
                       {"text", reply.text},
                       {"received_ms", ms_to_json(reply.received_ms)}});
  return {{"kind", kind_name(content.kind)},
          {"relation", relation_name(content.relation)},
          {"en", text_to_json(content.texts.en)},
          {"zh", text_to_json(content.texts.zh)},
          {"parties", parties},
          {"replies", replies}};
}

Content content_from_json(const Json& json) {
  Content content;
  content.kind = name_from_json<Kind>(json, "kind", parse_kind);
  content.relation = name_from_json<Relation>(json, "relation", parse_relation);
  content.texts = {text_from_json(json.at("en")), text_from_json(json.at("zh"))};
  for (const Json& one : json.at("parties")) {
    NamedParty party;
    party.party = Id::parse(one.at("party").get<std::string>()).value();
    party.role = one.at("role").get<std::string>();
    party.person = one.at("person").get<bool>();
    party.naming = name_from_json<Naming>(one, "naming", parse_naming);
    party.label_en = one.at("label_en").get<std::string>();
    party.label_zh = one.at("label_zh").get<std::string>();
    content.parties.push_back(std::move(party));
  }
  for (const Json& one : json.at("replies"))
    content.replies.push_back({one.at("label_en").get<std::string>(), one.at("label_zh").get<std::string>(),
                               one.at("given").get<bool>(), one.at("text").get<std::string>(),
                               ms_from_json(one.at("received_ms"))});
  return content;
}

Json approvals_to_json(const std::vector<Approval>& approvals) {
  Json json = Json::array();
  for (const Approval& approval : approvals)
    json.push_back({{"account", approval.account.text()}, {"name", approval.name}, {"at_ms", approval.at_ms}});
  return json;
}

std::vector<Approval> approvals_from_json(const Json& json) {
  std::vector<Approval> approvals;
  for (const Json& one : json)
    approvals.push_back({Id::parse(one.at("account").get<std::string>()).value(), one.at("name").get<std::string>(),
                         one.at("at_ms").get<TimeMs>()});
  return approvals;
}

Json texts_to_json(const Texts& texts) {
  Json json = Json::object();
  if (!texts.en.empty()) json["en"] = text_to_json(texts.en);
  if (!texts.zh.empty()) json["zh"] = text_to_json(texts.zh);
  return json;
}

Json replies_to_json(const std::vector<Reply>& replies) {
  Json json = Json::array();
  for (const Reply& reply : replies)
    json.push_back({{"label_en", reply.label_en},
                    {"label_zh", reply.label_zh},
                    {"given", reply.given},
                    {"text", reply.text},
                    {"received_at", time_json(reply.received_ms)}});
  return json;
}

Json to_json(const Statement& statement) {
  Json json = link_to_json(statement);
  json["case"] = statement.case_id.text();
  json["case_number"] = statement.case_number;
  json["drafted_by"] = statement.drafter_name;
  json["approvals"] = statement.approvals.size();
  json["created_at"] = to_rfc3339(statement.created_ms);
  json["submitted_at"] = time_json(statement.submitted_ms);
  json["tombstoned_at"] = statement.tombstone ? Json(to_rfc3339(statement.tombstone->at_ms)) : Json();
  return json;
}

Json link_to_json(const Statement& statement) {
  return {{"id", statement.id.text()},
          {"number", statement.number},
          {"kind", kind_name(statement.content.kind)},
          {"relation", relation_name(statement.content.relation)},
          {"state", state_name(statement.state)},
          {"title_en", statement.content.texts.en.title},
          {"title_zh", statement.content.texts.zh.title},
          {"published_at", time_json(statement.published_ms)},
          {"follows", id_json(statement.follows)}};
}

Json hindrances_to_json(const std::vector<Hindrance>& hindrances) {
  Json json = Json::array();
  for (const Hindrance& one : hindrances)
    json.push_back({{"code", one.code},
                    {"message", one.message},
                    {"message_zh", one.message_zh},
                    {"until", time_json(one.until_ms)}});
  return json;
}

Json removal_to_json(const RemovalRequest& removal) {
  return {{"account", removal.account.text()},
          {"name", removal.name},
          {"at_ms", removal.at_ms},
          {"grounds", grounds_name(removal.grounds)},
          {"reason", removal.reason}};
}

RemovalRequest removal_from_json(const Json& json) {
  RemovalRequest removal;
  removal.account = Id::parse(json.at("account").get<std::string>()).value_or(Id{});
  removal.name = json.at("name").get<std::string>();
  removal.at_ms = json.at("at_ms").get<TimeMs>();
  removal.grounds = parse_grounds(json.at("grounds").get<std::string>()).value_or(Grounds::court_order);
  removal.reason = json.at("reason").get<std::string>();
  return removal;
}

Json tombstone_to_json(const Tombstone& tombstone) {
  return {
      {"at", to_rfc3339(tombstone.at_ms)}, {"grounds", grounds_name(tombstone.grounds)}, {"reason", tombstone.reason}};
}

}  // namespace probity::statements
