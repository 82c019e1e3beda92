// Leaks as matters in SQL.
#pragma once

#include "leaks/leak_store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database. Looks into the table of projects for names.
class LeakStore final : public leaks::LeakStore {
 public:
  explicit LeakStore(Database& database) : database_(database) {}

  Result<std::uint32_t> next_ordinal(int year) override;
  Result<void> insert(const leaks::Leak& leak) override;
  Result<void> update(const leaks::Leak& leak) override;
  Result<std::optional<leaks::Leak>> leak(const Id& id) override;
  Result<std::optional<leaks::Leak>> leak_by_number(const std::string& number) override;
  Result<std::optional<leaks::LeakRow>> row(const Id& id) override;
  Result<Listed<leaks::LeakRow>> list(const leaks::LeakFilter& filter) override;
  Result<void> insert(const leaks::Sighting& sighting) override;
  Result<void> update(const leaks::Sighting& sighting) override;
  Result<void> insert(const leaks::SightingChange& change) override;
  Result<std::vector<leaks::Sighting>> sightings(const Id& leak) override;
  Result<void> insert(const leaks::Publication& publication) override;
  Result<std::vector<leaks::Publication>> publications(const Id& leak) override;
  Result<void> put(const leaks::FileState& file) override;
  Result<std::vector<leaks::FileState>> files(const Id& leak) override;
  Result<void> put(const leaks::ReleaseFound& found) override;
  Result<std::vector<leaks::ReleaseFound>> releases(const Id& leak) override;
  Result<void> insert(const leaks::Trace& trace) override;
  Result<std::optional<leaks::Trace>> trace(const Id& id) override;
  Result<std::optional<leaks::Trace>> latest_trace(const Id& leak) override;
  Result<void> insert(const leaks::UnmaskRequest& request) override;
  Result<void> update(const leaks::UnmaskRequest& request) override;
  Result<std::vector<leaks::UnmaskRequest>> unmask_requests(const Id& leak) override;

 private:
  Database& database_;
};

}  // namespace probity::store
