#include "projects/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "parties/text.h"
#include "projects/zone.h"

namespace probity::projects {
namespace {

using nlohmann::json;

constexpr std::size_t kMostNameCharacters = 200;
constexpr std::size_t kMostDescriptionCharacters = 4000;

tl::unexpected<Error> no_such_project() { return fail(ErrorCode::not_found, "there is no such project"); }

Result<std::string> tidy_name(std::string_view name) {
  TRY_ASSIGN(std::string tidy, parties::tidy_line("project's name", name, kMostNameCharacters));
  if (tidy.empty()) return fail(ErrorCode::invalid_argument, "the project's name is empty");
  return tidy;
}

Result<std::string> tidy_description(std::string_view description) {
  return parties::tidy_text("description", description, kMostDescriptionCharacters);
}

Result<Embargo> tidy_embargo(const EmbargoRequest& request) {
  Embargo embargo;
  TRY_ASSIGN(embargo.label, parties::tidy_line("embargo's label", request.label, kMostNameCharacters));
  if (embargo.label.empty()) return fail(ErrorCode::invalid_argument, "the embargo's label is empty");
  if (!is_iana_zone(request.zone))
    return fail(ErrorCode::invalid_argument, "the embargo's time zone is not one",
                "write its IANA name, such as Europe/Berlin or Asia/Shanghai");
  embargo.at_ms = request.at_ms;
  embargo.zone = request.zone;
  return embargo;
}

template <class Items, class Key>
const auto* find_by(const Items& items, const Id& id, Key key) {
  const auto found = std::ranges::find(items, id, key);
  return found == items.end() ? nullptr : &*found;
}

std::vector<Id> without_repeats(const std::vector<Id>& ids) {
  std::vector<Id> unique;
  for (const Id& id : ids)
    if (std::ranges::find(unique, id) == unique.end()) unique.push_back(id);
  return unique;
}

json embargo_data(const Project& project, const Embargo& embargo) {
  return {{"project", project.name},
          {"label", embargo.label},
          {"until", local_minute_text(embargo.at_ms, embargo.zone)},
          {"embargo", embargo.id.text()},
          {"at", to_rfc3339(embargo.at_ms)},
          {"zone", embargo.zone}};
}

}  // namespace

Result<Project> ProjectService::existing(const Id& id) {
  TRY_ASSIGN(const auto project, ports_.store.project(id));
  if (!project) return no_such_project();
  return *project;
}

Result<void> ProjectService::check_people(const std::vector<Id>& people) {
  if (people.size() > kMaxPeople)
    return fail(ErrorCode::invalid_argument, fmt::format("more than {} people in charge", kMaxPeople));
  TRY_ASSIGN(const auto known, ports_.store.people(people));
  if (known.size() != people.size())
    return fail(ErrorCode::invalid_argument, "somebody in charge has no account here", "choose among the accounts");
  return {};
}

Result<std::vector<Embargo>> ProjectService::settled(const std::vector<EmbargoRequest>& requests,
                                                     const std::vector<Embargo>& before) {
  if (requests.size() > kMaxEmbargoes)
    return fail(ErrorCode::invalid_argument, fmt::format("more than {} embargo instants", kMaxEmbargoes));
  std::vector<Embargo> embargoes;
  for (const EmbargoRequest& request : requests) {
    TRY_ASSIGN(Embargo embargo, tidy_embargo(request));
    if (request.id && find_by(before, *request.id, &Embargo::id) == nullptr)
      return fail(ErrorCode::invalid_argument, "the project has no embargo of that id",
                  "leave the id out for a new one");
    if (request.id && find_by(embargoes, *request.id, &Embargo::id) != nullptr)
      return fail(ErrorCode::invalid_argument, "one embargo is named twice");
    embargo.id = request.id ? *request.id : Id::random(ports_.random);
    embargoes.push_back(std::move(embargo));
  }
  std::ranges::stable_sort(embargoes, {}, &Embargo::at_ms);
  return embargoes;
}

Result<void> ProjectService::check_embargoes_unused(const Project& before, const std::vector<Embargo>& after) {
  TRY_ASSIGN(const auto assets, ports_.store.assets(before.id));
  for (const Embargo& embargo : before.embargoes) {
    if (find_by(after, embargo.id, &Embargo::id) != nullptr) continue;
    if (std::ranges::any_of(assets, [&](const ProjectAsset& asset) { return asset.embargo == embargo.id; }))
      return fail(ErrorCode::conflict, fmt::format("assets are under the embargo {}", embargo.label),
                  "put them under another one first");
  }
  return {};
}

Result<void> ProjectService::append(const char* kind, const Project& project, const events::Actor& actor,
                                    const std::string& data_json) {
  events::Event event;
  event.time_ms = ports_.clock.now_ms();
  event.kind = kind;
  event.actor = actor;
  event.project = project.id;
  event.data_json = data_json;
  TRY(ports_.events.append(event));
  return {};
}

Result<void> ProjectService::append_changes(const Project& before, const Project& after, const events::Actor& actor) {
  const std::string named = json{{"project", after.name}}.dump();
  if (before.name != after.name || before.description != after.description || before.people != after.people)
    TRY(append("project.changed", after, actor, named));
  if (before.state != after.state)
    TRY(append(after.state == ProjectState::open ? "project.restored" : "project.archived", after, actor, named));
  for (const Embargo& embargo : after.embargoes) {
    const Embargo* old = find_by(before.embargoes, embargo.id, &Embargo::id);
    if (old != nullptr && *old == embargo) continue;
    json data = embargo_data(after, embargo);
    if (old != nullptr) data["was_at"] = to_rfc3339(old->at_ms);
    TRY(append("embargo.changed", after, actor, data.dump()));
  }
  for (const Embargo& embargo : before.embargoes)
    if (find_by(after.embargoes, embargo.id, &Embargo::id) == nullptr)
      TRY(append("embargo.removed", after, actor, embargo_data(after, embargo).dump()));
  return {};
}

Result<ProjectRow> ProjectService::create(const NewProject& wanted, const events::Actor& actor) {
  Project project;
  TRY_ASSIGN(project.name, tidy_name(wanted.name));
  TRY_ASSIGN(project.description, tidy_description(wanted.description));
  TRY_ASSIGN(project.embargoes, settled(wanted.embargoes, {}));
  project.id = Id::random(ports_.random);
  project.sample = wanted.sample;
  project.people = without_repeats(wanted.people);
  project.created_ms = ports_.clock.now_ms();
  ProjectRow row;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    if (project.people.empty() && actor.kind == events::Actor::Kind::account && actor.id) {
      TRY_ASSIGN(const auto known, ports_.store.people({*actor.id}));
      if (!known.empty()) project.people.push_back(*actor.id);
    }
    TRY(check_people(project.people));
    TRY(ports_.store.insert(project));
    TRY(append("project.created", project, actor, json{{"project", project.name}}.dump()));
    for (const Embargo& embargo : project.embargoes)
      TRY(append("embargo.changed", project, actor, embargo_data(project, embargo).dump()));
    TRY_ASSIGN(row, find(project.id));
    return {};
  }));
  return row;
}

