// Questions about companies and the list as this node holds it, in SQL.
#pragma once

#include "screening/company_screening.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class ScreeningCompanyStore final : public screening::CompanyStore {
 public:
  explicit ScreeningCompanyStore(Database& database) : database_(database) {}

  Result<std::uint32_t> next_company_ordinal(std::string_view kind, int year) override;
  Result<void> insert(const screening::CompanyQuery& query) override;
  Result<std::optional<screening::CompanyQuery>> company_query(const Id& id) override;
  Result<Listed<screening::CompanyQuery>> company_queries(const screening::CompanyQueryFilter& filter) override;
  Result<std::optional<alliance::HeldEnterprises>> saved_list() override;
  Result<void> save_list(const alliance::EnterpriseListChange& change) override;

 private:
  Database& database_;
};

}  // namespace probity::store
