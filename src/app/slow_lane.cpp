#include "app/slow_lane.h"

namespace probity::app {

SlowLane::SlowLane(std::size_t threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

SlowLane::~SlowLane() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Ticket* ticket : waiting_) ticket->dropped = true;
    waiting_.clear();
  }
  wake_.notify_all();
  served_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Result<void> SlowLane::run(const std::function<void()>& work) {
  std::unique_lock lock(mutex_);
  if (stopping_ || waiting_.size() >= most_waiting_)
    return fail(ErrorCode::unavailable, "too many questions are waiting for their slow hash", "ask again in a minute");
  Ticket ticket{work};
  waiting_.push_back(&ticket);
  wake_.notify_one();
  served_.wait(lock, [&] { return ticket.done || ticket.dropped; });
  if (ticket.dropped) return fail(ErrorCode::unavailable, "the node is stopping", "ask again once it runs");
  return {};
}

void SlowLane::serve() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Ticket* ticket = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    ticket->work();
    lock.lock();
    ticket->done = true;
    served_.notify_all();
  }
}

}  // namespace probity::app
