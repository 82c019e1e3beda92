#include "commitments/recipient_json.h"

#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/json.h"

namespace probity::commitments {
namespace {

using Json = nlohmann::json;

bool may_invite(const Commitment& commitment, const Signatory& self) {
  return commitment.state == State::in_force && commitment.terms.may_invite_colleagues && !commitment.on_paper &&
         self.role == SignatoryRole::recipient && commitment.organisation.has_value();
}

void add_embargo(Json& json, const std::optional<EmbargoInstant>& embargo) {
  json["embargo_at"] = embargo ? Json(to_rfc3339(embargo->at_ms)) : Json();
  if (embargo) json["embargo_zone"] = embargo->zone;
}

Json row_to_json(const RecipientRow& row) {
  const Commitment& commitment = row.commitment;
  Json json{{"id", commitment.id.text()},
            {"number", commitment.number},
            {"title", commitment.title},
            {"project_name", row.project_name},
            {"role", role_name(row.self.role)},
            {"state", state_name(commitment.state)},
            {"step", step_name(row.step)},
            {"signed_at", time_to_json(row.self.signed_ms)},
            {"may_invite_colleagues", may_invite(commitment, row.self)}};
  add_embargo(json, row.embargo);
  return json;
}

}  // namespace

Json link_state_to_json(const LinkState& state) {
  Json json{{"organisation", state.organisation},
            {"masked_email", state.masked_email},
            {"locale", locale_name(state.locale)},
            {"code_sent", state.code_sent}};
  if (state.retry_after_s) json["retry_after_s"] = *state.retry_after_s;
  return json;
}

Json home_to_json(const RecipientHome& home, const std::string& csrf_token, std::uint64_t copies) {
  Json json{{"name", home.name},
            {"organisation", optional_text(home.organisation)},
            {"sender", home.house.organisation},
            {"sender_contact", home.house.contact_email},
            {"locale", locale_name(home.locale)},
            {"csrf_token", csrf_token},
            {"server_time", to_rfc3339(home.now_ms)},
            {"pending", Json::array()},
            {"signed", Json::array()},
            {"copies", copies},
            {"embargoes", Json::array()},
            {"slips", Json::array()}};
  for (const RecipientRow& row : home.pending) json["pending"].push_back(row_to_json(row));
  for (const RecipientRow& row : home.finished) json["signed"].push_back(row_to_json(row));
  for (const EmbargoInstant& embargo : home.embargoes)
    json["embargoes"].push_back({{"id", embargo.id.text()},
                                 {"label", embargo.label},
                                 {"at", to_rfc3339(embargo.at_ms)},
                                 {"zone", embargo.zone},
                                 {"lifted", embargo.at_ms <= home.now_ms}});
  for (const Slip& slip : home.slips) json["slips"].push_back(slip_to_json(slip));
  return json;
}

Json view_to_json(const RecipientView& view) {
  const Commitment& commitment = view.commitment;
  Json json{{"id", commitment.id.text()},
            {"number", commitment.number},
            {"title", commitment.title},
            {"project_name", view.project_name},
            {"sender", view.sender},
            {"party_name", commitment.party_name},
            {"organisation_name", optional_text(commitment.organisation_name)},
            {"role", role_name(view.self.role)},
            {"state", state_name(commitment.state)},
            {"step", step_name(view.step)},
            {"text", rendered_to_json(view.text, commitment.text_hash)},
            {"text_hash", commitment.text_hash ? to_hex(*commitment.text_hash) : ""},
            {"terms", terms_to_json(commitment.terms)},
            {"consent_text", view.text.consent_text},
            {"questions", Json::array()},
            {"ticks", Json::array()},
            {"signatories", Json::array()},
            {"server_time", to_rfc3339(view.now_ms)},
            {"may_invite_colleagues", may_invite(commitment, view.self)}};
  add_embargo(json, view.embargo);
  for (const Question& question : view.text.questions)
    json["questions"].push_back(question_to_json(question, Audience::recipient));
  for (const Tick& tick : view.text.ticks) json["ticks"].push_back({{"id", tick.id}, {"text", tick.text}});
  for (const Signatory& signatory : commitment.signatories)
    json["signatories"].push_back({{"role", role_name(signatory.role)},
                                   {"name", signatory.name},
                                   {"signed", signatory.state == SignatoryState::has_signed}});
  return json;
}

Json answers_to_json(const AnswersResult& result) {
  Json json{{"passed", result.passed}, {"results", Json::array()}};
  for (const AnswerResult& one : result.results) {
    Json row{{"question", one.question}, {"right", one.right}};
    if (!one.why.empty()) row["why"] = one.why;
    json["results"].push_back(std::move(row));
  }
  return json;
}

}  // namespace probity::commitments
