#include "http/worker_pool.h"

#include <utility>

namespace probity::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { stop(false); }

bool WorkerPool::try_run(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || accepted_.size() >= most_waiting_) return false;
    accepted_.push_back(std::move(task));
  }
  wakes_.notify_one();
  return true;
}

bool WorkerPool::run(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    first_.push_back(std::move(task));
  }
  wakes_.notify_one();
  return true;
}

void WorkerPool::stop(bool finish_waiting) {
  std::deque<Task> dropped;  // destroyed outside the lock: tasks own things
  std::deque<Task> dropped_first;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (!finish_waiting) {
      dropped.swap(accepted_);
      dropped_first.swap(first_);
    }
  }
  wakes_.notify_all();
  for (auto& thread : threads_)
    if (thread.joinable()) thread.join();
}

std::size_t WorkerPool::waiting() const {
  const std::lock_guard lock(mutex_);
  return accepted_.size() + first_.size();
}

void WorkerPool::work() {
  while (true) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      wakes_.wait(lock, [&] { return stopping_ || !accepted_.empty() || !first_.empty(); });
      auto& queue = first_.empty() ? accepted_ : first_;
      if (queue.empty()) return;
      task = std::move(queue.front());
      queue.pop_front();
    }
    task();
  }
}

}  // namespace probity::http
