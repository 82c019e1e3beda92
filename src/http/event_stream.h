// A bounded queue of server-sent events between any thread that has news and the connection that writes them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/response.h"

namespace probity::http {

// One event in the text/event-stream format. Line ends of every kind separate lines of data; the name loses its own.
std::string format_event(std::string_view event, std::string_view data);

// Thread-safe.
class EventStream {
 public:
  // `wake` is called from any thread, outside locks, when there is something to take or the stream was closed.
  EventStream(std::uint64_t most_waiting_bytes, std::function<void()> wake);

  bool send(std::string_view event, std::string_view data);
  void close();
  // All that waits, in order.
  std::string take();
  // Closed by either side, or because a reader was too slow. What waits may still be taken.
  bool closed() const;
  bool overflowed() const;

  // A sink that closes the stream when its last owner drops it.
  static std::shared_ptr<EventSink> make_sink(std::shared_ptr<EventStream> stream);

 private:
  const std::uint64_t most_waiting_bytes_;
  const std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::string waiting_;
  bool closed_ = false;
  bool overflowed_ = false;
};

}  // namespace probity::http
