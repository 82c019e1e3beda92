// An authority's time for the log's checkpoints, once an hour: since when the log has said what it says, also for those
// who believe neither its key nor its witnesses.
#pragma once

#include <mutex>

#include "base/clock.h"
#include "log/log_files.h"
#include "log/status.h"
#include "seal/asic.h"

namespace probity::app {

struct StampPace {
  TimeMs pause_ms = 60LL * 60 * 1000;  // between two stamped checkpoints
  TimeMs retry_ms = 60LL * 1000;       // after no authority answered
};

// turn() is for one thread, state() for any. Borrows files and clock. Stamped checkpoints lie where log::LogReader
// finds them; they are kept for ever.
class CheckpointStamps {
 public:
  // An empty `stamp` (no authority is configured) never stamps anything.
  CheckpointStamps(log::LogFiles& files, Clock& clock, seal::StampDigest stamp, StampPace pace = {});

  // Stamps the published checkpoint when it is larger than the last stamped one and that is an hour old; whether it
  // did. A log that does not grow is not stamped again. Errors: unavailable (asked again in a minute), corrupt,
  // storage.
  Result<bool> turn();
  log::StampState state() const;

 private:
  Result<void> recall();
  Result<void> take(std::uint64_t size, const std::string& note);

  log::LogFiles& files_;
  Clock& clock_;
  seal::StampDigest stamp_;
  StampPace pace_;
  bool recalled_ = false;
  TimeMs not_before_ms_ = 0;
  mutable std::mutex mutex_;
  log::StampState state_;
};

}  // namespace probity::app
