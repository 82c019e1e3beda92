// Where pictures of bulletins are: a folder of their own, so that what ends here is gone.
#pragma once

#include "bulletins/ports.h"
#include "store/file_blob_store.h"

namespace probity::app {

class BulletinPictures final : public bulletins::PictureFiles {
 public:
  // Errors: storage.
  static Result<std::unique_ptr<BulletinPictures>> open(const std::string& folder) {
    TRY_ASSIGN(auto files, store::FileBlobStore::open(folder));
    return std::make_unique<BulletinPictures>(std::move(files));
  }
  explicit BulletinPictures(std::unique_ptr<store::FileBlobStore> files) : files_(std::move(files)) {}

  Result<Hash> put(BytesView bytes) override { return files_->put(bytes); }
  Result<Bytes> get(const Hash& hash) override { return files_->get(hash); }
  Result<void> remove(const Hash& hash) override { return files_->remove(hash); }

 private:
  std::unique_ptr<store::FileBlobStore> files_;
};

}  // namespace probity::app
