// Questions about people, hits and audits of consent in SQL.
#pragma once

#include "screening/ports.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlPersonStore final : public screening::PersonStore {
 public:
  explicit SqlPersonStore(Database& database) : database_(database) {}

  Result<std::uint32_t> next_ordinal(std::string_view kind, int year) override;

  Result<void> insert(const screening::PersonQuery& query) override;
  Result<void> update(const screening::PersonQuery& query) override;
  Result<std::optional<screening::PersonQuery>> query(const Id& id) override;
  Result<Listed<screening::PersonQuery>> queries(const screening::QueryFilter& filter) override;
  Result<std::uint32_t> count_about(const std::string& same_person) override;
  Result<std::optional<screening::PersonQuery>> query_of_commitment(const Hash& commitment) override;
  Result<std::vector<screening::PersonQuery>> untold_commitments(std::size_t limit) override;
  Result<void> mark_told(const Id& query) override;

  Result<void> insert(const screening::Hit& hit) override;
  Result<void> update(const screening::Hit& hit) override;
  Result<std::optional<screening::Hit>> hit(const Id& id) override;
  Result<Listed<screening::Hit>> hits(const screening::HitFilter& filter) override;
  Result<std::vector<screening::Hit>> hits_about(const std::string& same_person) override;
  Result<std::vector<screening::Hit>> hits_at(oprf::Epoch epoch, int bits, oprf::Prefix prefix) override;

  Result<void> insert(const screening::ConsentAudit& audit) override;
  Result<void> update(const screening::ConsentAudit& audit) override;
  Result<std::optional<screening::ConsentAudit>> audit(const Id& id) override;
  Result<Listed<screening::ConsentAudit>> audits(std::uint32_t offset, std::uint32_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
