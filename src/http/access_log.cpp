#include "http/access_log.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace probity::http {

std::string access_line(const AccessEntry& entry) {
  nlohmann::ordered_json line{{"time", to_rfc3339(entry.time_ms)},
                              {"id", entry.id},
                              {"method", entry.method},
                              {"route", entry.route},
                              {"status", entry.status},
                              {"bytes", entry.body_bytes},
                              {"duration_us", entry.duration_us},
                              {"remote", entry.remote_address}};
  if (!entry.note.empty()) line["note"] = entry.note;
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

AccessLog::AccessLog(std::function<void(std::string_view)> write, std::size_t most_waiting_bytes)
    : write_(std::move(write)), most_waiting_bytes_(most_waiting_bytes), thread_([this] { run(); }) {}

AccessLog::~AccessLog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changes_.notify_all();
  thread_.join();
}

void AccessLog::record(const AccessEntry& entry) {
  const std::string line = access_line(entry);
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() + line.size() > most_waiting_bytes_) {
      ++dropped_lines_;
      return;
    }
    waiting_.append(line);
  }
  changes_.notify_all();
}

void AccessLog::flush() {
  std::unique_lock lock(mutex_);
  changes_.wait(lock, [&] { return waiting_.empty() && dropped_lines_ == 0 && !writing_; });
}

void AccessLog::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changes_.wait(lock, [&] { return stopping_ || !waiting_.empty() || dropped_lines_ > 0; });
    if (waiting_.empty() && dropped_lines_ == 0) return;
    std::string lines = std::exchange(waiting_, {});
    if (const auto dropped = std::exchange(dropped_lines_, 0); dropped > 0)
      lines += "{\"note\":\"" + std::to_string(dropped) + " lines were dropped: the log is written too slowly\"}\n";
    writing_ = true;
    lock.unlock();
    write_(lines);
    lock.lock();
    writing_ = false;
    changes_.notify_all();
  }
}

}  // namespace probity::http
