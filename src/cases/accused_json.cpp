#include "cases/accused_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "base/json_shapes.h"

namespace probity::cases {
namespace {

using Json = nlohmann::json;

// What the finding says, first of all, about every copy and every accused.
constexpr const char* kCopyEn = "This is the copy issued to you; it does not show who passed it on.";
constexpr const char* kCopyZh = "这是发放给您的副本，但不能说明由何人传出。";

Json finding_json(const FindingFacts& finding) {
  Json en = finding.limits_en, zh = finding.limits_zh;
  if (finding.copy_issued_ms) {
    en.insert(en.begin(), kCopyEn);
    zh.insert(zh.begin(), kCopyZh);
  }
  return {{"verdict", finding.verdict},
          {"asset_title", finding.asset_title},
          {"bound_en", finding.bound_en},
          {"bound_zh", finding.bound_zh},
          {"limits_en", std::move(en)},
          {"limits_zh", std::move(zh)},
          {"copy_issued_at", time_json(finding.copy_issued_ms)}};
}

Json evidence_json(const AccusedEvidence& one) {
  return {{"id", one.evidence.item.text()},        {"title", one.evidence.title},
          {"media_type", one.evidence.media_type}, {"size_bytes", one.evidence.size_bytes},
          {"sha256", to_hex(one.evidence.sha256)}, {"what", one.evidence.what},
          {"has_picture", one.has_picture}};
}

// Documents of a reply or an appeal, as they were handed in.
Json documents_json(const std::vector<Document>& documents, const std::vector<AccusedDocument>& own) {
  Json json = Json::array();
  for (const Document& document : documents) {
    const auto found = std::ranges::find(own, document.sha256, [](const auto& one) { return one.document.sha256; });
    if (found != own.end()) json.push_back(accused_document_json(*found));
  }
  return json;
}

Json decision_shown(const Case& of, const CaseParty& self) {
  Json consequences = Json::array();
  for (const Consequence& one : of.consequences) {
    if (one.case_party != self.id) continue;
    Json json{{"kind", name_of(one.kind)},
              {"state", name_of(one.state)},
              {"text", one.text},
              {"due_at", time_json(one.due_ms)}};
    if (one.amount) {
      json["amount"] = decimal_of(one.amount->due());
      json["currency"] = one.amount->agreed.currency;
      json["commitment_number"] = one.amount->commitment_number;
    }
    consequences.push_back(std::move(json));
  }
  return {{"at", to_rfc3339(of.decision->decided_ms)},
          {"finding", name_of(of.decision->finding)},
          {"text", of.decision->reasons},
          {"consequences", std::move(consequences)}};
}

Json appeal_json(const Appeal& appeal, const std::vector<AccusedDocument>& own) {
  const bool is_decided = appeal.state == AppealState::decided && appeal.outcome;
  return {{"state", is_decided ? name_of(*appeal.outcome) : name_of(appeal.state)},
          {"filed_at", to_rfc3339(appeal.filed_ms)},
          {"text", appeal.text},
          {"documents", documents_json(appeal.documents, own)},
          {"decided_at", time_json(appeal.decided_ms)},
          {"reason", appeal.reasons}};
}

Json replies_json(const AccusedView& view) {
  Json json = Json::array();
  for (const Reply& reply : view.of.replies)
    if (reply.case_party == view.self.id)
      json.push_back({{"text", reply.text},
                      {"at", to_rfc3339(reply.received_ms)},
                      {"documents", documents_json(reply.documents, view.documents)}});
  return json;
}

}  // namespace

Json accused_document_json(const AccusedDocument& document) {
  return {{"id", document.id.text()},
          {"name", document.document.name},
          {"size_bytes", document.document.size_bytes},
          {"sha256", to_hex(document.document.sha256)},
          {"at", to_rfc3339(document.at_ms)}};
}

Json accused_json(const AccusedView& view, const std::string& csrf_token) {
  Json evidence = Json::array(), documents = Json::array(), may = Json::array();
  for (const AccusedEvidence& one : view.evidence) evidence.push_back(evidence_json(one));
  for (const AccusedDocument& one : view.documents) documents.push_back(accused_document_json(one));
  if (view.may_reply) may.push_back("reply");
  if (view.may_reply || view.may_appeal) may.push_back("upload");
  if (view.may_appeal) may.push_back("appeal");
  Json json{{"number", view.of.number},
            {"organisation",
             {{"name", view.house.organisation},
              {"url", view.house.public_url},
              {"domain", view.house.public_url.substr(
                             std::min(view.house.public_url.find("://") + 3, view.house.public_url.size()))},
              {"contact", view.house.contact_email}}},
            {"locale", commitments::locale_name(view.locale)},
            {"name", view.name},
            {"role", name_of(view.self.role)},
            {"commitment_number", view.self.commitment_number},
            {"claim", view.of.claim->text},
            {"claimed_at", to_rfc3339(view.of.claim->sent_ms)},
            {"kind", name_of(view.of.kind)},
            {"state", accused_state_name(view.state)},
            {"reply_by", to_rfc3339(view.of.claim->reply_until_ms)},
            {"csrf_token", csrf_token},
            {"server_time", to_rfc3339(view.now_ms)},
            {"evidence", std::move(evidence)},
            {"findings", Json::array({finding_json(view.finding)})},
            {"documents", std::move(documents)},
            {"replies", replies_json(view)},
            {"may", std::move(may)}};
  json["appeal_by"] = view.of.decision ? Json(to_rfc3339(view.of.decision->appeal_until_ms)) : Json();
  if (view.of.decision) json["decision"] = decision_shown(view.of, view.self);
  for (const Appeal& appeal : view.of.appeals)
    if (appeal.case_party == view.self.id) json["appeal"] = appeal_json(appeal, view.documents);
  return json;
}

}  // namespace probity::cases
