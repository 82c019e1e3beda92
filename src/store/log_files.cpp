#include "store/log_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/encoding.h"
#include "store/file.h"
#include "tlog/checkpoint.h"

namespace probity::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFileBytes = 1 << 30;
constexpr std::size_t kMostNoteBytes = 1 << 20;
constexpr std::size_t kMostOpenFiles = 200;

tl::unexpected<Error> storage_error(const char* doing, const std::string& path, int error_number) {
  return fail(ErrorCode::storage, fmt::format("cannot {} {}: {}", doing, path, std::strerror(error_number)),
              error_number == ENOSPC || error_number == EDQUOT ? "make room and start the program again" : "");
}

Result<void> write_all(int file, BytesView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return storage_error("write", path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> flush_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return storage_error("flush", folder, errno);
  const bool flushed = ::fsync(descriptor) == 0;
  const int error_number = errno;
  ::close(descriptor);
  if (!flushed) return storage_error("flush", folder, error_number);
  return {};
}

std::string folder_of(const std::string& path) { return fs::path(path).parent_path().string(); }

// Held until the object goes.
class FileLock {
 public:
  static Result<FileLock> acquire(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return storage_error("open", path, errno);
    FileLock lock(descriptor);
    while (::flock(descriptor, LOCK_EX) != 0)
      if (errno != EINTR) return storage_error("lock", path, errno);
    return lock;
  }
  FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

class FolderAppendFile final : public log::AppendFile {
 public:
  FolderAppendFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  FolderAppendFile(const FolderAppendFile&) = delete;
  FolderAppendFile& operator=(const FolderAppendFile&) = delete;
  ~FolderAppendFile() override { ::close(descriptor_); }

  Result<void> append(BytesView bytes) override { return write_all(descriptor_, bytes, path_); }
  Result<void> flush() override {
    if (::fdatasync(descriptor_) != 0) return storage_error("flush", path_, errno);
    if (named_) return {};
    TRY(flush_folder(folder_of(path_)));
    named_ = true;
    return {};
  }

 private:
  int descriptor_;
  std::string path_;
  bool named_ = false;
};

Result<std::optional<std::string>> read_note(const std::string& path) {
  auto bytes = read_file(path, kMostNoteBytes);
  if (bytes) return std::string(as_text(*bytes));
  if (bytes.error().code == ErrorCode::not_found) return std::nullopt;
  return tl::unexpected(bytes.error());
}

}  // namespace

Result<std::unique_ptr<FolderLogFiles>> FolderLogFiles::open(const std::string& folder, Use use) {
  if (use == Use::reading) return std::unique_ptr<FolderLogFiles>(new FolderLogFiles(folder, -1));
  TRY(make_folder(folder));
  const std::string path = folder + "/lock";
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return storage_error("open", path, errno);
  if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock);
    return fail(ErrorCode::conflict, "another process writes this log", "a log has one writer: stop the other server");
  }
  std::unique_ptr<FolderLogFiles> files(new FolderLogFiles(folder, lock));
  remove_stale_temporaries(folder);
  TRY(flush_folder(folder));
  TRY(flush_folder(folder_of(fs::absolute(folder).string())));
  return files;
}

FolderLogFiles::~FolderLogFiles() {
  for (const int file : unflushed_files_) ::close(file);
  if (lock_ >= 0) ::close(lock_);
}

Result<Bytes> FolderLogFiles::read(const std::string& path) { return read_file(inside(path), kMostFileBytes); }

Result<Bytes> FolderLogFiles::read_back(const std::string& path) {
  // Pages that are on the disk are given up, so that the read asks the disk. Best effort: some file systems do not.
  if (const int file = ::open(inside(path).c_str(), O_RDONLY | O_CLOEXEC); file >= 0) {
    ::posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    ::close(file);
  }
  return read(path);
}

Result<std::vector<std::string>> FolderLogFiles::list(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(inside(folder), error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error && error != std::errc::no_such_file_or_directory && error != std::errc::not_a_directory)
    return storage_error("list", inside(folder), error.value());
  std::sort(names.begin(), names.end());
  return names;
}