Result<ProjectRow> ProjectService::update(const Id& id, const ProjectChange& change, const events::Actor& actor) {
  ProjectRow row;
  TRY(ports_.transactions.write([&]() -> Result<void> {
    TRY_ASSIGN(const Project before, existing(id));
    Project after = before;
    if (change.name) {
      TRY_ASSIGN(after.name, tidy_name(*change.name));
    }
    if (change.description) {
      TRY_ASSIGN(after.description, tidy_description(*change.description));
    }
    if (change.state) after.state = *change.state;
    if (change.people) {
      after.people = without_repeats(*change.people);
      TRY(check_people(after.people));
    }
    if (change.embargoes) {
      TRY_ASSIGN(after.embargoes, settled(*change.embargoes, before.embargoes));
      TRY(check_embargoes_unused(before, after.embargoes));
    }
    if (after != before) {
      TRY(ports_.store.update(after));
      TRY(append_changes(before, after, actor));
    }
    TRY_ASSIGN(row, find(id));
    return {};
  }));
  return row;
}

Result<ProjectRow> ProjectService::find(const Id& id) {
  TRY_ASSIGN(auto row, ports_.store.row(id));
  if (!row) return no_such_project();
  return std::move(*row);
}

Result<Project> ProjectService::open_project(const Id& id) {
  TRY_ASSIGN(const Project project, existing(id));
  if (project.state != ProjectState::open)
    return fail(ErrorCode::conflict, "the project is archived", "open it again first");
  return project;
}

Result<Listed<ProjectRow>> ProjectService::list(const ProjectFilter& filter) { return ports_.store.list(filter); }

Result<std::vector<std::pair<Id, Embargo>>> ProjectService::embargoes_between(TimeMs from_ms, TimeMs to_ms) {
  return ports_.store.embargoes_between(from_ms, to_ms);
}

}  // namespace probity::projects
