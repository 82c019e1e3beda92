// What shoots ask of leaks, which stand further down the story: a port, so that neither side waits for the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/hash.h"
#include "base/id.h"

namespace probity::shoots {

struct LeakFacts {
  Id id;
  std::string number;  // "L-2026-0001"
  std::optional<Id> project;
  std::vector<Hash> pictures;  // SHA-256 of each file's original bytes, in the leak's order
};

// Thread-safe. Errors: storage.
class LeakBook {
 public:
  virtual ~LeakBook() = default;
  virtual Result<std::optional<LeakFacts>> leak(const Id& id) = 0;
  // The original bytes. Errors: not_found, corrupt.
  virtual Result<Bytes> picture(const Hash& file) = 0;
};

}  // namespace probity::shoots
