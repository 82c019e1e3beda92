#include "events/live.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "events/json.h"

namespace probity::events {
namespace {

using SteadyClock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr std::size_t kBatch = 200;
// However often somebody wakes us: the sources are asked this seldom.
constexpr auto kLeastPause = Milliseconds(30);

}  // namespace

LiveSource activity_source(EventLog& log) {
  LiveSource source;
  source.head = [&log]() -> Result<std::uint64_t> {
    EventFilter newest;
    newest.limit = 1;
    TRY_ASSIGN(const auto found, log.list(newest));
    return found.items.empty() ? 0 : found.items.front().sequence;
  };
  source.after = [&log](std::uint64_t position, std::size_t limit) -> Result<std::vector<News>> {
    TRY_ASSIGN(const auto found, log.after(position, limit));
    std::vector<News> news;
    for (const Event& event : found) {
      const std::string data = to_json(event).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
      news.push_back({event.sequence, "activity", event.project, data});
    }
    return news;
  };
  return source;
}

class LiveFeed::Thread {
 public:
  Thread(std::vector<LiveSource> sources, LiveOptions options)
      : sources_(std::move(sources)), options_(options), positions_(sources_.size()) {
    thread_ = std::thread([this] { run(); });
  }
  ~Thread() { stop(); }

  Result<void> watch(Watcher watcher) {
    const std::lock_guard lock(mutex_);
    TRY(room());
    ++count_;
    arrivals_.push_back({std::move(watcher), SteadyClock::now(), SteadyClock::now()});
    wake_up_.notify_all();
    return {};
  }

  Result<void> check_room() const {
    const std::lock_guard lock(mutex_);
    return room();
  }

  void wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    if (count_ > 0) wake_up_.notify_all();
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_up_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  struct Watching {
    Watcher watcher;
    SteadyClock::time_point since, last_sent;
  };

  Result<void> room() const {
    if (stopping_) return fail(ErrorCode::unavailable, "the program is stopping");
    if (count_ >= options_.most_watchers)
      return fail(ErrorCode::too_many_requests, "too many pages are being kept up to date", "close some of them");
    return {};
  }

  void run() {
    while (wait_for_turn()) {
      // Positions first: whatever happens after "ready" will be told.
      const bool was_idle = watching_.empty();
      const std::vector<Watching> arrivals = take_arrivals();
      if (was_idle && !arrivals.empty()) skip_to_heads();
      watching_.insert(watching_.end(), arrivals.begin(), arrivals.end());
      for (std::size_t i = watching_.size() - arrivals.size(); i < watching_.size(); ++i)
        send(watching_[i], "ready", "{}");
      for (std::size_t i = 0; i < sources_.size(); ++i) follow(i);
      keep_up();
    }
    watching_.clear();
    take_arrivals();
  }

  // False when stopping.
  bool wait_for_turn() {
    std::unique_lock lock(mutex_);
    const auto called = [&] { return stopping_ || woken_ || !arrivals_.empty(); };
    if (watching_.empty())
      wake_up_.wait(lock, [&] { return stopping_ || !arrivals_.empty(); });
    else if (!wake_up_.wait_for(lock, kLeastPause, [&] { return stopping_; }))
      wake_up_.wait_for(lock, Milliseconds(options_.poll_ms), called);
    woken_ = false;
    return !stopping_;
  }

  std::vector<Watching> take_arrivals() {
    const std::lock_guard lock(mutex_);
    return std::exchange(arrivals_, {});
  }

  void skip_to_heads() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      positions_[i].reset();
      const auto head = sources_[i].head();
      if (head) positions_[i] = *head;
    }
  }

  void follow(std::size_t index) {
    // Trouble of the database is not ours to tell; the next turn asks again.
    if (!positions_[index]) {
      const auto head = sources_[index].head();
      if (head) positions_[index] = *head;
      return;
    }
    while (!watching_.empty()) {
      const auto news = sources_[index].after(*positions_[index], kBatch);
      if (!news || news->empty()) return;
      positions_[index] = news->back().position;
      for (const News& item : *news)
        for (Watching& watching : watching_)
          if (watching.watcher.deliver && watching.watcher.wants(item)) send(watching, item.topic, item.data_json);
      if (news->size() < kBatch) return;
    }
  }

  void keep_up() {
    const auto now = SteadyClock::now();
    for (Watching& watching : watching_) {
      if (now - watching.since >= Milliseconds(options_.longest_ms)) watching.watcher.deliver = nullptr;
      if (watching.watcher.deliver && now - watching.last_sent >= Milliseconds(options_.ping_ms))
        send(watching, "ping", "{}");
    }
    const std::size_t gone =
        std::erase_if(watching_, [](const Watching& watching) { return !watching.watcher.deliver; });
    const std::lock_guard lock(mutex_);
    count_ -= gone;
  }

  static void send(Watching& watching, std::string_view topic, std::string_view data) {
    watching.last_sent = SteadyClock::now();
    if (!watching.watcher.deliver(topic, data)) watching.watcher.deliver = nullptr;
  }

  const std::vector<LiveSource> sources_;
  const LiveOptions options_;
  std::vector<std::optional<std::uint64_t>> positions_;  // of the thread alone, as is watching_
  std::vector<Watching> watching_;

  mutable std::mutex mutex_;
  std::condition_variable wake_up_;
  std::vector<Watching> arrivals_;
  std::size_t count_ = 0;
  bool woken_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

LiveFeed::LiveFeed(std::vector<LiveSource> sources, LiveOptions options)
    : thread_(std::make_unique<Thread>(std::move(sources), options)) {}
LiveFeed::~LiveFeed() = default;
Result<void> LiveFeed::watch(Watcher watcher) { return thread_->watch(std::move(watcher)); }
Result<void> LiveFeed::check_room() const { return thread_->check_room(); }
void LiveFeed::wake() { thread_->wake(); }
void LiveFeed::stop() { thread_->stop(); }
std::size_t LiveFeed::watchers() const { return thread_->count(); }

}  // namespace probity::events
