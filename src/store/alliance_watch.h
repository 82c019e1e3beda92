// Alarms, canaries, consent commitments and audits of the hub in SQL.
#pragma once

#include "alliance/watch_store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class AllianceWatchStore final : public alliance::WatchStore {
 public:
  explicit AllianceWatchStore(Database& database) : database_(database) {}

  Result<bool> raise(const alliance::Alarm& alarm) override;
  Result<void> update(const alliance::Alarm& alarm) override;
  Result<std::optional<alliance::Alarm>> alarm(const Id& id) override;
  Result<Listed<alliance::Alarm>> alarms(const alliance::AlarmFilter& filter) override;

  Result<void> insert(const alliance::Planting& planting) override;
  Result<void> update(const alliance::Planting& planting) override;
  Result<std::optional<alliance::Planting>> planting(const Id& id) override;
  Result<std::vector<alliance::Planting>> plantings() override;
  Result<void> insert(const alliance::Canary& canary) override;
  Result<alliance::CanaryActivity> canary_activity(const Id& member, oprf::Epoch epoch, TimeMs since_ms) override;

  Result<std::uint64_t> report(const Id& member, const std::string& quarter, const std::vector<Hash>& commitments,
                               TimeMs now_ms) override;
  Result<std::uint64_t> reported_since(const Id& member, TimeMs since_ms) override;
  Result<std::vector<Hash>> commitments(const Id& member, const std::string& quarter) override;
  Result<void> insert(const alliance::Audit& audit) override;
  Result<void> open(const Id& audit, const alliance::AuditDraw& draw) override;
  Result<std::optional<alliance::Audit>> audit(const Id& id) override;
  Result<Listed<alliance::Audit>> audits(const std::optional<Id>& member, std::uint32_t offset,
                                         std::uint32_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
