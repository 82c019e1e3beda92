// A member's filings in SQL.
#pragma once

#include "filings/ports.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class FilingStore final : public filings::Store {
 public:
  explicit FilingStore(Database& database) : database_(database) {}

  Result<std::int64_t> next_ordinal(int year) override;
  Result<void> insert(const filings::Filing& filing) override;
  Result<void> update(filings::Filing& filing) override;
  Result<std::optional<filings::Filing>> find(const Id& id) override;
  Result<std::optional<filings::Filing>> find_listing(const Id& listing) override;
  Result<Listed<filings::Filing>> list(const filings::FilingFilter& filter) override;
  Result<std::vector<filings::Filing>> live() override;
  Result<std::optional<oprf::PublicIdentity>> ombudsman() override;
  Result<void> keep_ombudsman(const oprf::PublicIdentity& identity) override;

 private:
  Database& database_;
};

}  // namespace probity::store
