// Port: where projects are kept. Calls join the caller's transaction.
#pragma once

#include <utility>

#include "projects/project.h"

namespace probity::projects {

// Thread-safe. Errors: storage.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<void> insert(const Project& project) = 0;
  virtual Result<void> update(const Project& project) = 0;
  virtual Result<std::optional<Project>> project(const Id& id) = 0;
  virtual Result<std::optional<ProjectRow>> row(const Id& id) = 0;
  virtual Result<Listed<ProjectRow>> list(const ProjectFilter& filter) = 0;
  // Those of `accounts` that exist.
  virtual Result<std::vector<PersonInCharge>> people(const std::vector<Id>& accounts) = 0;
  // Of open projects, with from_ms <= at <= to_ms, by time: (project, embargo).
  virtual Result<std::vector<std::pair<Id, Embargo>>> embargoes_between(TimeMs from_ms, TimeMs to_ms) = 0;

  virtual Result<void> insert(const ProjectAsset& asset) = 0;
  virtual Result<void> update(const ProjectAsset& asset) = 0;
  virtual Result<std::optional<ProjectAsset>> asset(const Id& asset) = 0;
  virtual Result<std::vector<ProjectAsset>> assets(const Id& project) = 0;  // newest first
};

}  // namespace probity::projects
