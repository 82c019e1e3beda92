// The gate of delivery: is there a commitment in force under which this person may have this asset?
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace probity::commitments {

// The commitment that covers a delivery.
struct Coverage {
  Id commitment;
  std::string number;  // "C-2026-0042"
  int version = 1;
  TimeMs in_force_ms = 0;
  bool operator==(const Coverage&) const = default;
};

// Thread-safe; one indexed query, cheap enough to be asked again for every window of bytes that goes out. What is in
// force stays so until it is revoked, breached or replaced: no clock is asked, so none can be turned to open the gate.
class Gate {
 public:
  virtual ~Gate() = default;
  // Nothing when the person has no commitment in force in that project whose scope takes in the asset.
  // `party`: the person's party id. Errors: storage.
  virtual Result<std::optional<Coverage>> in_force_for(const Id& party, const Id& asset, const Id& project) = 0;
};

}  // namespace probity::commitments
