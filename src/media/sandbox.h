// Locks the calling process in: resource limits, and a filter that leaves only the system calls decoding needs.
#pragma once

#include "media/decode.h"

namespace probity::media {

// Resource limits for the rest of the process. Set before libraries start threads.
Result<void> limit_resources(const DecodeLimits& limits);

// Installs the system call filter for all threads. Nothing can be opened, connected or executed afterwards; a call that
// is neither allowed nor expected ends the process with kForbiddenCallExit.
Result<void> lock_in();

}  // namespace probity::media
