// Checks a log's files against what was signed: every entry, tile and signature.
#pragma once

#include <string>
#include <vector>

#include "log/log_files.h"
#include "tlog/policy.h"

namespace probity::log {

struct FsckReport {
  std::uint64_t published_size = 0, signed_size = 0;
  std::vector<std::string> wrong;  // nothing when all is well
};

// `policy` has the log's key and its witnesses. Errors: storage.
Result<FsckReport> fsck(LogFiles& files, CheckpointGuard& guard, const tlog::Policy& policy);

}  // namespace probity::log
