// What a member of an alliance keeps in its workspace, under alliance/: member.json (who it is, and which hub) and
// member.key (secret; it signs every call).
#pragma once

#include <string>

#include "alliance/hub_link.h"

namespace probity::app {

struct MemberFacts {
  Id member;
  std::string name;  // as it asks to be called
  alliance::HubAddress hub;
};

class MemberFolder {
 public:
  explicit MemberFolder(const std::string& workspace_folder) : folder_(workspace_folder + "/alliance") {}
  bool exists() const;

  struct Made {
    MemberFacts facts;
    oprf::PublicIdentity identity{};
  };
  // Makes id and key once; called again it keeps them and takes the new name and address. Errors: conflict for another
  // hub than before (the hub's key is what makes an alliance); invalid_argument; storage.
  Result<Made> init(const std::string& name, const alliance::HubAddress& hub, Random& random) const;
  // The tlog-policy against which the hub's lists are looked for in its log. Errors: storage.
  Result<void> trust_log(std::string_view policy) const;
  const std::string& path() const { return folder_; }
  // Errors: not_found, corrupt.
  Result<MemberFacts> facts() const;
  // Errors: not_found, corrupt; forbidden when others may read it.
  Result<oprf::Identity> identity() const;

 private:
  std::string folder_;
};

}  // namespace probity::app
