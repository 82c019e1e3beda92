// A disk in memory that can be made to fail: what was not flushed is lost, kept or torn when the power is cut, any call
// can return an error, and a flush that failed leaves pages that only seem to be written.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>

#include "log/log_files.h"

namespace probity::test {

class FaultyDisk {
 public:
  explicit FaultyDisk(std::uint64_t seed = 1) : random_(seed) {}

  // The call number `at` (from now on, the first is 1) fails; with `dies`, all after it as well.
  void fail_at(std::uint64_t at, bool dies) {
    calls_ = 0;
    fail_at_ = at;
    dies_ = dies;
  }
  std::uint64_t calls() const { return calls_; }
  bool has_failed() const { return fail_at_ != 0 && calls_ >= fail_at_; }

  // The process ended: what it wrote stays in the system's memory.
  void restart() { fail_at_ = 0; }
  // Everything that was not flushed is decided by chance, a sector at a time.
  void cut_power() {
    fail_at_ = 0;
    std::set<std::string> names;
    for (const auto& [path, bytes] : cached_) names.insert(path);
    for (const auto& [path, bytes] : durable_) names.insert(path);
    for (const std::string& path : names) settle(path);
    cached_ = durable_;
    unflushed_.clear();
  }

  // Held by each call of FaultyLogFiles, which several threads may make.
  std::recursive_mutex& mutex() { return mutex_; }

  std::map<std::string, Bytes>& cached() { return cached_; }
  // As if everything had been copied at this moment, and put back later.
  std::map<std::string, Bytes> copy() const { return cached_; }
  void put_back(const std::map<std::string, Bytes>& files) { cached_ = durable_ = files; }

  // One call: whether it fails.
  bool step() {
    ++calls_;
    return fail_at_ != 0 && (calls_ == fail_at_ || (dies_ && calls_ > fail_at_));
  }
  bool dead() const { return dies_ && has_failed(); }
  bool chance(int one_in) { return std::uniform_int_distribution<int>(1, one_in)(random_) == 1; }

  void write(const std::string& path, BytesView bytes) {
    cached_[path] = Bytes(bytes.begin(), bytes.end());
    unflushed_.insert(path);
  }
  void append(const std::string& path, BytesView bytes) {
    Bytes& file = cached_[path];
    file.insert(file.end(), bytes.begin(), bytes.end());
    unflushed_.insert(path);
  }
  void flush(const std::string& path) {
    if (cached_.contains(path)) durable_[path] = cached_[path];
    unflushed_.erase(path);
  }
  // The system gave up on these pages: they can be read and are on no disk, and a second flush would not tell.
  void lose(const std::string& path) { unflushed_.erase(path); }
  void flush_removals() {
    std::erase_if(durable_, [&](const auto& file) { return !cached_.contains(file.first); });
  }
  void remove(const std::string& path) {
    std::erase_if(cached_, [&](const auto& file) { return file.first == path || file.first.starts_with(path + "/"); });
  }

 private:
  static constexpr std::size_t kSectorBytes = 512;

  void settle(const std::string& path) {
    const bool was = durable_.contains(path), is = cached_.contains(path);
    if (was && !is) {  // a removal that perhaps did not reach the disk
      if (chance(2)) durable_.erase(path);
      return;
    }
    if (!unflushed_.contains(path) || chance(3)) return;  // nothing of it arrived, not even the name
    const Bytes old = was ? durable_[path] : Bytes();
    Bytes torn = cached_[path];
    if (!chance(3)) tear(torn, old);
    durable_[path] = torn;
  }
  void tear(Bytes& torn, const Bytes& old) {
    const std::size_t kept = std::min(old.size(), torn.size());
    torn.resize(std::uniform_int_distribution<std::size_t>(kept, torn.size())(random_));
    for (std::size_t at = kept - kept % kSectorBytes; at < torn.size(); at += kSectorBytes) {
      if (!chance(3)) continue;
      const std::size_t end = std::min(at + kSectorBytes, torn.size());
      for (std::size_t i = at; i < end; ++i) torn[i] = i < old.size() ? old[i] : std::uint8_t{0};
    }
  }

  std::recursive_mutex mutex_;
  std::mt19937_64 random_;
  std::map<std::string, Bytes> cached_, durable_;
  std::set<std::string> unflushed_;
  std::uint64_t calls_ = 0, fail_at_ = 0;
  bool dies_ = false;
};

inline tl::unexpected<Error> disk_error() { return fail(ErrorCode::storage, "the disk says no"); }

class FaultyLogFiles final : public log::LogFiles {
 public:
  explicit FaultyLogFiles(FaultyDisk& disk) : disk_(disk) {}

