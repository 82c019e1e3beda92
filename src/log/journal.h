// The log's journal: entries are durable here before they are acknowledged, and stand in tiles a moment later.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/hash.h"
#include "base/random.h"
#include "log/log_files.h"

namespace probity::log {

// Appends batches to a file of its own, from entry `first` on. One thread.
class Journal {
 public:
  // A new segment; its name is durable. Errors: storage.
  static Result<std::unique_ptr<Journal>> create(LogFiles& files, std::uint64_t first, Random& random);

  // Durable when it returns: one write and one flush, however many entries. Errors: storage; then the journal is over.
  Result<void> append(std::span<const Bytes> entries);
  std::uint64_t next() const { return next_; }
  std::size_t size_bytes() const { return size_bytes_; }
  const std::string& path() const { return path_; }

 private:
  Journal(std::unique_ptr<AppendFile> file, std::string path, std::uint64_t first, const Hash& id)
      : file_(std::move(file)), path_(std::move(path)), next_(first), id_(id) {}

  std::unique_ptr<AppendFile> file_;
  std::string path_;
  std::uint64_t next_;
  Hash id_;
  std::size_t size_bytes_ = 0;
};

struct JournalSegment {
  std::string path;
  std::uint64_t first = 0;
  std::vector<Bytes> entries;
};

// Every segment, in order. A batch that was cut off in the midst of being written was never acknowledged and is left
// out. Errors: corrupt when an acknowledged one is damaged; storage.
Result<std::vector<JournalSegment>> read_journal(LogFiles& files);

}  // namespace probity::log
