// Statements in SQL.
#pragma once

#include "statements/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlStatementStore final : public statements::Store {
 public:
  explicit SqlStatementStore(Database& database) : database_(database) {}

  Result<std::uint32_t> next_ordinal(int year) override;
  Result<void> insert(const statements::Statement& statement) override;
  Result<void> update(const statements::Statement& statement) override;
  Result<std::optional<statements::Statement>> find(const Id& id) override;
  Result<std::optional<statements::Statement>> find_by_pdf(const Hash& pdf) override;
  Result<Listed<statements::Statement>> list(const statements::StatementFilter& filter) override;
  Result<Listed<statements::Statement>> list_public(const ListQuery& query) override;
  Result<std::vector<statements::Statement>> chain(const Id& chain) override;
  Result<std::vector<Id>> sealing(std::size_t limit) override;

 private:
  Database& database_;
};

}  // namespace probity::store
