// The hub's listed companies, read off its listings, and the heads of the lists that it signed, in SQL.
#pragma once

#include "alliance/enterprise_publisher.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class AllianceEnterpriseStore final : public alliance::EnterpriseStore {
 public:
  explicit AllianceEnterpriseStore(Database& database) : database_(database) {}

  Result<std::vector<alliance::EnterpriseEntry>> findable_enterprises() override;
  Result<void> insert(const alliance::SignedEnterpriseHead& head) override;
  Result<std::optional<alliance::SignedEnterpriseHead>> last_enterprise_head() override;

 private:
  Database& database_;
};

}  // namespace probity::store
