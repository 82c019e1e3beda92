#include "screening/company_json.h"

#include <nlohmann/json.hpp>

#include "alliance/catalogue.h"
#include "base/encoding.h"

namespace probity::screening {
namespace {

using nlohmann::json;

json or_null(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

}  // namespace

json subject_record(const CompanySubject& subject) {
  return {{"name", subject.name},
          {"credit_code", subject.credit_code},
          {"organisation_code", subject.organisation_code},
          {"lei", subject.lei},
          {"registration", subject.registration}};
}

CompanySubject subject_of_record(const json& in) {
  return {in.at("name").get<std::string>(), in.at("credit_code").get<std::string>(),
          in.at("organisation_code").get<std::string>(), in.at("lei").get<std::string>(),
          in.at("registration").get<std::string>()};
}

json actor_record(const events::Actor& actor) {
  return {{"kind", events::actor_kind_name(actor.kind)},
          {"id", actor.id ? json(actor.id->text()) : json(nullptr)},
          {"name", actor.name}};
}

Result<events::Actor> actor_of_record(const json& in) {
  events::Actor actor;
  const auto kind = events::parse_actor_kind(in.at("kind").get<std::string>());
  if (!kind) return fail(ErrorCode::corrupt, "an actor of an unknown kind");
  actor.kind = *kind;
  if (!in.at("id").is_null()) {
    TRY_ASSIGN(actor.id, Id::parse(in.at("id").get<std::string>()));
  }
  actor.name = in.at("name").get<std::string>();
  return actor;
}

void put_numbers(json& out, const CompanySubject& subject) {
  out["credit_code"] = or_null(subject.credit_code.empty() ? subject.organisation_code : subject.credit_code);
  out["lei"] = or_null(subject.lei);
  out["registration"] = or_null(subject.registration);
}

json words_json(const Words& words) { return {{"en", words.en}, {"zh", words.zh}}; }

json entry_json(const alliance::EnterpriseEntry& entry) {
  json out = alliance::enterprise_to_json(entry.enterprise);
  out["listing"] = entry.listing.text();
  out["conduct"] = entry.conduct;
  const auto conduct = alliance::parse_conduct(entry.conduct);
  out["conduct_title"] = conduct ? words_json({std::string(alliance::conduct_entry(*conduct).title_en),
                                               std::string(alliance::conduct_entry(*conduct).title_zh)})
                                 : words_json({entry.conduct, entry.conduct});
  out["severity"] = entry.severity;
  out["filer"] = entry.filer.text();
  out["filer_name"] = entry.filer_name;
  out["since"] = to_rfc3339(entry.since_ms);
  out["until"] = to_rfc3339(entry.until_ms);
  out["status"] = entry.status;
  out["corrected_at"] = entry.corrected_ms ? json(to_rfc3339(*entry.corrected_ms)) : json(nullptr);
  return out;
}

json list_state_json(const alliance::SignedEnterpriseHead& head) {
  return {{"version", head.head.version},
          {"count", head.head.count},
          {"root", to_hex(head.head.root)},
          {"made_at", to_rfc3339(head.head.time_ms)},
          {"signature", to_hex(head.signature)}};
}

json match_json(const CompanyMatch& match, const std::optional<Id>& hit) {
  json evidence = json::array();
  for (const CompanyEvidence& item : match.evidence)
    evidence.push_back({{"feature", item.feature},
                        {"finding", item.finding},
                        {"weight", item.weight},
                        {"sentence", words_json(sentence_of(item))}});
  return {{"level", level_name(match.level)},
          {"by", match.by},
          {"name", match.name},
          {"former", match.former},
          {"score", match.score},
          {"evidence", std::move(evidence)},
          {"hit", hit ? json(hit->text()) : json(nullptr)},
          {"entry", entry_json(match.listed->entry)}};
}

}  // namespace probity::screening
