// What a member remembers of the lists that its hub has shown, over restarts: a hub that shows another list under the
// same version, or goes back, is caught and its own signatures are kept as proof; and whether the list is in the hub's
// log under the witnesses that this member trusts.
//
// Files under alliance/lists/: <epoch>.json, the last head with the hub's signature and the last one that was found in
// the log; conflict-<epoch>-<version>.json, two heads that contradict each other, both signed.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "alliance/hub_link.h"
#include "alliance/log_check.h"

namespace probity::app {

// Thread-safe.
class ListHistory {
 public:
  // `folder`: of the alliance, in the workspace.
  explicit ListHistory(std::string folder) : folder_(std::move(folder)) {}

  // Remembers the list, durably. Errors: forbidden when it contradicts what was shown before; storage, corrupt.
  Result<void> accept(const alliance::HeldTagSet& list);
  // That the hub has shown two lists under one version: as long as the proof lies there, also after a restart.
  std::optional<Error> conflict() const;

  // The trusted tlog-policy, when the member was given one (alliance/log-policy).
  std::optional<std::string> policy() const;
  // What was found in the log last. Errors: storage, corrupt.
  Result<std::optional<alliance::CheckedTagSet>> checked(oprf::Epoch epoch) const;
  Result<void> remember_checked(const alliance::CheckedTagSet& checked);

 private:
  struct Remembered {
    oprf::TagSetHead head;
    oprf::Signature signature{};
    std::optional<alliance::CheckedTagSet> checked;
  };
  Result<std::optional<Remembered>> read(oprf::Epoch epoch) const;
  Result<void> write(const Remembered& remembered) const;
  Result<void> keep_proof(const Remembered& before, const alliance::HeldTagSet& list) const;
  std::string file_of(oprf::Epoch epoch) const;

  const std::string folder_;
  mutable std::mutex mutex_;
};

}  // namespace probity::app
