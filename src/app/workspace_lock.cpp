#include "app/workspace_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

namespace probity::app {
namespace {
constexpr int kPollMs = 50;
}

Result<WorkspaceLock> WorkspaceLock::acquire(const std::string& lock_file, const Options& options) {
  const int descriptor = ::open(lock_file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return fail(ErrorCode::storage, fmt::format("cannot open {}: {}", lock_file, std::strerror(errno)),
                "check the workspace's permissions");
  WorkspaceLock lock(descriptor);
  for (int waited_ms = 0; ::flock(descriptor, LOCK_EX | LOCK_NB) != 0; waited_ms += kPollMs) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return fail(ErrorCode::storage, fmt::format("cannot lock {}: {}", lock_file, std::strerror(errno)));
    if (waited_ms == 0 && options.on_wait) options.on_wait();
    if (options.stop_requested && options.stop_requested())
      return fail(ErrorCode::cancelled, "stopped while waiting for another process; nothing was changed");
    if (waited_ms >= options.wait_ms)
      return fail(ErrorCode::conflict, "another process has been writing to the workspace for too long",
                  "wait until it is done, or end it, and try again");
    std::this_thread::sleep_for(std::chrono::milliseconds(kPollMs));
  }
  return lock;
}

WorkspaceLock::WorkspaceLock(WorkspaceLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
WorkspaceLock& WorkspaceLock::operator=(WorkspaceLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}
WorkspaceLock::~WorkspaceLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace probity::app
