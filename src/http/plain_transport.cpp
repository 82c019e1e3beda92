#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "http/transport.h"

namespace probity::http {
namespace {

// What one sendmsg takes (UIO_MAXIOV).
constexpr std::size_t kMostRanges = 1024;

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(int socket) : socket_(socket) {}

  Outcome read(std::span<char> into) override {
    while (true) {
      const ssize_t count = ::recv(socket_, into.data(), into.size(), 0);
      if (count > 0) return {Outcome::Status::done, static_cast<std::size_t>(count)};
      if (count == 0) return {Outcome::Status::closed, 0};
      if (errno != EINTR) return waits(Outcome::Status::wants_read);
    }
  }

  Outcome write(std::span<const iovec> from) override {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(from.data());
    message.msg_iovlen = std::min(from.size(), kMostRanges);
    while (true) {
      const ssize_t count = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
      if (count > 0) return {Outcome::Status::done, static_cast<std::size_t>(count)};
      if (count == 0) return {};
      if (errno != EINTR) return waits(Outcome::Status::wants_write);
    }
  }

  bool has_buffered() const override { return false; }
  void finish_writing() override { ::shutdown(socket_, SHUT_WR); }
  bool is_secure() const override { return false; }

 private:
  static Outcome waits(Outcome::Status status) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) return {status, 0};
    return {Outcome::Status::failed, 0};
  }

  int socket_;
};

}  // namespace

std::unique_ptr<Transport> make_plain_transport(int socket) { return std::make_unique<PlainTransport>(socket); }

}  // namespace probity::http
