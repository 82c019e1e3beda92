// Several records of several nouns changed together or not at all: a port, implemented by the store.
#pragma once

#include <functional>

#include "base/result.h"

namespace probity {

// Thread-safe. Work that runs inside a transaction of the same thread joins it, so services may call each other: the
// outermost call commits. Durable when write() returns success; when `work` or the commit fails, nothing has happened.
class Transactions {
 public:
  virtual ~Transactions() = default;
  // No other writer interleaves. Errors: those of `work`; storage; conflict (another process writes for too long).
  virtual Result<void> write(const std::function<Result<void>()>& work) = 0;
  // One unchanging state of the data.
  virtual Result<void> read(const std::function<Result<void>()>& work) = 0;
};

}  // namespace probity
