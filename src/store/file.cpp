#include "store/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "store/file_batch.h"

namespace probity::store {
namespace {

constexpr std::string_view kTemporaryPrefix = ".probity-partial-";

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }
  bool ok() const { return value_ >= 0; }

 private:
  int value_;
};

tl::unexpected<Error> storage_error(const std::string& doing, const std::string& path, int error_number) {
  const char* hint = error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG
                         ? "make room and run the same command again"
                         : "";
  return fail(ErrorCode::storage, fmt::format("{} {}: {}", doing, path, std::strerror(error_number)), hint);
}

Result<void> write_all(int file, BytesView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return storage_error("cannot write", path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> flush_folder(const std::string& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.ok() || ::fsync(descriptor.get()) != 0) return storage_error("cannot flush", folder, errno);
  return {};
}

Result<void> move_into_place(const std::string& temporary, const std::string& path, Existing existing) {
  const bool moved = existing == Existing::replace
                         ? ::rename(temporary.c_str(), path.c_str()) == 0
                         : ::renameat2(AT_FDCWD, temporary.c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0;
  if (moved) return {};
  if (errno == EEXIST) return fail(ErrorCode::already_exists, fmt::format("{} exists already", path));
  if (errno != EINVAL && errno != ENOSYS) return storage_error("cannot write", path, errno);
  // File systems without RENAME_NOREPLACE: a hard link refuses to replace as well.
  if (::link(temporary.c_str(), path.c_str()) != 0) {
    if (errno == EEXIST) return fail(ErrorCode::already_exists, fmt::format("{} exists already", path));
    return storage_error("cannot write", path, errno);
  }
  ::unlink(temporary.c_str());
  return {};
}

std::string temporary_name(const std::string& folder) {
  static std::atomic<unsigned> counter{0};
  return fmt::format("{}/{}{}-{}", folder, kTemporaryPrefix, ::getpid(), counter++);
}

// Locked until this process is done with the file, or gone: how remove_stale_temporaries knows.
int open_temporary(const std::string& temporary, unsigned mode) {
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor >= 0) ::flock(descriptor, LOCK_EX | LOCK_NB);
  return descriptor;
}

Result<void> refuse_existing(const std::string& path, Existing existing) {
  if (existing == Existing::keep && ::access(path.c_str(), F_OK) == 0)
    return fail(ErrorCode::already_exists, fmt::format("{} exists already", path));
  return {};
}

}  // namespace

Result<void> write_file(const std::string& path, BytesView bytes, const FileOptions& options) {
  TRY(refuse_existing(path, options.existing));
  const std::string folder = folder_of(path);
  const std::string temporary = temporary_name(folder);
  const Descriptor file(open_temporary(temporary, options.mode));
  if (!file.ok()) return storage_error("cannot write", path, errno);
  Result<void> outcome = write_all(file.get(), bytes, path);
  if (outcome && ::fsync(file.get()) != 0) outcome = storage_error("cannot write", path, errno);
  if (outcome) outcome = move_into_place(temporary, path, options.existing);
  if (!outcome) {
    ::unlink(temporary.c_str());
    return outcome;
  }
  return flush_folder(folder);
}

FileBatch::~FileBatch() {
  for (const Pending& pending : pending_) {
    ::unlink(pending.temporary.c_str());
    ::close(pending.descriptor);
  }
}

Result<void> FileBatch::add(const std::string& path, BytesView bytes, Existing existing) {
  TRY(refuse_existing(path, existing));
  const std::string temporary = temporary_name(folder_);
  const int descriptor = open_temporary(temporary, FileOptions().mode);
  if (descriptor < 0) return storage_error("cannot write", path, errno);
  pending_.push_back({temporary, path, existing, descriptor});
  return write_all(descriptor, bytes, path);
}

Result<void> FileBatch::commit() {
  if (pending_.empty()) return {};
  if (::syncfs(pending_.front().descriptor) != 0) return storage_error("cannot flush", folder_, errno);
  while (!pending_.empty()) {
    const Pending& next = pending_.back();
    TRY(move_into_place(next.temporary, next.path, next.existing));
    ::close(next.descriptor);
    pending_.pop_back();
  }
  return flush_folder(folder_);
}

Result<Bytes> read_file(const std::string& path, std::size_t most_bytes) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok() && errno == ENOENT) return fail(ErrorCode::not_found, fmt::format("there is no file {}", path));
  struct stat status {};
  if (!file.ok() || ::fstat(file.get(), &status) != 0) return storage_error("cannot read", path, errno);
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid_argument, fmt::format("{} is not a file", path));
  if (static_cast<std::uint64_t>(status.st_size) > most_bytes)
    return fail(ErrorCode::too_large, fmt::format("{} is larger than {} MB", path, most_bytes >> 20));
  Bytes bytes(static_cast<std::size_t>(status.st_size));
  std::size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storage_error("cannot read", path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

Result<void> make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return storage_error("cannot create the folder", path, error.value());
  return {};
}

void remove_stale_temporaries(const std::string& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (!entry->path().filename().string().starts_with(kTemporaryPrefix)) continue;
    const Descriptor file(::open(entry->path().c_str(), O_RDONLY | O_CLOEXEC));
    if (file.ok() && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) ::unlink(entry->path().c_str());
  }
}

}  // namespace probity::store