Result<void> FolderLogFiles::make_folders(const std::string& path) {
  for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1)) {
    const std::string folder = inside(path.substr(0, at));
    if (::mkdir(folder.c_str(), 0755) == 0)
      unflushed_folders_.insert(folder_of(folder));
    else if (errno != EEXIST)
      return storage_error("create", folder, errno);
  }
  unflushed_folders_.insert(folder_of(inside(path)));
  return {};
}

Result<void> FolderLogFiles::write(const std::string& path, BytesView bytes) {
  TRY(make_folders(path));
  const std::string full = inside(path);
  const int file = ::open(full.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return storage_error("create", full, errno);
  unflushed_files_.push_back(file);
  TRY(write_all(file, bytes, full));
  return unflushed_files_.size() < kMostOpenFiles ? Result<void>() : flush_files();
}

Result<void> FolderLogFiles::flush_files() {
  // Writing starts for all of them before the first one is waited for.
  for (const int file : unflushed_files_) ::sync_file_range(file, 0, 0, SYNC_FILE_RANGE_WRITE);
  for (const int file : unflushed_files_)
    if (::fsync(file) != 0) return storage_error("flush", folder_, errno);
  for (const int file : unflushed_files_) ::close(file);
  unflushed_files_.clear();
  return {};
}

Result<void> FolderLogFiles::flush() {
  TRY(flush_files());
  for (const std::string& folder : unflushed_folders_) TRY(flush_folder(folder));
  unflushed_folders_.clear();
  return {};
}

Result<void> FolderLogFiles::replace(const std::string& path, BytesView bytes) {
  return write_file(inside(path), bytes, {.existing = Existing::replace});
}

Result<std::unique_ptr<log::AppendFile>> FolderLogFiles::create(const std::string& path) {
  TRY(make_folders(path));
  const std::string full = inside(path);
  const int file = ::open(full.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return storage_error("create", full, errno);
  auto made = std::make_unique<FolderAppendFile>(file, full);
  for (const std::string& folder : unflushed_folders_) TRY(flush_folder(folder));
  unflushed_folders_.clear();
  return std::unique_ptr<log::AppendFile>(std::move(made));
}

Result<void> FolderLogFiles::remove(const std::string& path) {
  std::error_code error;
  const std::string full = inside(path);
  const auto count = fs::remove_all(full, error);
  if (error) return storage_error("remove", full, error.value());
  if (count == 0) return {};
  std::erase_if(unflushed_folders_,
                [&](const std::string& folder) { return folder == full || folder.starts_with(full + "/"); });
  unflushed_folders_.insert(folder_of(full));
  return {};
}

Result<std::optional<std::string>> FileCheckpointGuard::read() { return read_note(path_); }

Result<void> FileCheckpointGuard::swap(const std::optional<std::string>& expected, const std::string& next) {
  TRY_ASSIGN(const FileLock lock, FileLock::acquire(path_ + ".lock"));
  TRY_ASSIGN(const auto now, read());
  if (now != expected)
    return fail(ErrorCode::conflict, "another process has signed a checkpoint of this log", "a log has one writer");
  return write_file(path_, as_bytes(next), {.existing = Existing::replace, .mode = 0600});
}

Result<tlog::TreeHead> FolderWitnessMemory::advance(const std::string& origin, const Decide& decide) {
  TRY(make_folder(folder_));
  const std::string path = folder_ + "/" + to_hex(sha256(as_bytes(origin)));
  TRY_ASSIGN(const FileLock lock, FileLock::acquire(path + ".lock"));
  TRY_ASSIGN(const auto text, read_note(path));
  std::optional<tlog::TreeHead> last;
  if (text) {
    const auto kept = tlog::Checkpoint::parse(*text);
    if (!kept || kept->origin != origin)
      return fail(ErrorCode::corrupt, "what the witness remembers of this log is not readable", path);
    last = kept->head;
  }
  TRY_ASSIGN(const tlog::TreeHead next, decide(last));
  const std::string kept = tlog::Checkpoint{origin, next, {}}.text();
  TRY(write_file(path, as_bytes(kept), {.existing = Existing::replace}));
  return next;
}

}  // namespace probity::store
