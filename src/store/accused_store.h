// What the accused handed in, in SQL; the bytes are evidence.
#pragma once

#include "cases/accused.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. Borrows the database.
class SqlAccusedDocuments final : public cases::AccusedDocumentStore {
 public:
  explicit SqlAccusedDocuments(Database& database) : database_(database) {}
  Result<void> insert(const cases::AccusedDocument& document) override;
  Result<std::vector<cases::AccusedDocument>> of_party(const Id& case_party) override;

 private:
  Database& database_;
};

}  // namespace probity::store
