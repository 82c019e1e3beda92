// Deliveries and uploads in SQL, and the bytes of uploads in files.
#pragma once

#include "copies/delivery_store.h"
#include "copies/upload.h"
#include "store/database.h"

namespace probity::store {

// Thread-safe; borrows the database.
class DeliveryStore final : public copies::DeliveryStore {
 public:
  explicit DeliveryStore(Database& database) : database_(database) {}

  Result<void> insert(const copies::Delivery& delivery) override;
  Result<void> update(const copies::Delivery& delivery) override;
  Result<std::optional<copies::DeliveryRow>> row(const Id& copy) override;
  Result<std::optional<copies::Delivery>> delivery_for(const Id& asset, const Id& party) override;
  Result<Listed<copies::DeliveryRow>> rows(const copies::DeliveryFilter& filter) override;
  Result<void> count(const Id& copy, copies::OpenKind kind, TimeMs time_ms) override;
  Result<std::vector<Id>> parties_in_force(const Id& project) override;

 private:
  Database& database_;
};

class UploadStore final : public copies::UploadStore {
 public:
  explicit UploadStore(Database& database) : database_(database) {}

  Result<void> insert(const copies::Upload& upload) override;
  Result<void> update(const copies::Upload& upload) override;
  Result<std::optional<copies::Upload>> upload(const Id& id) override;
  Result<std::vector<copies::Upload>> receiving(const std::string& job_kind, const Id& project_or_subject) override;
  Result<std::vector<copies::Upload>> receiving_since_before(TimeMs time_ms) override;

 private:
  Database& database_;
};

// uploads/<id>, readable by the program's account alone.
class FolderUploadFiles final : public copies::UploadFiles {
 public:
  // Creates the folder when it is missing. Errors: storage.
  static Result<std::unique_ptr<FolderUploadFiles>> open(const std::string& folder);
  Result<void> write(const Id& upload, std::uint64_t offset, std::string_view bytes) override;
  std::string path(const Id& upload) const override;
  void remove(const Id& upload) override;

 private:
  explicit FolderUploadFiles(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
};

}  // namespace probity::store
