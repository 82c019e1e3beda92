// Jobs in SQL.
#pragma once

#include "jobs/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlJobStore final : public jobs::Store {
 public:
  explicit SqlJobStore(Database& database) : database_(database) {}

  Result<void> insert(const jobs::Job& job) override;
  Result<std::optional<jobs::Job>> job(const Id& id) override;
  Result<std::optional<Id>> unfinished(const std::string& once_key) override;
  Result<Listed<jobs::Job>> list(const jobs::JobFilter& filter) override;
  Result<std::vector<jobs::Job>> changed_after(std::uint64_t changed, std::size_t limit) override;
  Result<std::uint64_t> last_change() override;
  Result<std::optional<jobs::Job>> claim(const jobs::Claim& claim) override;
  Result<std::optional<TimeMs>> next_due(const std::vector<std::string>& kinds) override;
  Result<std::optional<jobs::Job>> progress(const Id& id, const std::string& worker, const jobs::Progress& progress,
                                            TimeMs lease_until_ms) override;
  Result<std::optional<jobs::Job>> finish(const Id& id, const std::string& worker,
                                          const jobs::Outcome& outcome) override;
  Result<std::vector<jobs::Job>> extend_leases(const std::string& worker, TimeMs lease_until_ms) override;
  Result<std::optional<jobs::Job>> request_cancel(const Id& id, TimeMs now_ms) override;
  Result<std::optional<jobs::Job>> requeue(const Id& id, TimeMs now_ms) override;
  Result<std::uint64_t> forget_finished(TimeMs before_ms) override;

 private:
  Database& database_;
};

}  // namespace probity::store
