// The verbs of jobs: ask for work, look at it, cancel it, try it again.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "base/random.h"
#include "base/transactions.h"
#include "jobs/store.h"

namespace probity::jobs {

// Called when jobs may have changed, possibly before the change is committed and on any thread: a hint to look, no
// more. Must return at once.
using Listener = std::function<void()>;

class Listeners {
 public:
  // Listening ends when the returned handle is dropped, which waits for a call in progress.
  [[nodiscard]] std::shared_ptr<void> add(Listener listener);
  void notify() const;

 private:
  struct Table {
    std::mutex mutex;
    std::map<std::uint64_t, Listener> listeners;
    std::uint64_t next = 0;
  };
  std::shared_ptr<Table> table_ = std::make_shared<Table>();
};

struct Ports {
  Store& store;
  Transactions& transactions;
  Clock& clock;
  Random& random;
};

// Thread-safe. Borrows its ports for its lifetime.
class JobService final : public Queue {
 public:
  explicit JobService(const Ports& ports) : ports_(ports) {}

  // Joins the caller's transaction: the work is wanted once that commits.
  // Errors: storage; invalid_argument for a payload over 64 KiB.
  Result<Id> enqueue(const JobRequest& request) override;

  Result<Listed<Job>> list(const JobFilter& filter);
  // Errors: not_found.
  Result<Job> find(const Id& id);
  // Stops it at its next safe point; a queued job at once. Errors: not_found; conflict when it is finished.
  Result<Job> cancel(const Id& id);
  // Queues a failed or cancelled job again. Errors: not_found; conflict in another state, or when another job with
  // its once_key is at work.
  Result<Job> retry(const Id& id);
  // Removes jobs that finished before that time; how many.
  Result<std::uint64_t> forget_finished(TimeMs before_ms);

  Listeners& listeners() { return listeners_; }
  const Ports& ports() const { return ports_; }

 private:
  Ports ports_;
  Listeners listeners_;
};

}  // namespace probity::jobs
