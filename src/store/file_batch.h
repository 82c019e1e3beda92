// Many files made durable by one flush of their file system instead of one flush each.
#pragma once

#include <string>
#include <vector>

#include "store/file.h"

namespace probity::store {

// Files are added under temporary names and appear together in commit(). Whatever was not committed is removed with the
// object. Move is not needed, so not allowed.
class FileBatch {
 public:
  // Every file must lie in `folder`.
  explicit FileBatch(std::string folder) : folder_(std::move(folder)) {}
  FileBatch(const FileBatch&) = delete;
  FileBatch& operator=(const FileBatch&) = delete;
  ~FileBatch();

  // Errors: already_exists under Existing::keep; storage.
  Result<void> add(const std::string& path, BytesView bytes, Existing existing);
  // When it returns success all files are there for good. Errors: as of add; files before the one that failed may be
  // there, each of them whole.
  Result<void> commit();

 private:
  struct Pending {
    std::string temporary;
    std::string path;
    Existing existing;
    int descriptor;
  };
  std::string folder_;
  std::vector<Pending> pending_;
};

}  // namespace probity::store
