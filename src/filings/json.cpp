#include "filings/json.h"

#include <nlohmann/json.hpp>

#include "alliance/ladder.h"
#include "base/encoding.h"
#include "base/error_words.h"

namespace probity::filings {
namespace {

using nlohmann::json;

json time_json(const std::optional<TimeMs>& time_ms) { return time_ms ? json(to_rfc3339(*time_ms)) : json(nullptr); }

json documents_json(const Filing& filing) {
  json list = json::array();
  for (const Document& one : filing.documents)
    list.push_back({{"id", one.id.text()},
                    {"kind", alliance::paper_kind_name(one.kind)},
                    {"test", test_name(one.test)},
                    {"name", one.name},
                    {"media_type", one.media_type},
                    {"size_bytes", one.size_bytes},
                    {"commitment", to_hex(one.commitment)},
                    {"added_at", to_rfc3339(one.added_ms)},
                    {"added_by", one.added_by}});
  return list;
}

json arrivals_json(const Filing& filing) {
  json list = json::array();
  for (const Arrival& one : filing.arrivals)
    list.push_back({{"id", one.paper.text()},
                    {"kind", alliance::paper_kind_name(one.kind)},
                    {"from", one.from_ombudsman ? "ombudsman" : "subject"},
                    {"name", one.name},
                    {"media_type", one.media_type},
                    {"size_bytes", one.size_bytes},
                    {"arrived_at", to_rfc3339(one.filed_ms)}});
  return list;
}

json tests_json(const Filing& filing) {
  json list = json::array();
  for (const Test test : {Test::reasonable_grounds, Test::clear_evidence, Test::ended_because_of_it})
    list.push_back({{"test", test_name(test)}, {"met", is_met(filing, test)}});
  list.push_back({{"test", "catalogue"}, {"met", true}});
  return list;
}

json subject_json(const Subject& subject) {
  return {{"kind", subject_kind_name(subject.kind)},
          {"name", subject.name},
          {"identifier_kind",
           subject.identifier_kind ? json(names::identifier_kind_name(*subject.identifier_kind)) : json(nullptr)},
          {"identifier_is_kept", !subject.sealed_identifier.empty()},
          {"enterprise", subject.enterprise ? alliance::enterprise_to_json(*subject.enterprise) : json(nullptr)}};
}

json words_json(const Words& words) {
  const auto& entry = alliance::conduct_entry(words.conduct);
  return {{"conduct", entry.name},
          {"severity", alliance::severity_name(entry.severity)},
          {"years", alliance::retention_ms(entry.severity) / alliance::kYearMs},
          {"standard_of_proof", alliance::standard_name(words.standard)},
          {"intentional_for_gain", words.intentional_for_gain},
          {"facts", words.facts},
          {"happened_at", time_json(words.happened_ms)},
          {"decided_at", time_json(words.decided_ms)},
          {"decided_by", words.decided_by},
          {"ended_how", words.ended_how},
          {"contact", words.contact}};
}

json pending_json(const std::optional<Pending>& pending) {
  if (!pending) return nullptr;
  return {{"verb", verb_name(pending->verb)},          {"by", pending->by.name},
          {"since", to_rfc3339(pending->begun_ms)},    {"attempts", pending->attempts},
          {"next_at", to_rfc3339(pending->next_ms)},   {"trouble", pending->trouble},
          {"trouble_zh", in_chinese(pending->trouble)}};
}

json may_json(const Filing& filing, const Reader& reader, TimeMs now_ms) {
  json list = json::array();
  if (reader.writes && check_editable(filing)) list.push_back("edit");
  if (reader.writes && filing.pending) list.push_back("retry");
  for (const Verb verb : {Verb::submit, Verb::approve, Verb::refuse, Verb::notice, Verb::answer, Verb::suspend,
                          Verb::resume, Verb::correct, Verb::attest, Verb::withdraw}) {
    const bool is_second = verb == Verb::approve || verb == Verb::refuse;
    if (!(is_second ? reader.approves : reader.writes)) continue;
    if (check_verb(filing, verb, reader.account, now_ms)) list.push_back(verb_name(verb));
  }
  return list;
}

}  // namespace

json life_to_json(const alliance::Listing& listing) {
  json steps = json::array();
  for (const auto& step : listing.steps)
    steps.push_back({{"step", alliance::step_name(step.kind)},
                     {"by", alliance::role_name(step.by.role)},
                     {"account", step.by.account == Id{} ? json(nullptr) : json(step.by.account.text())},
                     {"at", to_rfc3339(step.time_ms)}});
  json life{{"id", listing.id.text()},
            {"state", alliance::state_name(listing.state)},
            {"status", alliance::shown_status(listing)},
            {"suspended", listing.suspended},
            {"epoch", listing.epoch},
            {"follows", listing.follows ? json(listing.follows->text()) : json(nullptr)},
            {"notice_sent_at", time_json(listing.notice_sent_ms)},
            {"notice", nullptr},
            {"active_since", time_json(listing.activated_ms)},
            {"expires_at", nullptr},
            {"attest_due_at", nullptr},
            {"act_by", time_json(listing.act_by_ms)},
            {"appeal", nullptr},
            {"ladder", alliance::ladder_to_json(alliance::ladder_of(listing))},
            {"steps", std::move(steps)}};
  if (listing.notice)
    life["notice"] = {{"way", listing.notice->way == alliance::NoticeProof::Way::post ? "post" : "link_opened"},
                      {"recorded_at", to_rfc3339(listing.notice->recorded_ms)},
                      {"waits_until", to_rfc3339(listing.notice->recorded_ms + alliance::kNoticeWaitMs)}};
  if (listing.activated_ms) {
    life["expires_at"] = to_rfc3339(listing.expires_ms);
    life["attest_due_at"] = to_rfc3339(listing.attest_due_ms);
  }
  if (listing.appeal)
    life["appeal"] = {{"stage", alliance::stage_name(listing.appeal->stage)},
                      {"outcome", alliance::outcome_name(listing.appeal->outcome)},
                      {"opened_at", to_rfc3339(listing.appeal->opened_ms)},
                      {"due_at", to_rfc3339(listing.appeal->due_ms)}};
  return life;
}

json filing_to_json(const Filing& filing, TimeMs now_ms) {
  const auto due = due_day(filing);
  return {{"id", filing.id.text()},
          {"number", filing.number},
          {"state", shown_state(filing)},
          {"kind", subject_kind_name(filing.subject.kind)},
          {"name", filing.subject.name},
          {"conduct", alliance::conduct_entry(filing.words.conduct).name},
          {"case", filing.case_id ? json(filing.case_id->text()) : json(nullptr)},
          {"case_number", filing.case_number.empty() ? json(nullptr) : json(filing.case_number)},
          {"author", filing.author.name},
          {"due", due ? json(due->what) : json(nullptr)},
          {"due_at", due ? json(to_rfc3339(due->due_ms)) : json(nullptr)},
          {"late", due && due->due_ms < now_ms},
          {"is_pending", filing.pending.has_value()},
          {"created_at", to_rfc3339(filing.created_ms)},
          {"updated_at", to_rfc3339(filing.updated_ms)}};
}

json filing_detail_to_json(const Filing& filing, const Reader& reader, TimeMs now_ms) {
  json missing = json::array();
  if (filing.is_draft())
    for (const Hindrance& one : hindrances(filing))
      missing.push_back({{"code", one.code}, {"message", one.message}, {"message_zh", one.message_zh}});
  return {{"filing", filing_to_json(filing, now_ms)},
          {"revision", filing.revision},
          {"subject", subject_json(filing.subject)},
          {"words", words_json(filing.words)},
          {"tests", tests_json(filing)},
          {"documents", documents_json(filing)},
          {"arrivals", arrivals_json(filing)},
          {"hindrances", std::move(missing)},
          {"may", may_json(filing, reader, now_ms)},
          {"pending", pending_json(filing.pending)},
          {"listing", filing.listing ? life_to_json(*filing.listing) : json(nullptr)},
          {"history_changed", filing.history_changed},
          {"last_reason", filing.last_reason.empty() ? json(nullptr) : json(filing.last_reason)}};
}

json catalogue_to_json() {
  json conduct = json::array(), never = json::array(), standards = json::array();
  for (const auto& entry : alliance::conduct_catalogue())
    conduct.push_back({{"conduct", entry.name},
                       {"severity", alliance::severity_name(entry.severity)},
                       {"years", alliance::retention_ms(entry.severity) / alliance::kYearMs},
                       {"title_en", entry.title_en},
                       {"title_zh", entry.title_zh}});
  for (const char* ground :
       {"negligence", "speech", "complaint", "whistle_blowing", "journalism", "union_activity", "labour_dispute"})
    never.push_back({{"ground", ground}, {"why", alliance::parse_conduct(ground).error().message}});
  for (const auto standard : {alliance::StandardOfProof::police_report, alliance::StandardOfProof::judgment,
                              alliance::StandardOfProof::arbitration, alliance::StandardOfProof::signed_statement})
    standards.push_back(alliance::standard_name(standard));
  return {{"conduct", std::move(conduct)}, {"never", std::move(never)}, {"standards", std::move(standards)}};
}

}  // namespace probity::filings
