// Projects, their embargoes and their assets' places in SQL.
#pragma once

#include "projects/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database. Looks into the tables of accounts for names, and of
// commitments, deliveries and slips for counts.
class SqlProjectStore final : public projects::Store {
 public:
  explicit SqlProjectStore(Database& database) : database_(database) {}

  Result<void> insert(const projects::Project& project) override;
  Result<void> update(const projects::Project& project) override;
  Result<std::optional<projects::Project>> project(const Id& id) override;
  Result<std::optional<projects::ProjectRow>> row(const Id& id) override;
  Result<Listed<projects::ProjectRow>> list(const projects::ProjectFilter& filter) override;
  Result<std::vector<projects::PersonInCharge>> people(const std::vector<Id>& accounts) override;
  Result<std::vector<std::pair<Id, projects::Embargo>>> embargoes_between(TimeMs from_ms, TimeMs to_ms) override;
  Result<void> insert(const projects::ProjectAsset& asset) override;
  Result<void> update(const projects::ProjectAsset& asset) override;
  Result<std::optional<projects::ProjectAsset>> asset(const Id& asset) override;
  Result<std::vector<projects::ProjectAsset>> assets(const Id& project) override;

 private:
  Database& database_;
};

}  // namespace probity::store
