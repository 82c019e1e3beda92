// The log's files in a folder, its guard beside it, and a witness's memory.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "log/log_files.h"
#include "log/witness.h"

namespace probity::store {

// Reading needs nothing; writing is for whoever holds the lock.
class FolderLogFiles final : public log::LogFiles {
 public:
  enum class Use { reading, writing };
  // For writing, makes the folder and locks it for this process's life with the object.
  // Errors: conflict when another process writes; storage.
  static Result<std::unique_ptr<FolderLogFiles>> open(const std::string& folder, Use use);
  ~FolderLogFiles() override;

  Result<Bytes> read(const std::string& path) override;
  Result<Bytes> read_back(const std::string& path) override;
  Result<std::vector<std::string>> list(const std::string& folder) override;
  Result<void> write(const std::string& path, BytesView bytes) override;
  Result<void> flush() override;
  Result<void> replace(const std::string& path, BytesView bytes) override;
  Result<std::unique_ptr<log::AppendFile>> create(const std::string& path) override;
  Result<void> remove(const std::string& path) override;

 private:
  FolderLogFiles(std::string folder, int lock) : folder_(std::move(folder)), lock_(lock) {}
  std::string inside(const std::string& path) const { return folder_ + "/" + path; }
  Result<void> make_folders(const std::string& path);
  Result<void> flush_files();

  std::string folder_;
  int lock_;
  std::vector<int> unflushed_files_;
  std::set<std::string> unflushed_folders_;
};

// One file, replaced as a whole while a lock beside it is held.
class FileCheckpointGuard final : public log::CheckpointGuard {
 public:
  explicit FileCheckpointGuard(std::string path) : path_(std::move(path)) {}
  Result<std::optional<std::string>> read() override;
  Result<void> swap(const std::optional<std::string>& expected, const std::string& next) override;

 private:
  std::string path_;
};

// One file a log, named by the hash of its origin. Several processes may share the folder.
class FolderWitnessMemory final : public log::WitnessMemory {
 public:
  explicit FolderWitnessMemory(std::string folder) : folder_(std::move(folder)) {}
  Result<tlog::TreeHead> advance(const std::string& origin, const Decide& decide) override;

 private:
  std::string folder_;
};

}  // namespace probity::store
