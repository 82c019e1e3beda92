#include "store/file_blob_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/encoding.h"
#include "store/file.h"

namespace probity::store {
namespace {

constexpr std::size_t kMaxBlobBytes = std::size_t{4} << 30;

bool file_has_size(const std::string& path, std::size_t size_bytes) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && static_cast<std::size_t>(status.st_size) == size_bytes;
}

constexpr const char* kUnusedEnding = ".unused";

// What a removal that was killed half-way had moved aside: it may be wanted.
void put_back_unused(const std::filesystem::path& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() != kUnusedEnding) continue;
    const std::string aside = entry->path().string(), path = aside.substr(0, aside.size() - std::strlen(kUnusedEnding));
    if (::link(aside.c_str(), path.c_str()) == 0 || errno == EEXIST) ::unlink(aside.c_str());
  }
}

}  // namespace

Result<std::unique_ptr<FileBlobStore>> FileBlobStore::open(const std::string& folder) {
  TRY(make_folder(folder));
  return std::unique_ptr<FileBlobStore>(new FileBlobStore(folder));
}

std::string FileBlobStore::folder_for(const Hash& hash) const {
  return folder_ + "/" + to_hex(BytesView(hash).first(1));
}
std::string FileBlobStore::path_for(const Hash& hash) const { return folder_for(hash) + "/" + to_hex(hash); }

Result<Hash> FileBlobStore::put(BytesView bytes) {
  const Hash hash = sha256(bytes);
  const std::string path = path_for(hash);
  // A file of this name and size was renamed into place by us; another size can only be damage, and is replaced. It is
  // touched, so that nobody who removes unused blobs takes it for one; if somebody just has, it is written anew.
  if (file_has_size(path, bytes.size()) && ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0) == 0) return hash;
  TRY(make_folder(folder_for(hash)));
  TRY(write_file(path, bytes, {.existing = Existing::replace, .mode = 0600}));
  return hash;
}

Result<Bytes> FileBlobStore::get(const Hash& hash) {
  const std::string path = path_for(hash);
  auto bytes = read_file(path, kMaxBlobBytes);
  if (!bytes && bytes.error().code == ErrorCode::not_found)
    return fail(ErrorCode::not_found, fmt::format("the file {} of the workspace is missing", path),
                "restore it from a backup");
  TRY(bytes);
  if (sha256(*bytes) != hash)
    return fail(ErrorCode::corrupt, fmt::format("the file {} of the workspace is damaged", path),
                "restore it from a backup");
  return bytes;
}

Result<tally::Tally> FileBlobStore::open_tally(const Hash& hash) { return tally::Tally::open(path_for(hash)); }

Result<std::vector<Hash>> FileBlobStore::list() {
  std::vector<Hash> hashes;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator entry(folder_, error), end; !error && entry != end;
       entry.increment(error)) {
    const auto bytes = from_hex(entry->path().filename().string());
    Hash hash;
    if (!bytes || bytes->size() != hash.size()) continue;
    std::copy(bytes->begin(), bytes->end(), hash.begin());
    hashes.push_back(hash);
  }
  if (error) return fail(ErrorCode::storage, fmt::format("cannot list {}: {}", folder_, error.message()));
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

Result<void> FileBlobStore::remove(const Hash& hash) {
  const std::string path = path_for(hash);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT)
    return fail(ErrorCode::storage, fmt::format("cannot remove {}: {}", path, std::strerror(errno)));
  return {};
}

// First out of the way, then looked at: a put() either touched the file before, which shows, or comes too late to find
// it and writes it anew.
Result<bool> FileBlobStore::remove_untouched(const Hash& hash, TimeMs before_ms) {
  const std::string path = path_for(hash), aside = path + kUnusedEnding;
  if (::rename(path.c_str(), aside.c_str()) != 0) {
    if (errno == ENOENT) return true;
    return fail(ErrorCode::storage, fmt::format("cannot remove {}: {}", path, std::strerror(errno)));
  }
  struct stat status {};
  const bool known = ::stat(aside.c_str(), &status) == 0;
  const TimeMs touched_ms = known ? status.st_mtim.tv_sec * TimeMs{1000} + status.st_mtim.tv_nsec / 1'000'000 : 0;
  if (known && touched_ms < before_ms) {
    ::unlink(aside.c_str());
    return true;
  }
  // Back, unless somebody wrote it anew meanwhile.
  if (::link(aside.c_str(), path.c_str()) != 0 && errno != EEXIST)
    return fail(ErrorCode::storage, fmt::format("cannot put {} back: {}", path, std::strerror(errno)));
  ::unlink(aside.c_str());
  return false;
}

void FileBlobStore::remove_stale_temporaries() {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error)) {
    store::remove_stale_temporaries(entry->path().string());
    put_back_unused(entry->path());
  }
}

}  // namespace probity::store
