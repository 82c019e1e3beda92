#include "journeys/relay.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace probity::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

const sockaddr* generic(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

}  // namespace

Relay::Relay(int to_port) : to_port_(to_port), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, generic(address), size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("a relay cannot listen");
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

Relay::~Relay() {
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& carrier : carriers_) carrier.join();
  for (const int socket : open_) ::close(socket);
  ::close(listener_);
}

std::string Relay::heard() const {
  const std::lock_guard lock(mutex_);
  std::string all;
  for (const std::string& direction : heard_) all += direction + "\n";
  return all;
}

void Relay::accept_all() {
  for (;;) {
    const int caller = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (caller < 0) return;
    const int callee = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(to_port_);
    const bool connected = ::connect(callee, generic(address), sizeof address) == 0;
    const std::lock_guard lock(mutex_);
    open_.insert(open_.end(), {caller, callee});
    if (!connected) {
      ::shutdown(caller, SHUT_RDWR);
      continue;
    }
    carriers_.emplace_back([this, caller, callee] { carry(caller, callee); });
    carriers_.emplace_back([this, caller, callee] { carry(callee, caller); });
  }
}

void Relay::carry(int from, int to) {
  std::size_t direction = 0;
  {
    const std::lock_guard lock(mutex_);
    direction = heard_.size();
    heard_.emplace_back();
  }
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t size = ::recv(from, buffer.data(), buffer.size(), 0);
    if (size <= 0) break;
    {
      const std::lock_guard lock(mutex_);
      heard_[direction].append(buffer.data(), static_cast<std::size_t>(size));
    }
    for (ssize_t sent = 0; sent < size;) {
      const ssize_t more = ::send(to, buffer.data() + sent, static_cast<std::size_t>(size - sent), MSG_NOSIGNAL);
      if (more <= 0) break;
      sent += more;
    }
  }
  ::shutdown(to, SHUT_WR);
}

}  // namespace probity::test
