#include "http/event_stream.h"

#include <algorithm>
#include <utility>

namespace probity::http {
namespace {

class ClosingSink final : public EventSink {
 public:
  explicit ClosingSink(std::shared_ptr<EventStream> stream) : stream_(std::move(stream)) {}
  ~ClosingSink() override { stream_->close(); }
  bool send(std::string_view event, std::string_view data) override { return stream_->send(event, data); }
  void close() override { stream_->close(); }

 private:
  std::shared_ptr<EventStream> stream_;
};

}  // namespace

std::string format_event(std::string_view event, std::string_view data) {
  std::string text;
  if (!event.empty()) {
    text.append("event: ");
    std::ranges::copy_if(event, std::back_inserter(text), [](char c) { return c != '\r' && c != '\n'; });
    text.push_back('\n');
  }
  while (true) {
    const std::size_t end = data.find_first_of("\r\n");
    text.append("data: ").append(data.substr(0, end)).push_back('\n');
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  text.push_back('\n');
  return text;
}

EventStream::EventStream(std::uint64_t most_waiting_bytes, std::function<void()> wake)
    : most_waiting_bytes_(most_waiting_bytes), wake_(std::move(wake)) {}

bool EventStream::send(std::string_view event, std::string_view data) {
  const std::string text = format_event(event, data);
  bool must_wake = true;
  bool accepted = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    if (waiting_.size() + text.size() > most_waiting_bytes_) {
      closed_ = overflowed_ = true;
    } else {
      must_wake = waiting_.empty();
      accepted = true;
      waiting_.append(text);
    }
  }
  if (must_wake) wake_();
  return accepted;
}

void EventStream::close() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(closed_, true)) return;
  }
  wake_();
}

std::string EventStream::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(waiting_, {});
}

bool EventStream::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

bool EventStream::overflowed() const {
  const std::lock_guard lock(mutex_);
  return overflowed_;
}

std::shared_ptr<EventSink> EventStream::make_sink(std::shared_ptr<EventStream> stream) {
  return std::make_shared<ClosingSink>(std::move(stream));
}

}  // namespace probity::http
