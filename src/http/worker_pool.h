// A fixed number of threads and a queue of tasks that may say no.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace probity::http {

// Thread-safe. Tasks must not throw. The destructor drops what waits and joins.
class WorkerPool {
 public:
  using Task = std::function<void()>;

  WorkerPool(std::size_t threads, std::size_t most_waiting);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False, and the task is dropped, when as many wait as may.
  bool try_run(Task task);
  // Takes the task whatever waits, before all that try_run took: for work that goes on with what was accepted before,
  // whose amount is bounded elsewhere. False only after stop().
  bool run(Task task);
  // Joins. What waits is run first, or dropped. Not from a task. Idempotent.
  void stop(bool finish_waiting);

  std::size_t waiting() const;

 private:
  void work();

  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable wakes_;
  std::deque<Task> accepted_;  // of try_run
  std::deque<Task> first_;     // of run
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace probity::http
