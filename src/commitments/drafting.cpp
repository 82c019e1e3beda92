#include "commitments/drafting.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/encoding.h"
#include "commitments/json.h"
#include "commitments/zone.h"

namespace probity::commitments {
namespace {

Signatory signatory_for(const Desk& desk, const Person& person, SignatoryRole role) {
  Signatory signatory;
  signatory.id = desk.new_id();
  signatory.role = role;
  signatory.party = person.id;
  signatory.name = person.name;
  signatory.email = person.email;
  signatory.locale = person.locale;
  return signatory;
}

Result<Person> company_person(const Desk& desk, const Person& recipient, const std::optional<Id>& wanted) {
  if (!recipient.organisation)
    return fail(ErrorCode::invalid_argument, fmt::format("{} has no organisation that could be liable", recipient.name),
                "say which organisation they belong to, or make only the person liable");
  if (wanted) {
    TRY_ASSIGN(Person person, desk.person(*wanted));
    if (person.organisation != recipient.organisation || !person.may_bind || person.id == recipient.id)
      return fail(ErrorCode::invalid_argument,
                  fmt::format("{} cannot sign for the organisation of {}", person.name, recipient.name),
                  "choose another person of the same organisation who may bind it");
    return person;
  }
  TRY_ASSIGN(const auto candidates, desk.ports().directory.who_may_bind(*recipient.organisation));
  for (const Person& candidate : candidates)
    if (candidate.id != recipient.id) return candidate;
  TRY_ASSIGN(const auto organisation, desk.ports().directory.organisation(*recipient.organisation));
  return fail(ErrorCode::invalid_argument,
              fmt::format("{} has nobody besides {} who may sign for it",
                          organisation ? organisation->name : std::string("the organisation"), recipient.name),
              "add a person of that organisation who may bind it");
}

Result<void> check_scope(const Desk& desk, const DraftRequest& request, const Person& person) {
  if (request.assets) {
    if (request.assets->empty())
      return fail(ErrorCode::invalid_argument, "assets: name at least one, or leave it out for all of the project");
    for (const Id& asset : *request.assets) {
      TRY_ASSIGN(const bool is_there, desk.ports().projects.has_asset(request.project, asset));
      if (!is_there) return fail(ErrorCode::invalid_argument, "assets: one of them does not belong to this project");
    }
  }
  TRY_ASSIGN(const auto others, desk.store().live_of(request.project, request.party));
  for (const Commitment& other : others) {
    if (request.replaced != nullptr && other.number == request.replaced->number) continue;
    if (other.scope_meets(request.assets))
      return fail(ErrorCode::conflict, fmt::format("{} already has {} in this project", person.name, other.number),
                  "replace that one by a new version, or revoke it first");
  }
  return {};
}

std::vector<Id> without_doubles(std::vector<Id> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

Result<void> fill_in_party(const Desk& desk, Commitment& commitment, const Person& person) {
  commitment.party = person.id;
  commitment.party_name = person.name;
  commitment.organisation = person.organisation;
  if (!person.organisation) return {};
  TRY_ASSIGN(const auto organisation, desk.ports().directory.organisation(*person.organisation));
  if (!organisation) return {};
  commitment.organisation_name = organisation->name;
  commitment.contract_parent = organisation->contract_parent;
  return {};
}

Result<void> number_it(const Desk& desk, Commitment& commitment, const Commitment* replaced) {
  if (replaced != nullptr) {
    commitment.number = replaced->number;
    commitment.version = replaced->version + 1;
    commitment.replaces = replaced->id;
    return {};
  }
  const int year = utc_year(commitment.created_ms);
  TRY_ASSIGN(const std::uint32_t ordinal, desk.store().next_ordinal(year));
  commitment.number = commitment_number(year, ordinal);
  return {};
}

Result<void> check_fit_to_send(const Desk& desk, const Commitment& commitment, const RenderedText& text) {
  if (!text.unknown_placeholders.empty())
    return fail(ErrorCode::invalid_argument,
                fmt::format("the template holds a placeholder nobody knows: {}", text.unknown_placeholders.front()),
                "correct the template and draft the commitment again");
  if (text.questions.size() < kQuestionsAsked)
    return fail(ErrorCode::invalid_argument,
                fmt::format("only {} of the template's questions fit these terms; {} are asked", text.questions.size(),
                            kQuestionsAsked),
                "add questions to the template that do not depend on a channel or the embargo");
  if (commitment.sign_by_ms && *commitment.sign_by_ms <= desk.now())
    return fail(ErrorCode::invalid_argument, "the last day for signing has passed", "choose a later one");
  TRY_ASSIGN(const std::string parent, desk.waiting_for(commitment));
  if (!parent.empty())
    return fail(
        ErrorCode::conflict,
        fmt::format("{} works under {}, whose commitment is not in force yet", commitment.organisation_name, parent),
        "a sub-supplier receives a commitment when its contract parent's is in force");
  return {};
}

nlohmann::json sent_facts(const Commitment& commitment) {
  nlohmann::json signatories = nlohmann::json::array();
  for (const Signatory& signatory : commitment.signatories)
    signatories.push_back({{"role", role_name(signatory.role)},
                           {"name", signatory.name},
                           {"email", signatory.email},
                           {"party", signatory.party.text()}});
  return {{"text_hash", to_hex(*commitment.text_hash)},
          {"number", commitment.number},
          {"version", commitment.version},
          {"template", commitment.template_id ? commitment.template_id->text() : ""},
          {"template_version", commitment.template_version},
          {"signatories", signatories},
          {"sign_by", time_to_json(commitment.sign_by_ms)}};
}

}  // namespace

Result<std::vector<Signatory>> choose_signatories(const Desk& desk, const Person& person, const Terms& terms,
                                                  const std::optional<Id>& company_signatory) {
  std::vector<Signatory> signatories{signatory_for(desk, person, SignatoryRole::recipient)};
  if (terms.company_signs()) {
    TRY_ASSIGN(const Person company, company_person(desk, person, company_signatory));
    signatories.push_back(signatory_for(desk, company, SignatoryRole::company));
  }
  return signatories;
}

Result<Commitment> draft(const Desk& desk, const DraftRequest& request, const Witness& witness) {
  TRY_ASSIGN(const ProjectFacts facts, desk.project(request.project));
  if (!facts.open) return fail(ErrorCode::conflict, "this project is archived", "open it again first");
  TRY_ASSIGN(const Person person, desk.person(request.party));
  TRY_ASSIGN(const auto from, desk.store().find_template(request.template_id, request.template_version));
  if (!from || (from->archived && !request.template_version))
    return fail(ErrorCode::not_found, "there is no such template");
  TRY(check_scope(desk, request, person));

  Commitment commitment;
  commitment.id = desk.new_id();
  commitment.project = request.project;
  commitment.created_ms = desk.now();
  commitment.locale = from->locale;
  commitment.template_id = from->id;
  commitment.template_version = from->version;
  commitment.terms = request.terms;
  commitment.sign_by_ms = request.terms.sign_by_ms;
  if (request.assets) commitment.assets = without_doubles(*request.assets);
  commitment.ends_replaced = request.ends_replaced;
  commitment.invited_by = request.invited_by;
  TRY(fill_in_party(desk, commitment, person));
  TRY(number_it(desk, commitment, request.replaced));
  TRY_ASSIGN(commitment.signatories, choose_signatories(desk, person, request.terms, request.company_signatory));
  TRY_ASSIGN(const RenderedText text, desk.render_now(commitment));
  commitment.title = text.title;
  const Result<void> inserted = desk.store().insert(commitment);
  if (!inserted && inserted.error().code == ErrorCode::already_exists)
    return fail(ErrorCode::conflict, fmt::format("a later version of {} exists already", commitment.number),
                "replace that one instead");
  TRY(inserted);
  TRY(desk.record(commitment, "drafted", witness,
                  {{"number", commitment.number},
                   {"version", commitment.version},
                   {"replaces", commitment.replaces ? commitment.replaces->text() : ""},
                   {"invited_by", commitment.invited_by ? commitment.invited_by->text() : ""}}));
  TRY(desk.tell(commitment, "commitment.drafted", witness.actor, {}));
  return commitment;
}

Result<void> send(const Desk& desk, Commitment& commitment, const Witness& witness, const std::string& inviter) {
  TRY_ASSIGN(commitment.state, next(commitment.state, Move::send));
  TRY_ASSIGN(const RenderedText text, desk.render_now(commitment));
  TRY(check_fit_to_send(desk, commitment, text));
  const std::string canonical = canonical_bytes(text);
  commitment.title = text.title;
  commitment.text_hash = sha256(as_bytes(canonical));
  commitment.sent_ms = desk.now();
  commitment.signatories.front().state = SignatoryState::sent;
  TRY(desk.store().insert_text(commitment.id, canonical));
  TRY(desk.store().update(commitment));
  TRY(desk.record(commitment, "sent", witness, sent_facts(commitment)));
  TRY(desk.tell(commitment, "commitment.sent", witness.actor, {}));
  TRY(write_to_waiting(desk, commitment, [&](const Signatory& signatory, const Matter& matter) {
    if (!inviter.empty()) return colleague_letter(reader_of(signatory), matter, inviter);
    return invitation_letter(reader_of(signatory), matter, signatory.role, commitment.sign_by_ms,
                             commitment.terms.embargo_zone);
  }));
  if (!commitment.replaces) return {};
  // A text that nobody may sign any longer goes at once; one in force stays until the new one is, unless asked
  // otherwise.
  TRY_ASSIGN(const auto older, desk.store().find(*commitment.replaces));
  if (older && (is_pending(older->state) || commitment.ends_replaced)) TRY(replace_older(desk, commitment, witness));
  return {};
}

Result<void> write_to_waiting(const Desk& desk, const Commitment& commitment, const LetterMaker& letter) {
  for (const Signatory& signatory : commitment.signatories) {
    const bool has_turn = signatory.state != SignatoryState::waiting && signatory.state != SignatoryState::has_signed &&
                          signatory.state != SignatoryState::declined;
    if (!has_turn || signatory.email.empty()) continue;
    TRY_ASSIGN(Matter matter, desk.matter(commitment));
    TRY_ASSIGN(matter.link, desk.make_link(commitment, signatory));
    TRY(desk.mail(letter(signatory, matter)));
  }
  return {};
}

Result<void> settle(const Desk& desk, Commitment& commitment, const Witness& witness) {
  if (!commitment.everybody_signed()) return {};
  TRY_ASSIGN(const std::string parent, desk.waiting_for(commitment));
  if (!parent.empty()) return {};
  TRY_ASSIGN(commitment.state, next(commitment.state, Move::come_into_force));
  return come_into_force(desk, commitment, witness);
}

Result<void> come_into_force(const Desk& desk, Commitment& commitment, const Witness& witness) {
  commitment.in_force_ms = desk.now();
  TRY(desk.store().update(commitment));
  TRY(desk.record(commitment, "in_force", witness, {{"text_hash", to_hex(*commitment.text_hash)}}));
  TRY(desk.tell(commitment, "commitment.in_force", witness.actor, {}));
  TRY(replace_older(desk, commitment, witness));
  for (const auto& [kind, title, title_zh] : {std::tuple{"seal_commitment", "Seal {}", "为 {} 加盖电子印章"},
                                              std::tuple{"issue_copies", "Copies for {}", "为 {} 准备副本"}}) {
    jobs::JobRequest job;
    job.kind = kind;
    job.title = fmt::format(fmt::runtime(title), commitment.number);
    job.title_zh = fmt::format(fmt::runtime(title_zh), commitment.number);
    job.project = commitment.project;
    job.subject = commitment.id;
    job.payload_json = nlohmann::json{{"commitment", commitment.id.text()}}.dump();
    job.once_key = std::string(kind) + ":" + commitment.id.text();
    if (std::string_view(kind) == "seal_commitment") job.most_attempts = jobs::kPatientAttempts;  // authorities of time
    TRY(desk.ports().jobs.enqueue(job));
  }
  if (!commitment.organisation) return {};
  TRY_ASSIGN(const auto waiting, desk.store().waiting_under(commitment.project, *commitment.organisation));
  for (const Id& id : waiting) {
    TRY_ASSIGN(Commitment below, desk.existing(id));
    TRY(settle(desk, below, witness));
  }
  return {};
}

Result<void> replace_older(const Desk& desk, const Commitment& commitment, const Witness& witness) {
  if (!commitment.replaces) return {};
  TRY_ASSIGN(auto older, desk.store().find(*commitment.replaces));
  if (!older) return {};
  const auto after = next(older->state, Move::replace);
  if (!after) return {};  // it ended in another way, or was replaced at sending
  older->state = *after;
  older->ended_ms = desk.now();
  TRY(desk.store().update(*older));
  TRY(desk.record(*older, "replaced", witness, {{"by", commitment.id.text()}, {"version", commitment.version}}));
  return desk.tell(*older, "commitment.replaced", witness.actor, {});
}

}  // namespace probity::commitments
