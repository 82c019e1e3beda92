#include "leaks/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <memory>

#include "parties/text.h"

namespace probity::leaks {
namespace {

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, ZipCloser>;

tl::unexpected<Error> unreadable() {
  return fail(ErrorCode::corrupt, "the archive cannot be read", "unpack it and send the pictures one by one");
}
tl::unexpected<Error> too_much(const std::string& what) {
  return fail(ErrorCode::too_large, what, "unpack it and send the pictures one by one");
}

Result<Archive> open(BytesView bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  Archive archive(source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!archive && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (!archive) return unreadable();
  return archive;
}

// The last part of an entry's path; empty for folders and for what desktops leave behind.
std::string plain_name(std::string_view path) {
  if (path.empty() || path.back() == '/' || path.starts_with("__MACOSX/")) return {};
  const std::size_t slash = path.find_last_of("/\\");
  std::string name(slash == std::string_view::npos ? path : path.substr(slash + 1));
  if (name.starts_with(".") || name == "Thumbs.db" || name == "desktop.ini") return {};
  if (!parties::is_utf8(name)) return "file";
  if (name.size() > 150) name = "file";
  return name;
}

Result<std::vector<ArchiveEntry>> list(zip_t* archive, const ArchiveLimits& limits) {
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  if (count > static_cast<zip_int64_t>(limits.entries * 4))
    return too_much(fmt::format("the archive holds {} entries; {} files at most are taken", count, limits.entries));
  std::vector<ArchiveEntry> entries;
  std::uint64_t total = 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t facts;
    if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW, &facts) != 0) return unreadable();
    const std::string name = plain_name(facts.name == nullptr ? "" : facts.name);
    if (name.empty()) continue;
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE)
      return fail(ErrorCode::unsupported, "the archive is encrypted", "unpack it with its password and send the files");
    if ((facts.valid & ZIP_STAT_SIZE) != 0) {
      total += facts.size;
      if (facts.size > limits.entry_bytes || total > limits.total_bytes)
        return too_much(fmt::format("the archive unpacks to more than is taken ({} MB a file, {} MB together)",
                                    limits.entry_bytes >> 20, limits.total_bytes >> 20));
    }
    entries.push_back({name, static_cast<std::uint64_t>(i)});
  }
  if (entries.size() > limits.entries)
    return too_much(fmt::format("the archive holds {} files; {} at most are taken", entries.size(), limits.entries));
  if (entries.empty()) return fail(ErrorCode::corrupt, "the archive holds no files");
  return entries;
}

// At most `most_bytes`: what an archive says of its sizes proves nothing.
Result<Bytes> read_entry(zip_t* archive, const ArchiveEntry& entry, std::uint64_t most_bytes) {
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive, entry.index, 0), zip_fclose);
  if (!file) return unreadable();
  Bytes bytes;
  std::uint8_t chunk[1 << 16];
  for (;;) {
    const zip_int64_t size = zip_fread(file.get(), chunk, sizeof(chunk));
    if (size < 0) return unreadable();
    if (size == 0) return bytes;
    if (bytes.size() + static_cast<std::uint64_t>(size) > most_bytes)
      return too_much(fmt::format("{} unpacks to more than is taken", entry.name));
    bytes.insert(bytes.end(), chunk, chunk + size);
  }
}

}  // namespace

Result<std::vector<ArchiveEntry>> list_archive(BytesView bytes, const ArchiveLimits& limits) {
  TRY_ASSIGN(const Archive archive, open(bytes));
  return list(archive.get(), limits);
}

Result<void> unpack_archive(BytesView bytes, const std::function<Result<void>(const ArchiveEntry&, BytesView)>& take,
                            const ArchiveLimits& limits) {
  TRY_ASSIGN(const Archive archive, open(bytes));
  TRY_ASSIGN(const auto entries, list(archive.get(), limits));
  std::uint64_t left = limits.total_bytes;
  for (const ArchiveEntry& entry : entries) {
    TRY_ASSIGN(const Bytes file, read_entry(archive.get(), entry, std::min(limits.entry_bytes, left)));
    left -= file.size();
    TRY(take(entry, file));
  }
  return {};
}

}  // namespace probity::leaks
