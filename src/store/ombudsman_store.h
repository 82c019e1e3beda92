// The ombudsman's decisions and answers to people in SQL.
#pragma once

#include "filings/ombudsman_ports.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class SqlOmbudsmanStore final : public filings::OmbudsmanStore {
 public:
  explicit SqlOmbudsmanStore(Database& database) : database_(database) {}

  Result<void> insert(const filings::Decision& decision) override;
  Result<void> set_told(const Id& decision) override;
  Result<std::vector<filings::Decision>> decisions_of(const Id& listing) override;
  Result<std::vector<filings::Decision>> untold() override;
  Result<Listed<filings::Decision>> decisions(std::uint32_t offset, std::uint32_t limit) override;
  Result<void> insert(const filings::KeptAnswer& answer) override;
  Result<void> update(const filings::KeptAnswer& answer) override;
  Result<std::optional<filings::KeptAnswer>> answer(const Hash& token_hash) override;
  Result<Listed<filings::KeptAnswer>> answers(std::uint32_t offset, std::uint32_t limit) override;
  Result<void> forget_answers(TimeMs expired_before_ms) override;

 private:
  Database& database_;
};

}  // namespace probity::store
