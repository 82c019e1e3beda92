#include "media/decode.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <utility>

#include "media/decode_protocol.h"

extern char** environ;

namespace probity::media {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File() { close(); }
  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

tl::unexpected<Error> cannot_start(const char* what) {
  return fail(ErrorCode::internal, fmt::format("cannot start the picture decoder ({}: {})", what, std::strerror(errno)),
              "check the limits on processes and open files");
}

tl::unexpected<Error> timed_out(const DecodeLimits& limits) {
  return fail(ErrorCode::too_large, fmt::format("decoding took longer than {} seconds", limits.timeout_ms / 1000),
              "use a smaller or simpler version of the picture");
}

// The child process and both ends of the talk with it; killed and reaped with the object.
class Child {
 public:
  ~Child() {
    if (process_ > 0) {
      ::kill(process_, SIGKILL);
      reap();
    }
  }
  Result<void> start();
  // Sends as much as the child takes; a child that stopped reading has said why, or died, which reading will tell.
  Result<void> send(BytesView bytes, SteadyTime deadline, const DecodeLimits& limits);
  Result<void> read_exactly(std::span<std::uint8_t> out, SteadyTime deadline, const DecodeLimits& limits);
  void finish_sending() { to_child_.close(); }

 private:
  int reap() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
  }
  tl::unexpected<Error> death();

  pid_t process_ = -1;
  File to_child_;  // a socket, because a write to it can be told not to raise SIGPIPE
  File from_child_;
};

Result<void> Child::start() {
  int sockets[2];
  int pipes[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return cannot_start("socketpair");
  to_child_ = File(sockets[0]);
  const File child_in(sockets[1]);
  if (::pipe2(pipes, O_CLOEXEC) != 0) return cannot_start("pipe");
  from_child_ = File(pipes[0]);
  const File child_out(pipes[1]);
  ::fcntl(from_child_.get(), F_SETPIPE_SZ, 1 << 20);

  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, child_in.get(), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, child_out.get(), STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  char program[] = "probity-decode";
  char argument[] = "decode-child";
  char* const arguments[] = {program, argument, nullptr};
  const int failed = ::posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, arguments, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    process_ = -1;
    errno = failed;
    return cannot_start("spawn");
  }
  return {};
}

// Waits until the descriptor is ready. False: the deadline passed.
bool wait_for(int descriptor, short events, SteadyTime deadline) {
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    pollfd waited{descriptor, events, 0};
    const int ready = ::poll(&waited, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready == 0) return false;
    if (errno != EINTR) return true;  // the following read or write reports it
  }
}

Result<void> Child::send(BytesView bytes, SteadyTime deadline, const DecodeLimits& limits) {
  while (!bytes.empty()) {
    if (!wait_for(to_child_.get(), POLLOUT, deadline)) return timed_out(limits);
    const ssize_t sent = ::send(to_child_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (sent < 0) return {};
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<void> Child::read_exactly(std::span<std::uint8_t> out, SteadyTime deadline, const DecodeLimits& limits) {
  while (!out.empty()) {
    if (!wait_for(from_child_.get(), POLLIN, deadline)) return timed_out(limits);
    const ssize_t got = ::read(from_child_.get(), out.data(), out.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return death();
    out = out.subspan(static_cast<std::size_t>(got));
  }
  return {};
}

tl::unexpected<Error> Child::death() {
  const int status = reap();
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
    return fail(ErrorCode::too_large, "decoding the picture took too much processor time", "use a smaller version");
  if (WIFEXITED(status) && WEXITSTATUS(status) == kForbiddenCallExit)
    return fail(ErrorCode::not_a_picture, "the decoder tried to do something it must not while reading this file",
                "treat the file as hostile");
  const std::string how = WIFSIGNALED(status) ? fmt::format("signal {}", WTERMSIG(status))
                                              : fmt::format("exit code {}", WEXITSTATUS(status));
  return fail(ErrorCode::not_a_picture,
              "the decoder died while reading this file (" + how + "): it is damaged or needs more memory than allowed",
              "export the picture again as JPEG or PNG");
}

Result<Bytes> read_file(const std::string& path, std::uint64_t most_bytes) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0)
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::storage,
                fmt::format("cannot open {}: {}", path, std::strerror(errno)), "check the path and its permissions");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return fail(ErrorCode::invalid_argument, path + " is not a file", "name a picture file");
  if (static_cast<std::uint64_t>(status.st_size) > most_bytes)
    return fail(ErrorCode::too_large,
                fmt::format("{} has {} bytes, more than the limit of {}", path, status.st_size, most_bytes),
                "use a smaller version of the picture");
  Bytes bytes(static_cast<std::size_t>(status.st_size));
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::read(file.get(), bytes.data() + done, bytes.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(ErrorCode::storage, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  bytes.resize(done);
  return bytes;
}

}  // namespace

Result<Picture> decode_picture(BytesView file, const DecodeLimits& limits) {
  if (file.empty()) return fail(ErrorCode::not_a_picture, "the file is empty", "name a picture file");
  if (file.size() > limits.file_bytes)
    return fail(ErrorCode::too_large,
                fmt::format("the file has {} bytes, more than the limit of {}", file.size(), limits.file_bytes),
                "use a smaller version of the picture");
  const SteadyTime deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(limits.timeout_ms);
  Child child;
  TRY(child.start());
  TRY(child.send(encode_request(limits, file.size()), deadline, limits));
  TRY(child.send(file, deadline, limits));
  child.finish_sending();
  return receive_picture([&](std::span<std::uint8_t> out) { return child.read_exactly(out, deadline, limits); },
                         limits);
}

Result<Picture> decode_picture_file(const std::string& path, const DecodeLimits& limits) {
  TRY_ASSIGN(const Bytes file, read_file(path, limits.file_bytes));
  return decode_picture(file, limits);
}

}  // namespace probity::media
