// Work that outlives a request: a durable queue, joined to the transaction that asks for the work.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::jobs {

// For work that must not be given up when a service of others is down: with pauses of an hour, more than a year.
inline constexpr int kPatientAttempts = 10'000;

struct JobRequest {
  std::string kind;  // "prepare_asset"; one worker function a kind
  std::string title, title_zh;
  std::optional<Id> project;
  std::optional<Id> subject;  // the upload, commitment, mail … it is about
  std::string payload_json = "{}";
  std::int64_t total = 0;  // steps, 0 when unknown
  TimeMs run_after_ms = 0;
  int most_attempts = 5;
  std::string once_key;  // when not empty: no second unfinished job with this key; the first one's id comes back
};

class Queue {
 public:
  virtual ~Queue() = default;
  virtual Result<Id> enqueue(const JobRequest& request) = 0;
};

}  // namespace probity::jobs
