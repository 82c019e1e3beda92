// The verbs of projects: make, change and find them; say which assets belong to one, and how they are offered.
#pragma once

#include "base/random.h"
#include "base/transactions.h"
#include "events/event.h"
#include "projects/store.h"

namespace probity::projects {

// An embargo instant as somebody asks for it: with an id it stands for the one that has it.
struct EmbargoRequest {
  std::optional<Id> id{};
  std::string label;
  TimeMs at_ms = 0;
  std::string zone;
};

struct NewProject {
  std::string name;
  std::string description;
  std::vector<Id> people;
  std::vector<EmbargoRequest> embargoes;
  bool sample = false;
};

// What stays empty is not changed; lists replace the ones that are there.
struct ProjectChange {
  std::optional<std::string> name, description;
  std::optional<ProjectState> state{};
  std::optional<std::vector<Id>> people{};
  std::optional<std::vector<EmbargoRequest>> embargoes{};
};

struct AssetOptions {
  bool watermark = false;
  std::optional<Id> embargo{};
  std::optional<TimeMs> not_before_ms{};
};

struct AssetChange {
  std::optional<bool> watermark{};
  std::optional<std::optional<Id>> embargo{};            // an empty inner value: under none any more
  std::optional<std::optional<TimeMs>> not_before_ms{};  // an empty inner value: opens at once
  std::optional<AssetState> state{};
};

struct Ports {
  Store& store;
  Transactions& transactions;
  events::EventLog& events;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports for its lifetime. Verbs that change something are one transaction, with an event, and
// join the caller's.
class ProjectService {
 public:
  explicit ProjectService(const Ports& ports) : ports_(ports) {}

  // An actor that is an account is in charge when nobody is named.
  // Errors: invalid_argument (also for accounts and zones that do not exist).
  Result<ProjectRow> create(const NewProject& project, const events::Actor& actor);
  // Errors: not_found; invalid_argument; conflict when an embargo that assets refer to would go.
  Result<ProjectRow> update(const Id& id, const ProjectChange& change, const events::Actor& actor);
  // Errors: not_found.
  Result<ProjectRow> find(const Id& id);
  // The record alone, for rules. Errors: not_found; conflict when it is archived.
  Result<Project> open_project(const Id& id);
  // Errors: invalid_argument for an unknown sort field.
  Result<Listed<ProjectRow>> list(const ProjectFilter& filter);
  Result<std::vector<std::pair<Id, Embargo>>> embargoes_between(TimeMs from_ms, TimeMs to_ms);

  // `title` is for the event. Errors: not_found; conflict when the project is archived or the asset belongs to another
  // one already; invalid_argument for an embargo of another project.
  Result<ProjectAsset> attach_asset(const Id& asset, const Id& project, const AssetOptions& options,
                                    const std::string& title, const events::Actor& actor);
  // Errors: not_found; invalid_argument.
  Result<ProjectAsset> update_asset(const Id& asset, const AssetChange& change, const std::string& title,
                                    const events::Actor& actor);
  // Where an asset belongs, if anywhere.
  Result<std::optional<ProjectAsset>> project_of(const Id& asset);
  // The embargo instant an asset is under, if any.
  Result<std::optional<Embargo>> embargo_of(const Id& asset);
  // Newest first. Errors: not_found.
  Result<std::vector<ProjectAsset>> assets(const Id& project);

 private:
  Result<Project> existing(const Id& id);
  Result<void> check_people(const std::vector<Id>& people);
  Result<std::vector<Embargo>> settled(const std::vector<EmbargoRequest>& requests, const std::vector<Embargo>& before);
  Result<void> check_embargoes_unused(const Project& before, const std::vector<Embargo>& after);
  Result<void> append_changes(const Project& before, const Project& after, const events::Actor& actor);
  Result<void> append(const char* kind, const Project& project, const events::Actor& actor,
                      const std::string& data_json);
  Ports ports_;
};

}  // namespace probity::projects
