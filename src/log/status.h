// How a log stands: what staff and operators are shown.
#pragma once

#include <string>
#include <vector>

#include "log/publisher.h"

namespace probity::log {

// An authority's time for published checkpoints (RFC 3161).
struct StampState {
  bool wanted = false;         // an authority is configured
  std::uint64_t size = 0;      // of the last checkpoint that was stamped; 0 before the first
  TimeMs time_ms = 0;          // what the authority says
  std::uint64_t failures = 0;  // since the start
  std::string trouble;         // of the last attempt
};

struct LogStatus {
  std::string origin, key;    // the verifier key; both empty before the log is founded
  std::uint64_t waiting = 0;  // entries in the database without a place in the log
  std::uint64_t size = 0;     // durable entries, as far as this process knows
  std::uint64_t published_size = 0;
  TimeMs published_ms = 0;  // when this process last published new entries; 0 before the first time
  std::string checkpoint;   // the published one; empty before the first
  std::string quorum;       // "none", or the name of the group in the policy
  std::vector<WitnessState> witnesses;
  StampState stamps;
  std::string trouble;  // why the log stands still; empty while it runs
};

// {"origin","key","size","waiting","published":{"size","root","checkpoint"}|null,"unpublished","quorum","witnesses":
// [{"name","url","cosigned_size","cosigned_at","trouble"}],"stamps":{"wanted","size","time","trouble"},"trouble"}; with
// each "trouble" a "trouble_zh", the same in Chinese.
std::string status_json(const LogStatus& status);

}  // namespace probity::log
