// Files of partners and their rows in SQL; the bytes wait in a folder.
#pragma once

#include "screening/batch_screening.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class ScreeningBatchStore final : public screening::BatchStore {
 public:
  explicit ScreeningBatchStore(Database& database) : database_(database) {}

  Result<void> insert(const screening::PartnerBatch& batch) override;
  Result<void> update(const screening::PartnerBatch& batch) override;
  Result<std::optional<screening::PartnerBatch>> batch(const Id& id) override;
  Result<Listed<screening::PartnerBatch>> batches(std::uint32_t offset, std::uint32_t limit) override;
  Result<void> remove_batch(const Id& id) override;
  Result<void> insert_rows(const Id& batch, const std::vector<screening::PartnerRow>& rows) override;
  Result<void> remove_rows(const Id& batch) override;
  Result<Listed<screening::PartnerRow>> rows(const Id& batch, const screening::RowFilter& filter) override;
  Result<std::vector<screening::PartnerRow>> rows_after(const Id& batch, std::int64_t index,
                                                        std::size_t limit) override;

 private:
  Database& database_;
};

// A file for each batch, readable by the node alone.
class BatchFolder final : public screening::BatchFiles {
 public:
  explicit BatchFolder(std::string folder) : folder_(std::move(folder)) {}
  Result<void> put(const Id& batch, BytesView bytes) override;
  Result<Bytes> get(const Id& batch) override;
  void remove(const Id& batch) override;

 private:
  std::string path(const Id& batch) const { return folder_ + "/" + batch.text(); }
  std::string folder_;
};

}  // namespace probity::store
