// A file's bytes mapped read-only into memory, unmapped with the object.
#pragma once

#include <string>
#include <utility>

#include "base/bytes.h"

namespace probity::tally {

class MappedFile {
 public:
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept : view_(std::exchange(other.view_, {})) {}
  MappedFile& operator=(MappedFile&& other) noexcept {
    std::swap(view_, other.view_);
    return *this;
  }
  ~MappedFile();
  // Errors: not_found, storage; corrupt for an empty file.
  static Result<MappedFile> open(const std::string& path);
  BytesView view() const { return view_; }

 private:
  BytesView view_;
};

}  // namespace probity::tally
