#include "tally/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace probity::tally {

MappedFile::~MappedFile() {
  if (!view_.empty()) ::munmap(const_cast<std::uint8_t*>(view_.data()), view_.size());
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::storage,
                "cannot open " + path + ": " + std::strerror(errno), "check the path and its permissions");
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0) {
    ::close(file);
    return fail(ErrorCode::corrupt, path + " is empty or not a file", "restore it from a backup");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  const int reason = errno;
  ::close(file);
  if (memory == MAP_FAILED) return fail(ErrorCode::storage, "cannot map " + path + ": " + std::strerror(reason));
  MappedFile mapped;
  mapped.view_ = {static_cast<const std::uint8_t*>(memory), size};
  return mapped;
}

}  // namespace probity::tally
