// The workers: take jobs from the queue, run the function of their kind, record how it ended.
//
// A job is held by a lease that a heartbeat extends. When the process dies, the lease runs out and any runner takes the
// job again: a worker function runs *at least* once and must be able to go on from what an earlier attempt left.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "jobs/service.h"

namespace probity::jobs {

// What a worker function sees. Used by one thread; borrowed for the call.
class JobContext {
 public:
  virtual ~JobContext() = default;
  virtual const Job& job() const = 0;  // as claimed; job().attempts counts this attempt
  const std::string& payload() const { return job().request.payload_json; }
  // Shown to whoever watches; written about four times a second at most, so call it as often as you like.
  virtual void progress(std::int64_t done, std::int64_t total, const std::string& stage = {}) = 0;
  // True when somebody cancelled the job, the program is stopping, or the lease was lost: return soon.
  virtual bool cancelled() = 0;
  // The same as an error (code cancelled), for TRY at each safe point.
  Result<void> check();
};

// Errors end the attempt. It is repeated after a growing pause up to the request's most_attempts, but not for
// invalid_argument, not_found, unsupported, corrupt, not_a_picture, too_large, gone and already_exists, which would end
// the same way. An exception is an error `internal`.
using WorkFunction = std::function<Result<void>(JobContext&)>;

struct RunnerOptions {
  int workers = 2;
  TimeMs lease_ms = 30'000;
  TimeMs heartbeat_ms = 5'000;     // real time
  TimeMs poll_ms = 1'000;          // real time: for work that other processes queue, and for pauses that end
  TimeMs progress_every_ms = 250;  // real time
  std::function<void(const Error&)> on_error{};  // trouble of the queue itself, for the log; on any thread
};

// Register kinds, then start. Borrows the service, which must outlive it.
class Runner {
 public:
  explicit Runner(JobService& service, RunnerOptions options = {});
  ~Runner();  // stops
  void register_kind(std::string kind, WorkFunction work);
  void start();
  // Asks running jobs to stop, waits for their safe points, and gives what is unfinished back to the queue. Idempotent.
  void stop();
  // Claims and runs one job on this thread. False when none is due. For tests and the command line.
  Result<bool> run_one();

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace probity::jobs
