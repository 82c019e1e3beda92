// The running log: many submitters, one writer, one flush for all who wait together, a checkpoint soon after.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "log/writer.h"

namespace probity::log {

struct ServiceOptions {
  // How long after the first entry without a checkpoint the next one is signed.
  int checkpoint_pause_ms = 200;
  // Called on the thread that signs with each signed checkpoint, the one found at the start included.
  std::function<void(const tlog::TreeHead&, const std::string& note)> on_signed;
  // Called once, on any thread, when the log has stopped for good.
  std::function<void(const Error&)> on_stopped;
};

// Thread-safe. One thread appends, one signs. The destructor signs what is not signed yet and ends both.
class LogService {
 public:
  LogService(std::unique_ptr<LogWriter> writer, ServiceOptions options);
  ~LogService();
  LogService(const LogService&) = delete;
  LogService& operator=(const LogService&) = delete;

  // Waits until the entries are durable; gives the place of the first. Errors: those of LogWriter::append; unavailable
  // after halt() and while the log is closing.
  Result<std::uint64_t> append(std::vector<Bytes> entries);
  // Takes nothing more and signs nothing more: for what shows only outside that the log must not go on.
  void halt(const std::string& why);

  std::uint64_t size() const;  // durable entries
  // Why the log has stopped; empty while it runs.
  std::string trouble() const;

 private:
  struct Submission;
  using Submissions = std::vector<Submission*>;
  void run_appends();
  void run_signatures();
  void append_all(const Submissions& taken);
  void stop(const Error& error);

  std::unique_ptr<LogWriter> writer_;
  ServiceOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_, wake_signer_;
  Submissions queue_;
  bool closing_ = false;
  std::string trouble_;
  std::chrono::steady_clock::time_point unsigned_since_;
  bool has_unsigned_ = false;
  bool appended_all_ = false;  // nothing more will come to be signed
  std::thread appender_, signer_;
};

}  // namespace probity::log