  Result<Bytes> read(const std::string& path) override {
    const std::lock_guard lock(disk_.mutex());
    if (disk_.step()) return disk_error();
    const auto found = disk_.cached().find(path);
    if (found == disk_.cached().end()) return fail(ErrorCode::not_found, "there is no file " + path);
    return found->second;
  }
  Result<Bytes> read_back(const std::string& path) override { return read(path); }
  Result<std::vector<std::string>> list(const std::string& folder) override {
    const std::lock_guard lock(disk_.mutex());
    if (disk_.step()) return disk_error();
    std::set<std::string> names;
    for (const auto& [path, bytes] : disk_.cached())
      if (path.starts_with(folder + "/")) {
        const std::string rest = path.substr(folder.size() + 1);
        names.insert(rest.substr(0, rest.find('/')));
      }
    return std::vector<std::string>(names.begin(), names.end());
  }
  Result<void> write(const std::string& path, BytesView bytes) override {
    const std::lock_guard lock(disk_.mutex());
    if (disk_.step()) {
      if (disk_.chance(2)) disk_.write(path, bytes.first(bytes.size() / 2));
      return disk_error();
    }
    written_.push_back(path);
    disk_.write(path, bytes);
    return {};
  }
  Result<void> flush() override {
    const std::lock_guard lock(disk_.mutex());
    if (disk_.step()) {
      for (const std::string& path : written_) {
        if (disk_.chance(2))
          disk_.flush(path);
        else if (!disk_.dead())
          disk_.lose(path);
      }
      return disk_error();
    }
    for (const std::string& path : written_) disk_.flush(path);
    written_.clear();
    disk_.flush_removals();
    return {};
  }
  Result<void> replace(const std::string& path, BytesView bytes) override {
    const std::lock_guard lock(disk_.mutex());
    const bool fails = disk_.step();
    if (fails && disk_.chance(2)) return disk_error();
    disk_.write(path, bytes);
    if (fails && disk_.chance(2)) {
      disk_.lose(path);
      return disk_error();
    }
    disk_.flush(path);
    if (fails) return disk_error();
    return {};
  }
  Result<std::unique_ptr<log::AppendFile>> create(const std::string& path) override {
    const std::lock_guard lock(disk_.mutex());
    if (disk_.step()) {
      if (disk_.chance(2)) disk_.write(path, {});
      return disk_error();
    }
    disk_.write(path, {});
    return std::unique_ptr<log::AppendFile>(std::make_unique<File>(disk_, path));
  }
  Result<void> remove(const std::string& path) override {
    const std::lock_guard lock(disk_.mutex());
    const bool fails = disk_.step();
    if (!fails || disk_.chance(2)) disk_.remove(path);
    if (fails) return disk_error();
    return {};
  }

 private:
  class File final : public log::AppendFile {
   public:
    File(FaultyDisk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}
    Result<void> append(BytesView bytes) override {
      const std::lock_guard lock(disk_.mutex());
      if (disk_.step()) {
        if (disk_.chance(2)) disk_.append(path_, bytes.first(bytes.size() / 2));
        return disk_error();
      }
      disk_.append(path_, bytes);
      return {};
    }
    Result<void> flush() override {
      const std::lock_guard lock(disk_.mutex());
      if (disk_.step()) {
        if (disk_.chance(3))
          disk_.flush(path_);
        else if (!disk_.dead())
          disk_.lose(path_);
        return disk_error();
      }
      disk_.flush(path_);
      return {};
    }

   private:
    FaultyDisk& disk_;
    std::string path_;
  };

  FaultyDisk& disk_;
  std::vector<std::string> written_;
};

// The guard's file lies on the disk too, and fails with it.
class FaultyGuard final : public log::CheckpointGuard {
 public:
  explicit FaultyGuard(FaultyDisk& disk) : files_(disk) {}
  Result<std::optional<std::string>> read() override {
    const auto bytes = files_.read(kPath);
    if (bytes) return std::string(as_text(*bytes));
    if (bytes.error().code == ErrorCode::not_found) return std::nullopt;
    return tl::unexpected(bytes.error());
  }
  Result<void> swap(const std::optional<std::string>& expected, const std::string& next) override {
    TRY_ASSIGN(const auto now, read());
    if (now != expected) return fail(ErrorCode::conflict, "somebody else signed");
    return files_.replace(kPath, as_bytes(next));
  }
  static constexpr const char* kPath = "guard";

 private:
  FaultyLogFiles files_;
};

}  // namespace probity::test
