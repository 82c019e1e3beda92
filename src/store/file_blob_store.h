// Blobs as files: blobs/ab/<64 hex digits of SHA-256>, each written whole or not at all.
#pragma once

#include <memory>
#include <string>

#include "copies/blob_store.h"

namespace probity::store {

class FileBlobStore final : public copies::BlobStore {
 public:
  // Creates the folder when it is missing. Errors: storage.
  static Result<std::unique_ptr<FileBlobStore>> open(const std::string& folder);

  Result<Hash> put(BytesView bytes) override;
  Result<Bytes> get(const Hash& hash) override;
  Result<tally::Tally> open_tally(const Hash& hash) override;
  Result<std::vector<Hash>> list() override;
  Result<void> remove(const Hash& hash) override;
  Result<bool> remove_untouched(const Hash& hash, TimeMs before_ms) override;

  // Removes what writers that were killed left behind. For whoever holds the workspace's write lock.
  void remove_stale_temporaries();

 private:
  explicit FileBlobStore(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_for(const Hash& hash) const;
  std::string path_for(const Hash& hash) const;

  std::string folder_;
};

}  // namespace probity::store
