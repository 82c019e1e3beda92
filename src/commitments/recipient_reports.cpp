// Passing on by invitation, and "I slipped".
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "commitments/json.h"
#include "commitments/recipient.h"

namespace probity::commitments {
namespace {

constexpr TimeMs kClockTolerance = 5 * kMinuteMs;

nlohmann::json slip_facts(const Slip& slip) {
  return {{"slip", slip.id.text()},
          {"what", slip.what},
          {"where", slip.where},
          {"happened_at", to_rfc3339(slip.happened_ms)},
          {"taken_down_at", time_to_json(slip.taken_down_ms)}};
}

Result<void> check_times(TimeMs now_ms, TimeMs happened_ms, const std::optional<TimeMs>& taken_down_ms) {
  if (happened_ms <= 0 || happened_ms > now_ms + kClockTolerance)
    return fail(ErrorCode::invalid_argument, "happened_at: a time that has been is expected");
  if (taken_down_ms && (*taken_down_ms < happened_ms || *taken_down_ms > now_ms + kClockTolerance))
    return fail(ErrorCode::invalid_argument, "taken_down_at: a time between the mistake and now is expected");
  return {};
}

Result<void> alert_people(const Desk& desk, const Commitment& commitment, const Slip& slip) {
  TRY_ASSIGN(const ProjectFacts facts, desk.project(commitment.project));
  TRY_ASSIGN(Matter matter, desk.matter(commitment));
  matter.person = slip.party_name;
  for (const Contact& contact : facts.people)
    TRY(desk.mail(slip_letter({contact.email, contact.name, contact.locale}, matter, slip, matter.house.zone)));
  if (facts.people.empty())
    TRY(desk.mail(slip_letter({matter.house.contact_email, matter.house.organisation, matter.house.locale}, matter,
                              slip, matter.house.zone)));
  return {};
}

}  // namespace

Result<std::string> RecipientService::invite_colleague(const Visitor& visitor, const Id& id,
                                                       const NewColleague& colleague) {
  return desk_.write([&]() -> Result<std::string> {
    TRY_ASSIGN(const Commitment commitment, own(visitor, id));
    const Signatory& self = *commitment.signatory_of(visitor.party);
    if (commitment.state != State::in_force || !commitment.terms.may_invite_colleagues || commitment.on_paper ||
        self.role != SignatoryRole::recipient || !commitment.organisation)
      return fail(ErrorCode::forbidden, "colleagues cannot be invited from this commitment",
                  "ask the sender to invite them");
    TRY_ASSIGN(const std::uint64_t invited, desk_.store().invited_from(id));
    if (invited >= kMostColleagues)
      return fail(ErrorCode::too_many_requests, "no more colleagues can be invited from this commitment",
                  "ask the sender to invite them");
    NewColleague one = colleague;
    TRY_ASSIGN(one.name, filled_line("name", colleague.name, 200));
    TRY_ASSIGN(one.email, filled_line("email", colleague.email, 254));
    one.organisation = *commitment.organisation;
    one.locale = commitment.locale;
    TRY_ASSIGN(const Person person, desk_.ports().directory.find_or_add(one));
    DraftRequest request;
    request.project = commitment.project;
    request.party = person.id;
    request.template_id = *commitment.template_id;
    request.template_version = commitment.template_version;
    request.terms = commitment.terms;
    if (request.terms.sign_by_ms && *request.terms.sign_by_ms <= desk_.now()) request.terms.sign_by_ms.reset();
    request.assets = commitment.assets;
    // Whoever signed for the organisation signs again, unless it is they who are invited.
    if (commitment.signatories.size() > 1 && commitment.signatories[1].party != person.id)
      request.company_signatory = commitment.signatories[1].party;
    request.invited_by = commitment.id;
    const Witness witness = witness_of(visitor, self);
    TRY_ASSIGN(Commitment made, draft(desk_, request, witness));
    TRY(send(desk_, made, witness, self.name));
    TRY(desk_.record(commitment, "colleague_invited", witness,
                     {{"name", person.name}, {"email", person.email}, {"commitment", made.id.text()}}));
    TRY(desk_.tell(made, "colleague.invited", witness.actor, {{"name", person.name}}));
    return person.name;
  });
}

Result<Slip> RecipientService::report_slip(const Visitor& visitor, const SlipReport& report) {
  return desk_.write([&]() -> Result<Slip> {
    TRY_ASSIGN(const Commitment commitment, own(visitor, report.commitment));
    if (!commitment.in_force_ms) return fail(ErrorCode::conflict, "this commitment was never in force");
    TRY(check_times(desk_.now(), report.happened_ms, report.taken_down_ms));
    const Signatory& self = *commitment.signatory_of(visitor.party);
    Slip slip;
    slip.id = desk_.new_id();
    slip.commitment = commitment.id;
    slip.project = commitment.project;
    slip.party = visitor.party;
    slip.party_name = self.name;
    slip.what = report.what;
    slip.where = report.where;
    slip.happened_ms = report.happened_ms;
    slip.reported_ms = desk_.now();
    slip.taken_down_ms = report.taken_down_ms;
    TRY(desk_.store().insert(slip));
    const Witness witness = witness_of(visitor, self);
    TRY(desk_.record(commitment, "slip_reported", witness, slip_facts(slip)));
    TRY(desk_.tell(commitment, "slip.reported", witness.actor, {{"slip", slip.id.text()}}));
    TRY(alert_people(desk_, commitment, slip));
    return slip;
  });
}

Result<Slip> RecipientService::update_slip(const Visitor& visitor, const Id& id, const SlipUpdate& update) {
  return desk_.write([&]() -> Result<Slip> {
    TRY_ASSIGN(auto slip, desk_.store().find_slip(id));
    if (!slip || slip->party != visitor.party) return fail(ErrorCode::not_found, "there is no such report");
    constexpr std::size_t kMostNoteBytes = 16'000;
    if (update.taken_down_ms) {
      TRY(check_times(desk_.now(), slip->happened_ms, update.taken_down_ms));
      slip->taken_down_ms = update.taken_down_ms;
    }
    if (!update.note.empty()) slip->note += (slip->note.empty() ? "" : "\n\n") + update.note;
    if (slip->note.size() > kMostNoteBytes)
      return fail(ErrorCode::too_large, "there is no more room for notes", "write to the sender instead");
    TRY(desk_.store().update(*slip));
    TRY_ASSIGN(const Commitment commitment, desk_.existing(slip->commitment));
    const Signatory* self = commitment.signatory_of(visitor.party);
    if (self == nullptr) return fail(ErrorCode::not_found, "there is no such report");
    const Witness witness = witness_of(visitor, *self);
    nlohmann::json facts = slip_facts(*slip);
    facts["note"] = update.note;
    TRY(desk_.record(commitment, "slip_updated", witness, facts));
    TRY(desk_.tell(commitment, "slip.updated", witness.actor, {{"slip", id.text()}}));
    return *slip;
  });
}

}  // namespace probity::commitments
