#include "store/file_blob_store.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
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
  // A file of this name and size was renamed into place by us; another size can only be damage, and is replaced.
  if (file_has_size(path, bytes.size())) return hash;
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

void FileBlobStore::remove_stale_temporaries() {
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder_, error), end; !error && entry != end; entry.increment(error))
    store::remove_stale_temporaries(entry->path().string());
}

}  // namespace probity::store
