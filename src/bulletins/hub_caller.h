// How a node speaks to the board: signed calls over the network at a member, straight at the hub itself.
#pragma once

#include <string>

#include "base/id.h"
#include "base/result.h"

namespace probity::bulletins {

// Thread-safe.
class HubCaller {
 public:
  virtual ~HubCaller() = default;
  // `account`: of the node's staff. The answer's body. Errors: unavailable; what the hub's problem says.
  virtual Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                                   const Id& account) = 0;
};

}  // namespace probity::bulletins
