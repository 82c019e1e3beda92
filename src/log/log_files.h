// The files of a log: a port, so that tests can cut the power, fail any call and lose what was not flushed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace probity::log {

// A file that only grows. One thread at a time. Errors of all: storage.
class AppendFile {
 public:
  virtual ~AppendFile() = default;
  virtual Result<void> append(BytesView bytes) = 0;
  // What was appended so far survives a power cut, and so does the file's name.
  virtual Result<void> flush() = 0;
};

// Paths are relative, with '/'. Reading and replace() are thread-safe; the rest of writing is for one thread at a time,
// and each AppendFile for one. After any error of writing
// the state on the disk is unknown until the log is opened anew (and never again believed because a second try worked:
// after a failed flush the system may report success for pages it has dropped).
class LogFiles {
 public:
  virtual ~LogFiles() = default;
  // Errors: not_found, storage.
  virtual Result<Bytes> read(const std::string& path) = 0;
  // As read, from the disk instead of the system's memory where the system can be asked to.
  virtual Result<Bytes> read_back(const std::string& path) = 0;
  // The names in a folder, sorted; none when there is no such folder.
  virtual Result<std::vector<std::string>> list(const std::string& folder) = 0;

  // Creates a file and the folders above it, or writes it anew. Not durable, and perhaps not whole, before flush().
  virtual Result<void> write(const std::string& path, BytesView bytes) = 0;
  // Every write() so far survives a power cut.
  virtual Result<void> flush() = 0;
  // Old or new, never anything between, and new for good once this returns.
  virtual Result<void> replace(const std::string& path, BytesView bytes) = 0;
  virtual Result<std::unique_ptr<AppendFile>> create(const std::string& path) = 0;
  // A file, or a folder with what is in it; nothing happens when there is none. Perhaps undone by a power cut before
  // the next flush().
  virtual Result<void> remove(const std::string& path) = 0;
};

// The last checkpoint that was signed, kept apart from the log: a log that is older than it must not sign again.
class CheckpointGuard {
 public:
  virtual ~CheckpointGuard() = default;
  // A signed note; nothing before the first one. Errors: storage.
  virtual Result<std::optional<std::string>> read() = 0;
  // Durable when it returns. Errors: conflict when it is not `expected` any more; storage.
  virtual Result<void> swap(const std::optional<std::string>& expected, const std::string& next) = 0;
};

}  // namespace probity::log
