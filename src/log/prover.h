// Who can prove that an entry is in the log: a port, implemented by the log's reader.
#pragma once

#include <optional>
#include <string>

#include "base/hash.h"
#include "base/result.h"

namespace probity::log {

// Thread-safe.
class Prover {
 public:
  virtual ~Prover() = default;
  // A tlog-proof that `commitment` is entry `index` under the published checkpoint; nothing while that is smaller.
  // Errors: corrupt when the log holds something else there; storage.
  virtual Result<std::optional<std::string>> prove(std::uint64_t index, const Hash& commitment) = 0;
};

}  // namespace probity::log
