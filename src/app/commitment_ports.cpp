#include "app/commitment_ports.h"

namespace probity::app {
namespace {

commitments::Locale locale_of(const std::string& text) {
  return text == "zh" ? commitments::Locale::zh : commitments::Locale::en;
}

commitments::Person person_of(const parties::Party& party) {
  commitments::Person person;
  person.id = party.id;
  person.name = party.details.name;
  person.email = party.details.email;
  person.job_title = party.details.job_title;
  person.locale = locale_of(party.details.locale);
  person.organisation = party.details.parent;
  person.may_bind = party.details.may_bind;
  return person;
}

commitments::EmbargoInstant instant_of(const Id& project, const projects::Embargo& embargo) {
  return {embargo.id, project, embargo.label, embargo.at_ms, embargo.zone};
}

}  // namespace

Result<std::optional<commitments::Person>> PartyDirectory::person(const Id& id) {
  TRY_ASSIGN(const auto party, store_.party(id));
  if (!party || !party->details.is_person()) return std::nullopt;
  return person_of(*party);
}

Result<std::optional<commitments::Organisation>> PartyDirectory::organisation(const Id& id) {
  TRY_ASSIGN(const auto party, store_.party(id));
  if (!party || party->details.is_person()) return std::nullopt;
  return commitments::Organisation{party->id, party->details.name, party->details.parent};
}

Result<std::vector<commitments::Person>> PartyDirectory::who_may_bind(const Id& organisation) {
  TRY_ASSIGN(const auto parties, parties_.who_may_bind(organisation));
  std::vector<commitments::Person> people;
  for (const auto& party : parties) people.push_back(person_of(party));
  return people;
}

Result<commitments::Person> PartyDirectory::find_or_add(const commitments::NewColleague& colleague) {
  parties::NewParty wanted;
  wanted.details.name = colleague.name;
  wanted.details.parent = colleague.organisation;
  wanted.details.email = colleague.email;
  wanted.details.job_title = colleague.job_title;
  wanted.details.locale = colleague.locale == commitments::Locale::zh ? "zh" : "en";
  TRY_ASSIGN(const auto row, parties_.find_or_create(wanted, {events::Actor::Kind::system, std::nullopt, "Probity"}));
  return person_of(row.party);
}

Result<std::optional<commitments::ProjectFacts>> ProjectFactsBook::project(const Id& id) {
  TRY_ASSIGN(const auto project, store_.project(id));
  if (!project) return std::nullopt;
  commitments::ProjectFacts facts;
  facts.id = project->id;
  facts.name = project->name;
  facts.open = project->state == projects::ProjectState::open;
  for (const auto& embargo : project->embargoes) facts.embargoes.push_back(instant_of(project->id, embargo));
  TRY_ASSIGN(const auto people, store_.people(project->people));
  for (const auto& person : people) facts.people.push_back({person.name, person.email, locale_of(person.locale)});
  return facts;
}

Result<bool> ProjectFactsBook::has_asset(const Id& project, const Id& asset) {
  TRY_ASSIGN(const auto place, projects_.project_of(asset));
  return place && place->project == project;
}

Result<std::vector<commitments::EmbargoInstant>> ProjectFactsBook::embargoes_between(TimeMs from_ms, TimeMs to_ms) {
  TRY_ASSIGN(const auto found, projects_.embargoes_between(from_ms, to_ms));
  std::vector<commitments::EmbargoInstant> instants;
  for (const auto& [project, embargo] : found) instants.push_back(instant_of(project, embargo));
  return instants;
}

Result<commitments::House> SettingsHouse::house() {
  TRY_ASSIGN(const auto settings, settings_.get());
  return commitments::House{settings.organisation, settings.public_url, settings.contact_email,
                            locale_of(settings.locale), settings.zone};
}

}  // namespace probity::app
