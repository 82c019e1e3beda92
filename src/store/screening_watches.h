// Watched partners and what changed about them, in SQL.
#pragma once

#include "screening/watch.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class ScreeningWatchStore final : public screening::WatchStore {
 public:
  explicit ScreeningWatchStore(Database& database) : database_(database) {}

  Result<bool> insert(const screening::Watch& watch) override;
  Result<void> update(const screening::Watch& watch) override;
  Result<std::optional<screening::Watch>> watch(const Id& id) override;
  Result<std::optional<screening::Watch>> watch_about(const Hash& subject_key) override;
  Result<Listed<screening::Watch>> watches(const screening::WatchFilter& filter) override;
  Result<void> remove_watch(const Id& id) override;
  Result<std::vector<std::pair<Id, screening::CompanySubject>>> watched_subjects() override;
  Result<std::vector<Id>> watches_matching(const Id& listing) override;
  Result<void> insert(const screening::WatchChange& change) override;
  Result<std::vector<screening::WatchChange>> changes_of(const Id& watch, std::size_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
