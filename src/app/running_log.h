// The transparency log of a node at work: what waits in the database goes into the log, is signed, cosigned, published.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/checkpoint_stamps.h"
#include "app/log_place.h"
#include "base/id.h"
#include "log/entry_queue.h"
#include "log/service.h"
#include "log/status.h"
#include "store/log_files.h"

namespace probity::app {

struct RunningLogPorts {
  LogPlace& place;
  log::EntryQueue& queue;
  Clock& clock;
  Random& random;
  std::string public_url;
  Id workspace;
  seal::StampDigest stamp;                         // an authority's time for checkpoints; empty when there is none
  std::function<void(const std::string&)> remark;  // trouble, in words without secrets
};

// Thread-safe. A log that cannot run (another process writes it, a restored backup, a failing disk) does not stop the
// node: entries wait in the database, and status() says why.
class RunningLog {
 public:
  explicit RunningLog(RunningLogPorts ports);
  ~RunningLog();
  RunningLog(const RunningLog&) = delete;
  RunningLog& operator=(const RunningLog&) = delete;

  log::LogStatus status() const;

 private:
  Result<void> start();
  void feed();
  void stamp();
  bool pause(int ms);
  void halt(const std::string& why);
  std::string trouble() const;

  RunningLogPorts ports_;
  std::unique_ptr<log::WitnessChannel> channel_;
  std::unique_ptr<store::FolderLogFiles> files_;
  std::unique_ptr<store::FileCheckpointGuard> guard_;
  std::optional<tlog::SigningKey> key_;
  std::string quorum_ = "none";
  std::unique_ptr<log::Publisher> publisher_;
  std::unique_ptr<log::LogService> service_;
  std::unique_ptr<CheckpointStamps> stamps_;
  std::atomic<std::uint64_t> signed_size_{0};

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::string trouble_;
  std::thread feeder_, stamper_;
};

}  // namespace probity::app
