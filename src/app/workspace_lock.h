// Writers of one workspace take turns; readers need no turn.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace probity::app {

// Held for the object's lifetime and let go by the system when the process dies, however it dies. Move only.
class WorkspaceLock {
 public:
  struct Options {
    std::function<void()> on_wait;         // called once, when somebody else holds it
    std::function<bool()> stop_requested;  // asked while waiting
    int wait_ms = 600'000;
  };
  // Errors: conflict after wait_ms; cancelled; storage.
  static Result<WorkspaceLock> acquire(const std::string& lock_file, const Options& options);

  WorkspaceLock(WorkspaceLock&& other) noexcept;
  WorkspaceLock& operator=(WorkspaceLock&& other) noexcept;
  ~WorkspaceLock();

 private:
  explicit WorkspaceLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace probity::app
