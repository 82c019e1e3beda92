// The access log: one JSON line a request, written by a thread of its own so that no disk holds up a connection.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "http/server.h"

namespace probity::http {

// {"time","id","method","route","status","bytes","duration_us","remote"} and "note" where there is one; a line end.
std::string access_line(const AccessEntry& entry);

// Thread-safe. What cannot be kept because writing is too slow is dropped, and the log says how many lines that were.
class AccessLog {
 public:
  // `write` takes whole lines, from one thread at a time; it may block, and must not throw.
  explicit AccessLog(std::function<void(std::string_view lines)> write, std::size_t most_waiting_bytes = 4 << 20);
  ~AccessLog();  // writes what waits
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  void record(const AccessEntry& entry);
  // Returns when all that was recorded before is written.
  void flush();

 private:
  void run();

  const std::function<void(std::string_view)> write_;
  const std::size_t most_waiting_bytes_;
  std::mutex mutex_;
  std::condition_variable changes_;
  std::string waiting_;
  std::uint64_t dropped_lines_ = 0;
  bool writing_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace probity::http
