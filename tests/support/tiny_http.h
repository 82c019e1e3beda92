// An HTTP server of a few lines for tests: takes one request a connection and answers with exactly what it is told to,
// late, cut off or nonsense included.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace probity::test {

struct TinyRequest {
  std::string head;  // request line and headers
  std::string body;
};

// Answers on one thread, one request after another, until it is destroyed.
class TinyHttp {
 public:
  using Answer = std::function<std::string(const TinyRequest&)>;  // the whole response, as bytes

  explicit TinyHttp(Answer answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address));
    ::listen(listener_, 16);
    socklen_t size = sizeof(address);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~TinyHttp() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
  }
  TinyHttp(const TinyHttp&) = delete;
  TinyHttp& operator=(const TinyHttp&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  bool stopping() const { return stopping_; }

  static std::string ok(const std::string& body, const std::string& type = "application/octet-stream") {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nConnection: close\r\n\r\n" + body;
  }

 private:
  void serve() {
    while (!stopping_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) != 1) continue;
      const int peer = ::accept(listener_, nullptr, nullptr);
      const std::string response = answer_(read(peer));
      for (std::size_t sent = 0; sent < response.size();) {
        const ssize_t count = ::send(peer, response.data() + sent, response.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) break;
        sent += static_cast<std::size_t>(count);
      }
      ::close(peer);
    }
  }

  static TinyRequest read(int peer) {
    TinyRequest request;
    char c = 0;
    while (!request.head.ends_with("\r\n\r\n") && ::recv(peer, &c, 1, 0) == 1) request.head += c;
    const std::size_t at = request.head.find("Content-Length: ");
    std::size_t size = at == std::string::npos ? 0 : std::stoul(request.head.substr(at + 16));
    while (size-- > 0 && ::recv(peer, &c, 1, 0) == 1) request.body += c;
    return request;
  }

  Answer answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace probity::test
