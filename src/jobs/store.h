// Port: where jobs are kept. Calls join the caller's transaction.
#pragma once

#include <vector>

#include "base/list_query.h"
#include "jobs/job.h"

namespace probity::jobs {

// Who claims, and what for how long.
struct Claim {
  std::string worker;              // unique to a runner
  std::vector<std::string> kinds;  // that it can do
  TimeMs now_ms = 0;
  TimeMs lease_until_ms = 0;
};

struct Progress {
  std::int64_t done = 0, total = 0;
  std::string stage;
};

// How an attempt ended. `queued` means: again, from run_after_ms on.
struct Outcome {
  JobState state = JobState::done;
  std::string error{};
  TimeMs now_ms = 0;
  TimeMs run_after_ms = 0;
  bool forget_attempt = false;  // the program stopped: not the job's fault
};

// Thread-safe. Errors: storage. What takes `worker` does nothing and answers nothing when that worker no longer holds
// the job, so that one that was away for longer than its lease cannot write over its successor.
class Store {
 public:
  virtual ~Store() = default;
  virtual Result<void> insert(const Job& job) = 0;
  virtual Result<std::optional<Job>> job(const Id& id) = 0;
  // The unfinished job with this once_key.
  virtual Result<std::optional<Id>> unfinished(const std::string& once_key) = 0;
  virtual Result<Listed<Job>> list(const JobFilter& filter) = 0;  // newest first
  virtual Result<std::vector<Job>> changed_after(std::uint64_t changed, std::size_t limit) = 0;
  virtual Result<std::uint64_t> last_change() = 0;

  // The job that has been due longest, now running; also one whose lease ran out. Those that ran out for the last time
  // become failed, those that were to be cancelled become cancelled. Must run in a write transaction.
  virtual Result<std::optional<Job>> claim(const Claim& claim) = 0;
  // When the next job may be claimed, if any is waiting: a read that costs little.
  virtual Result<std::optional<TimeMs>> next_due(const std::vector<std::string>& kinds) = 0;
  // Both answer the job as it is then, for its cancel flag.
  virtual Result<std::optional<Job>> progress(const Id& id, const std::string& worker, const Progress& progress,
                                              TimeMs lease_until_ms) = 0;
  virtual Result<std::optional<Job>> finish(const Id& id, const std::string& worker, const Outcome& outcome) = 0;
  // Extends every lease of a worker and answers its jobs.
  virtual Result<std::vector<Job>> extend_leases(const std::string& worker, TimeMs lease_until_ms) = 0;

  // A queued job becomes cancelled, a running one gets the flag. Nothing when it is finished.
  virtual Result<std::optional<Job>> request_cancel(const Id& id, TimeMs now_ms) = 0;
  // A failed or cancelled job becomes queued with its attempts forgotten. Nothing when it is in another state.
  virtual Result<std::optional<Job>> requeue(const Id& id, TimeMs now_ms) = 0;
  // Removes finished jobs; how many.
  virtual Result<std::uint64_t> forget_finished(TimeMs before_ms) = 0;
};

}  // namespace probity::jobs
