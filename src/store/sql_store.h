// The copies' store in SQL: one implementation for every database that has a Backend.
#pragma once

#include <memory>
#include <string>

#include "copies/store.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe, as its database is. A writer is the store itself inside a transaction, so reads there see its writes.
class SqlStore final : public copies::Store, public copies::StoreWriter {
 public:
  // Borrows the database, which must outlive the store.
  explicit SqlStore(Database& database) : database_(&database) {}
  // Over a database of its own: the SQLite file of a workspace. Errors: as of Database::open.
  static Result<std::unique_ptr<SqlStore>> open_sqlite(const std::string& path);

  Result<void> write(const std::function<Result<void>(copies::StoreWriter&)>& work) override;
  Result<void> read(const std::function<Result<void>(copies::StoreReader&)>& work) override;

  Result<std::vector<copies::Asset>> assets() override;
  Result<std::optional<copies::Asset>> asset(const Id& id) override;
  Result<std::optional<copies::Asset>> asset_by_original(const Hash& original_blob) override;
  Result<std::optional<parties::Recipient>> recipient(const Id& id) override;
  Result<std::optional<parties::Recipient>> recipient_by_key(const std::string& lookup_key) override;
  Result<std::optional<copies::Copy>> copy(const Id& id) override;
  Result<std::optional<copies::Copy>> copy_for(const Id& asset, const Id& recipient) override;
  Result<std::vector<copies::CopyWithRecipient>> copies(const std::optional<Id>& asset) override;
  Result<std::vector<Id>> copy_ids(const Id& asset) override;
  Result<std::vector<copies::Making>> makings(const Id& copy) override;
  Result<copies::RegisterHead> head() override;
  Result<std::vector<copies::RegisterEntry>> entries(std::uint64_t after_sequence, std::size_t limit) override;
  Result<std::vector<copies::CopyWithRecipient>> copies_between(std::uint64_t first, std::uint64_t last) override;
  Result<std::vector<copies::Making>> makings_between(std::uint64_t first, std::uint64_t last) override;
  Result<Counts> counts() override;

  Result<void> insert(const parties::Recipient& recipient) override;
  Result<void> insert(const copies::Asset& asset) override;
  Result<void> insert(const copies::Copy& copy) override;
  Result<void> insert(const copies::Making& making) override;
  Result<void> insert(const copies::RegisterEntry& entry) override;

 private:
  std::unique_ptr<Database> owned_;
  Database* database_;
};

}  // namespace probity::store
