#include "seal/archive.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <zip.h>

#include <algorithm>
#include <memory>
#include <set>

#include "base/encoding.h"

namespace probity::seal {
namespace {

constexpr std::size_t kMostNameBytes = 200;
constexpr std::size_t kMostPartBytes = 100;
constexpr std::size_t kLocalHeaderBytes = 30;
constexpr std::size_t kCentralHeaderBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr zip_uint16_t kFirstDay = 0x0021;  // 1 January 1980, the earliest date there is

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;

tl::unexpected<Error> corrupt(std::string what) { return fail(ErrorCode::corrupt, std::move(what)); }
tl::unexpected<Error> failed() { return fail(ErrorCode::internal, "the archive could not be written"); }

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

// File systems that ignore case would unpack one over the other.
Result<void> check_names(const std::vector<ArchiveFile>& files) {
  std::set<std::string> seen;
  for (const ArchiveFile& file : files) {
    TRY(check_archive_name(file.name));
    if (!seen.insert(ascii_lower(file.name)).second)
      return fail(ErrorCode::invalid_argument, fmt::format("the archive has {} twice", file.name));
  }
  return {};
}

bool add(zip_t* archive, const ArchiveFile& file) {
  zip_source_t* const source = zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0);
  if (source == nullptr) return false;
  const zip_int64_t at = zip_file_add(archive, file.name.c_str(), source, 0);
  if (at < 0) {
    zip_source_free(source);
    return false;
  }
  const auto index = static_cast<zip_uint64_t>(at);
  const zip_int32_t packing = file.stored || file.bytes.empty() ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
  return zip_set_file_compression(archive, index, packing, 0) == 0 &&
         zip_file_set_dostime(archive, index, 0, kFirstDay, 0) == 0 &&
         zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX, (S_IFREG | 0644U) << 16) == 0;
}

Result<Bytes> bytes_of(zip_source_t* source, const ArchiveLimits& limits) {
  zip_stat_t stat;
  if (zip_source_open(source) != 0) return failed();
  if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) return failed();
  if (stat.size > limits.bytes) return fail(ErrorCode::too_large, "the archive is too large");
  Bytes bytes(stat.size);
  const bool read = zip_source_read(source, bytes.data(), bytes.size()) == static_cast<zip_int64_t>(bytes.size());
  zip_source_close(source);
  if (!read) return failed();
  return bytes;
}

Result<Archive> open(BytesView bytes, const ArchiveLimits& limits) {
  zip_error_t error;
  zip_error_init(&error);
  Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
  Archive archive(source ? zip_open_from_source(source.get(), ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr);
  zip_error_fini(&error);
  if (!archive) return corrupt("the archive is damaged, or not one");
  static_cast<void>(source.release());  // the archive owns it now
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count < 1) return corrupt("the archive is empty");
  if (static_cast<std::size_t>(count) > limits.files)
    return fail(ErrorCode::too_large, "the archive has too many files");
  int comment_bytes = 0;
  if (zip_get_archive_comment(archive.get(), &comment_bytes, ZIP_FL_ENC_RAW) != nullptr && comment_bytes > 0)
    return corrupt("the archive has a comment");
  return archive;
}

Result<void> check_entry(zip_t* archive, zip_uint64_t index, const zip_stat_t& stat) {
  TRY(check_archive_name(stat.name).map_error([](const Error& error) {
    return Error{ErrorCode::corrupt, error.message, {}};
  }));
  if (stat.encryption_method != ZIP_EM_NONE) return fail(ErrorCode::unsupported, "the archive is encrypted");
  if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
    return fail(ErrorCode::unsupported, fmt::format("{} is packed in another way", stat.name));
  zip_uint32_t comment_bytes = 0;
  zip_file_get_comment(archive, index, &comment_bytes, ZIP_FL_ENC_RAW);
  if (comment_bytes > 0) return corrupt(fmt::format("{} has a comment", stat.name));
  if (zip_file_extra_fields_count(archive, index, ZIP_FL_LOCAL) != 0 ||
      zip_file_extra_fields_count(archive, index, ZIP_FL_CENTRAL) != 0)
    return corrupt(fmt::format("{} has extra fields", stat.name));
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return corrupt("unreadable");
  const zip_uint32_t kind = (attributes >> 16) & S_IFMT;
  if (system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG)
    return corrupt(fmt::format("{} is a link or something else that is no file", stat.name));
  return {};
}

