// What happens, told to whoever watches at the moment: sources are followed by position and each news goes to every
// watcher that wants it. Nothing is kept for those who are away: on "ready" they read their lists again.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.h"

namespace probity::events {

struct News {
  std::uint64_t position = 0;
  std::string topic;  // "activity", "job", "outbox"
  std::optional<Id> project;
  std::string data_json;
};

// A log that counts upwards. Both are called on the feed's thread.
struct LiveSource {
  std::function<Result<std::uint64_t>()> head;
  // The oldest news after `position`, at most `limit`.
  std::function<Result<std::vector<News>>(std::uint64_t position, std::size_t limit)> after;
};

// The topic "activity".
LiveSource activity_source(EventLog& log);

struct Watcher {
  // Takes "ready", news and "ping"; false when it is gone. Must return at once. Called on the feed's thread.
  std::function<bool(std::string_view topic, std::string_view data)> deliver;
  std::function<bool(const News&)> wants;
};

struct LiveOptions {
  int poll_ms = 300;
  int ping_ms = 15'000;
  int longest_ms = 300'000;  // then the watcher is let go, to come back with its credentials looked at again
  std::size_t most_watchers = 500;
};

// Thread-safe; one thread of its own, which sleeps while nobody watches.
class LiveFeed {
 public:
  explicit LiveFeed(std::vector<LiveSource> sources, LiveOptions options = {});
  ~LiveFeed();  // stops

  // Errors: too_many_requests; unavailable when it is stopping.
  Result<void> watch(Watcher watcher);
  // What watch() would say now.
  Result<void> check_room() const;
  // There may be news: look now and not at the next turn. Cheap; from any thread.
  void wake();
  // Lets every watcher go. Idempotent.
  void stop();
  std::size_t watchers() const;

 private:
  class Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace probity::events
