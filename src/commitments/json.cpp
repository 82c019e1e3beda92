#include "commitments/json.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "base/encoding.h"

namespace probity::commitments {
namespace {

using Json = nlohmann::json;

Json optional_id(const std::optional<Id>& id) { return id ? Json(id->text()) : Json(); }

std::optional<TimeMs> optional_time(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return parse_utc(json.get<std::string>()).value();
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

Json signatory_to_json(const Signatory& signatory) {
  return {{"id", signatory.id.text()},
          {"role", role_name(signatory.role)},
          {"party", signatory.party.text()},
          {"name", signatory.name},
          {"email", signatory.email},
          {"state", signatory_state_name(signatory.state)},
          {"signed_at", time_to_json(signatory.signed_ms)},
          {"signed_name", optional_text(signatory.signed_name)}};
}

}  // namespace

Json optional_text(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::optional<TimeMs> parse_utc(std::string_view text) {
  using namespace std::chrono;
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000Z";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] == '0' ? (text[i] < '0' || text[i] > '9') : text[i] != kForm[i]) return std::nullopt;
  const year_month_day date{year(digits(text, 0, 4)), month(static_cast<unsigned>(digits(text, 5, 2))),
                            day(static_cast<unsigned>(digits(text, 8, 2)))};
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const auto days_ms = duration_cast<milliseconds>(sys_days(date).time_since_epoch()).count();
  return days_ms + ((hour * 60LL + minute) * 60LL + second) * 1000LL + digits(text, 20, 3);
}

Json time_to_json(const std::optional<TimeMs>& time_ms) { return time_ms ? Json(to_rfc3339(*time_ms)) : Json(); }

Json terms_to_json(const Terms& terms) {
  Json channels = Json::array();
  for (const Channel channel : terms.channels) channels.push_back(channel_name(channel));
  Json json{{"channels", channels},
            {"embargo_at", time_to_json(terms.embargo_ms)},
            {"embargo_zone", terms.embargo_zone},
            {"amount", optional_text(terms.amount)},
            {"liable", liable_name(terms.liable)},
            {"sub_suppliers_sign", terms.sub_suppliers_sign},
            {"breach_text", terms.breach_text},
            {"signing_method", terms.signing_method},
            {"may_invite_colleagues", terms.may_invite_colleagues},
            {"sign_by", time_to_json(terms.sign_by_ms)}};
  if (!terms.currency.empty()) json["currency"] = terms.currency;
  return json;
}

Terms terms_from_json(const Json& json) {
  Terms terms;
  for (const auto& name : json.at("channels")) terms.channels.push_back(parse_channel(name.get<std::string>()).value());
  terms.embargo_ms = optional_time(json.at("embargo_at"));
  terms.embargo_zone = json.at("embargo_zone").get<std::string>();
  if (!json.at("amount").is_null()) terms.amount = json.at("amount").get<std::string>();
  if (json.contains("currency")) terms.currency = json.at("currency").get<std::string>();
  terms.liable = parse_liable(json.at("liable").get<std::string>()).value();
  terms.sub_suppliers_sign = json.at("sub_suppliers_sign").get<bool>();
  terms.breach_text = json.at("breach_text").get<std::string>();
  terms.signing_method = json.at("signing_method").get<std::string>();
  terms.may_invite_colleagues = json.at("may_invite_colleagues").get<bool>();
  terms.sign_by_ms = optional_time(json.at("sign_by"));
  return terms;
}

Json section_to_json(const TextSection& section) {
  return {{"id", section.id}, {"heading", section.heading}, {"text", section.text}, {"must_tick", section.must_tick}};
}

TextSection section_from_json(const Json& json) {
  return {json.at("id").get<std::string>(), json.at("heading").get<std::string>(), json.at("text").get<std::string>(),
          json.at("must_tick").get<bool>()};
}

Json question_to_json(const Question& question, Audience audience) {
  Json json{{"id", question.id}, {"text", question.text}, {"choices", Json::array()}};
  for (const Choice& choice : question.choices) json["choices"].push_back({{"id", choice.id}, {"text", choice.text}});
  if (audience == Audience::staff) {
    json["right"] = question.right;
    json["why"] = question.why;
  }
  return json;
}

Question question_from_json(const Json& json) {
  Question question{json.at("id").get<std::string>(),
                    json.at("text").get<std::string>(),
                    {},
                    json.at("right").get<std::string>(),
                    json.at("why").get<std::string>()};
  for (const auto& choice : json.at("choices"))
    question.choices.push_back({choice.at("id").get<std::string>(), choice.at("text").get<std::string>()});
  return question;
}

std::string terms_text(const Terms& terms) { return terms_to_json(terms).dump(); }

Result<Terms> parse_terms(std::string_view text) {
  try {
    return terms_from_json(Json::parse(text));
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the terms of a commitment are not readable");
  }
}

std::string template_text_text(const TemplateText& text) {
  Json json{{"title", text.title}, {"sections", Json::array()}, {"questions", Json::array()}};
  for (const TextSection& section : text.sections) json["sections"].push_back(section_to_json(section));
  for (const Question& question : text.questions)
    json["questions"].push_back(question_to_json(question, Audience::staff));
  return json.dump();
}

Result<TemplateText> parse_template_text(std::string_view text) {
  try {
    const Json json = Json::parse(text);
    TemplateText parsed{json.at("title").get<std::string>(), {}, {}};
    for (const auto& section : json.at("sections")) parsed.sections.push_back(section_from_json(section));
    for (const auto& question : json.at("questions")) parsed.questions.push_back(question_from_json(question));
    return parsed;
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt, "the text of a template is not readable");
  }
}

Json template_to_json(const Template& template_) {
  return {{"id", template_.id.text()},
          {"name", template_.name},
          {"locale", locale_name(template_.locale)},
          {"version", template_.version},
          {"text", Json::parse(template_text_text(template_.text))},
          {"terms", terms_to_json(template_.terms)},
          {"built_in", template_.built_in},
          {"used", template_.used},
          {"created_at", to_rfc3339(template_.created_ms)}};
}

Json rendered_to_json(const RenderedText& text, const std::optional<Hash>& hash) {
  Json json{{"title", text.title},
            {"sections", Json::array()},
            {"terms_table", Json::array()},
            {"unknown_placeholders", text.unknown_placeholders}};
  for (const TextSection& section : text.sections) json["sections"].push_back(section_to_json(section));
  for (const auto& [label, value] : text.terms_table)
    json["terms_table"].push_back({{"label", label}, {"value", value}});
  if (hash) json["text_hash"] = to_hex(*hash);
  return json;
}

Json commitment_to_json(const Commitment& commitment, const std::string& waiting_for) {
  Json json{{"id", commitment.id.text()},
            {"number", commitment.number},
            {"project", commitment.project.text()},
            {"party", commitment.party.text()},
            {"party_name", commitment.party_name},
            {"organisation_name", optional_text(commitment.organisation_name)},
            {"state", state_name(commitment.state)},
            {"version", commitment.version},
            {"replaces", optional_id(commitment.replaces)},
            {"invited_by", optional_id(commitment.invited_by)},
            {"locale", locale_name(commitment.locale)},
            {"title", commitment.title},
            {"terms", terms_to_json(commitment.terms)},
            {"signatories", Json::array()},
            {"decline_reason", commitment.state == State::declined ? optional_text(commitment.reason) : Json()},
            {"on_paper", commitment.on_paper},
            {"waiting_for", optional_text(waiting_for)},
            {"sent_at", time_to_json(commitment.sent_ms)},
            {"in_force_at", time_to_json(commitment.in_force_ms)},
            {"created_at", to_rfc3339(commitment.created_ms)},
            {"sign_by", time_to_json(commitment.sign_by_ms)}};
  for (const Signatory& signatory : commitment.signatories) json["signatories"].push_back(signatory_to_json(signatory));
  return json;
}

Json evidence_to_json(const EvidenceEntry& entry) {
  return {{"sequence", entry.sequence},
          {"time", to_rfc3339(entry.time_ms)},
          {"kind", entry.kind},
          {"actor", entry.witness.actor.name},
          {"address", entry.witness.address},
          {"agent", entry.witness.agent},
          {"data", Json::parse(entry.data_json, nullptr, false)},
          {"hash", to_hex(entry.hash)}};
}

Json slip_to_json(const Slip& slip) {
  return {{"id", slip.id.text()},
          {"commitment", slip.commitment.text()},
          {"party", slip.party.text()},
          {"party_name", slip.party_name},
          {"what", slip.what},
          {"where", slip.where},
          {"happened_at", to_rfc3339(slip.happened_ms)},
          {"reported_at", to_rfc3339(slip.reported_ms)},
          {"taken_down_at", time_to_json(slip.taken_down_ms)},
          {"acknowledged_at", time_to_json(slip.acknowledged_ms)}};
}

}  // namespace probity::commitments
