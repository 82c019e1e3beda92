// How a log stands: what staff and operators are shown.
#pragma once

#include <string>
#include <vector>

#include "log/publisher.h"

namespace probity::log {

struct LogStatus {
  std::string origin, key;    // the verifier key; both empty before the log is founded
  std::uint64_t waiting = 0;  // entries in the database without a place in the log
  std::uint64_t size = 0;     // durable entries, as far as this process knows
  std::uint64_t published_size = 0;
  std::string checkpoint;  // the published one; empty before the first
  std::string quorum;      // "none", or the name of the group in the policy
  std::vector<WitnessState> witnesses;
  std::string trouble;  // why the log stands still; empty while it runs
};

// {"origin","key","size","waiting","published":{"size","root","checkpoint"}|null,"unpublished","quorum","witnesses":
// [{"name","url","cosigned_size","cosigned_at","trouble"}],"trouble"}
std::string status_json(const LogStatus& status);

}  // namespace probity::log
