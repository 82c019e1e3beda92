// Delays that grow with each wrong attempt, by account and by address.
#pragma once

#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace probity::accounts {

struct ThrottleOptions {
  int account_free = 4, address_free = 20;  // wrong attempts without delay; then 1 s, 2 s, 4 s …
  TimeMs account_most_ms = 5 * 60'000, address_most_ms = 15 * 60'000;
  TimeMs forget_ms = 60 * 60'000;  // without an attempt
  std::size_t most_entries = 20'000;
};

// Thread-safe. Kept in memory: no stranger can make the server restart, and so no stranger's request writes to the disk
// for this; several processes would multiply the free attempts only. An address from which an account has signed in
// before is counted apart from strangers, so that guessing from elsewhere does not lock its owner out.
class Throttle {
 public:
  explicit Throttle(Clock& clock, const ThrottleOptions& options = {}) : clock_(clock), options_(options) {}
  // Counts the attempt as wrong right away, so that many at once do not all pass; succeeded() or forgive() takes that
  // back. `who` need not exist. Errors: too_many_requests, without counting.
  Result<void> begin(const std::string& who, const std::string& address);
  void succeeded(const std::string& who, const std::string& address);
  void forgive(const std::string& who, const std::string& address);  // neither right nor wrong
  // Until begin() would pass, in whole seconds.
  int retry_after_s(const std::string& who, const std::string& address);

 private:
  struct Entry {
    int failures = 0;
    TimeMs last_ms = 0;
    TimeMs delay_ms = 0;  // from last_ms on
  };
  using Entries = std::unordered_map<std::string, Entry>;
  std::string account_key(const std::string& who, const std::string& network) const;
  TimeMs wait_ms(const std::string& key, TimeMs now) const;
  void count(const std::string& key, int free, TimeMs most_ms, TimeMs now);
  void uncount(const std::string& key, int free, TimeMs most_ms);
  void make_room(TimeMs now);

  Clock& clock_;
  const ThrottleOptions options_;
  std::mutex mutex_;
  Entries entries_;
  std::unordered_map<std::string, TimeMs> known_;  // account and address pairs that signed in
};

}  // namespace probity::accounts
