#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "tally/tally.h"

namespace probity::tally {
namespace {

tl::unexpected<Error> cannot(const std::string& what, const std::string& path) {
  const int reason = errno;
  return fail(ErrorCode::storage, "cannot " + what + " " + path + ": " + std::strerror(reason),
              reason == ENOSPC ? "free some space on that disk" : "check that the folder exists and may be written");
}

Result<void> write_all(int file, BytesView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return cannot("write", path);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> write_and_flush(int file, const Content& content, BytesView head, const std::string& path) {
  TRY(write_all(file, head, path));
  TRY(write_all(file, content.a, path));
  TRY(write_all(file, content.b, path));
  if (::fsync(file) != 0) return cannot("flush", path);
  return {};
}

Result<void> flush_folder(const std::filesystem::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return cannot("open", folder.string());
  const bool flushed = ::fsync(file) == 0;
  ::close(file);
  if (!flushed) return cannot("flush", folder.string());
  return {};
}

}  // namespace

Result<Bytes> encode(const Content& content) {
  TRY_ASSIGN(Bytes out, encode_head(content));
  out.reserve(out.size() + content.a.size() + content.b.size());
  out.insert(out.end(), content.a.begin(), content.a.end());
  out.insert(out.end(), content.b.begin(), content.b.end());
  return out;
}

Result<void> write_file(const std::string& path, const Content& content) {
  static std::atomic<unsigned> counter = 0;
  TRY_ASSIGN(const Bytes head, encode_head(content));
  const std::string temporary = path + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(counter++);
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return cannot("create", temporary);
  Result<void> result = write_and_flush(file, content, head, temporary);
  if (::close(file) != 0 && result) result = cannot("close", temporary);
  if (result && ::rename(temporary.c_str(), path.c_str()) != 0) result = cannot("rename to", path);
  if (!result) {
    ::unlink(temporary.c_str());
    return result;
  }
  const auto folder = std::filesystem::path(path).parent_path();
  return flush_folder(folder.empty() ? "." : folder);
}

}  // namespace probity::tally