// Until its end or the limit: the size in the archive is only a claim.
Result<Bytes> unpack(zip_t* archive, zip_uint64_t index, const zip_stat_t& stat, std::size_t most) {
  const std::unique_ptr<zip_file_t, Discard> file(zip_fopen_index(archive, index, 0));
  if (!file) return corrupt(fmt::format("{} cannot be unpacked", stat.name));
  Bytes bytes;
  bytes.reserve(std::min<std::size_t>(stat.size, most));
  std::array<std::uint8_t, 1 << 16> chunk{};
  while (true) {
    const zip_int64_t size = zip_fread(file.get(), chunk.data(), chunk.size());
    if (size < 0) return corrupt(fmt::format("{} is damaged", stat.name));
    if (size == 0) break;
    if (static_cast<std::size_t>(size) > most - bytes.size())
      return fail(ErrorCode::too_large, "the archive unpacks to too much");
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + size);
  }
  if (bytes.size() != stat.size) return corrupt(fmt::format("{} is not as long as the archive says", stat.name));
  return bytes;
}

}  // namespace

Result<void> check_archive_name(const std::string& name) {
  bool good = !name.empty() && name.size() <= kMostNameBytes && name.back() != '/';
  std::size_t part = 0;
  for (const char c : name) {
    if (c == '/') {
      good = good && part > 0;
      part = 0;
      continue;
    }
    good = good && is_plain(c) && !(part == 0 && (c == '.' || c == '-')) && ++part <= kMostPartBytes;
  }
  if (!good) return fail(ErrorCode::invalid_argument, "the archive has a file with a name that is not allowed in it");
  return {};
}

Result<Bytes> write_archive(const std::vector<ArchiveFile>& files, const ArchiveLimits& limits) {
  if (files.empty()) return fail(ErrorCode::invalid_argument, "an archive needs files");
  TRY(check_names(files));
  std::size_t total = 0;
  for (const ArchiveFile& file : files) total += file.bytes.size();
  if (total > limits.bytes || files.size() > limits.files)
    return fail(ErrorCode::too_large, "the archive is too large");
  zip_error_t error;
  zip_error_init(&error);
  Source source(zip_source_buffer_create(nullptr, 0, 1, &error));
  Archive archive(source ? zip_open_from_source(source.get(), ZIP_TRUNCATE, &error) : nullptr);
  zip_error_fini(&error);
  if (!archive) return failed();
  zip_source_keep(source.get());  // the archive lets go of its own share when it is closed
  for (const ArchiveFile& file : files)
    if (!add(archive.get(), file)) return failed();
  if (zip_close(archive.get()) != 0) return failed();
  static_cast<void>(archive.release());
  return bytes_of(source.get(), limits);
}

Result<std::vector<ArchiveFile>> read_archive(BytesView bytes, const ArchiveLimits& limits) {
  if (bytes.size() > limits.bytes) return fail(ErrorCode::too_large, "the archive is too large");
  TRY_ASSIGN(const Archive archive, open(bytes, limits));
  std::vector<ArchiveFile> files;
  std::size_t left = limits.bytes;
  std::size_t accounted = kEndBytes;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(zip_get_num_entries(archive.get(), 0)); ++i) {
    zip_stat_t stat;
    if (zip_stat_index(archive.get(), i, ZIP_FL_ENC_RAW, &stat) != 0 || stat.name == nullptr)
      return corrupt("the archive is damaged");
    TRY(check_entry(archive.get(), i, stat));
    TRY_ASSIGN(Bytes unpacked, unpack(archive.get(), i, stat, left));
    left -= unpacked.size();
    const std::string name = stat.name;
    accounted += kLocalHeaderBytes + kCentralHeaderBytes + 2 * name.size() + stat.comp_size;
    files.push_back({name, std::move(unpacked), stat.comp_method == ZIP_CM_STORE});
  }
  // No comments, no extra fields: what these do not add up to is hidden between, before or behind the files.
  if (accounted != bytes.size()) return corrupt("the archive holds bytes that belong to no file");
  const auto names = check_names(files);
  if (!names) return corrupt(names.error().message);
  return files;
}

}  // namespace probity::seal
