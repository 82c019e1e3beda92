// A wire that is listened to: takes connections on loopback, passes every byte on both ways, and keeps them all.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace probity::test {

class Relay {
 public:
  // Listens at once; passes on to that port of loopback, which may be given later, before the first connection.
  explicit Relay(int to_port = 0);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  void pass_on_to(int port) { to_port_ = port; }
  int port() const { return port_; }
  // Both directions of all connections, as far as they came; a word is never split over two directions.
  std::string heard() const;

 private:
  void accept_all();
  void carry(int from, int to);

  std::atomic<int> to_port_;
  int port_ = 0, listener_ = -1;
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;  // one a direction of a connection
  std::vector<int> open_;
  std::vector<std::thread> carriers_;
  std::thread accepting_;
};

}  // namespace probity::test
