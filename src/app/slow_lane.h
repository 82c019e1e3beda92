// Few threads for work that is slow on purpose: whoever asks waits in line, and a line that is too long says so.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/result.h"

namespace probity::app {

// Thread-safe. The destructor waits for work in hand and answers what still waits with `unavailable`.
class SlowLane {
 public:
  explicit SlowLane(std::size_t threads = 1, std::size_t most_waiting = 64);
  ~SlowLane();
  SlowLane(const SlowLane&) = delete;
  SlowLane& operator=(const SlowLane&) = delete;

  // Runs `work` on one of the lane's threads and returns when it has run. Errors: unavailable when too many wait.
  Result<void> run(const std::function<void()>& work);

 private:
  struct Ticket {
    const std::function<void()>& work;
    bool done = false, dropped = false;
  };
  void serve();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable wake_, served_;
  std::deque<Ticket*> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace probity::app
