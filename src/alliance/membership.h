// A member's node towards its alliance, as the rest of the node sees it: signed calls to the hub, and questions to the
// key-holders. The blinding happens behind this, in the member's own process.
#pragma once

#include <string>

#include "alliance/look_up.h"

namespace probity::alliance {

struct MembershipFacts {
  Id member;
  std::string name;  // as the hub has it
  HubAddress hub;
  oprf::Epoch epoch = 0;  // in use now
};

// Thread-safe.
class Membership {
 public:
  virtual ~Membership() = default;

  virtual MembershipFacts facts() = 0;
  // One signed call in the name of a person of the staff. Errors: unavailable; what the hub's problem says.
  virtual Result<std::string> call(const std::string& method, const std::string& path, const std::string& body,
                                   const Id& account) = 0;
  // Errors: those of LookUp.
  virtual Result<LookUpAnswer> ask(const Subject& subject, const Id& account) = 0;
  virtual Result<oprf::ListKeys> list_keys_of(const Subject& subject, const Id& account) = 0;
};

}  // namespace probity::alliance
