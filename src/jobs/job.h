// The record of one piece of background work, and the rules of its states.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/id.h"
#include "jobs/queue.h"

namespace probity::jobs {

enum class JobState { queued, running, done, failed, cancelled };
std::string_view job_state_name(JobState state);
std::optional<JobState> parse_job_state(std::string_view name);

// queued -> running -> done | failed | cancelled, and running -> queued when an attempt failed that may be repeated or
// the program stopped. Failed and cancelled jobs can be queued again by hand.
struct Job {
  Id id;
  JobRequest request;
  JobState state = JobState::queued;
  std::int64_t done = 0, total = 0;  // steps; total is 0 when unknown
  std::string stage;                 // what it is doing now, a word or two
  int attempts = 0;                  // begun so far
  std::string error;                 // of the last attempt that failed
  bool cancel_requested = false;
  TimeMs created_ms = 0;
  TimeMs run_after_ms = 0;
  std::optional<TimeMs> started_ms;   // of the latest attempt
  std::optional<TimeMs> finished_ms;  // done, failed or cancelled
  std::string worker;                 // the runner that holds it while running
  TimeMs lease_until_ms = 0;          // from then on another runner may take it
  std::uint64_t changed = 0;          // counts up over all jobs: what pages follow
};

bool is_finished(JobState state);

// How long to wait after the n-th attempt failed: 5 s, doubling, an hour at most. `spread` in [0, 1) adds up to a
// quarter, so that many jobs that failed together do not come back together.
TimeMs backoff_ms(int attempts, double spread);

struct JobFilter {
  std::optional<JobState> state{};
  std::optional<Id> project{};
  std::uint32_t offset = 0, limit = 50;
};

}  // namespace probity::jobs
