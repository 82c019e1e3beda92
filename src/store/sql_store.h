// The copies' store in SQL: one implementation for every database that has a Backend.
#pragma once

#include <memory>
#include <string>

#include "copies/store.h"
#include "store/backend.h"

namespace probity::store {

// One connection. A writer is the store itself between BEGIN and COMMIT, so reads inside a transaction see its writes.
class SqlStore final : public copies::Store, public copies::StoreWriter {
 public:
  // Connects and brings the schema up to date.
  // Errors: unsupported when a newer Probity made it; storage; corrupt; conflict.
  static Result<std::unique_ptr<SqlStore>> open(std::unique_ptr<Backend> backend);
  // The SQLite file of a workspace.
  static Result<std::unique_ptr<SqlStore>> open_sqlite(const std::string& path);
  ~SqlStore() override;

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
  SqlStore(std::unique_ptr<Backend> backend, std::unique_ptr<soci::session> session);
  Result<void> migrate();
  Result<void> transaction(const char* begin, const std::function<Result<void>()>& work);
  void roll_back();

  std::unique_ptr<Backend> backend_;
  std::unique_ptr<soci::session> session_;
};

}  // namespace probity::store
