// One client: reads requests, has them answered by workers, sends the answers; never waits and never blocks.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/event_stream.h"
#include "http/outgoing.h"
#include "http/proxies.h"
#include "http/request_reader.h"
#include "http/server.h"
#include "http/transport.h"
#include "http/worker_pool.h"

namespace probity::http {

// A socket whose readiness a loop watches; used on the loop's thread. Callbacks come once, on that thread, and never
// after close().
class Socket {
 public:
  virtual ~Socket() = default;
  virtual int descriptor() const = 0;
  virtual void when_readable(std::function<void()> call) = 0;
  virtual void when_writable(std::function<void()> call) = 0;
  virtual void close() = 0;
};

// One I/O thread. post() from any thread; tasks run in order.
class Loop {
 public:
  virtual ~Loop() = default;
  virtual void post(std::function<void()> task) = 0;
};

// What the connections of one server have in common.
struct ServerCore {
  ServerCore(const Router& routes, ServerOptions opts, TrustedProxies trusted);

  std::string next_request_id();

  const Router& router;
  const ServerOptions options;
  const TrustedProxies proxies;
  SystemClock system_clock;
  Clock& clock;
  ReaderLimits reader_limits;
  const std::string id_prefix;
  std::atomic<std::uint64_t> request_count = 0;
  std::atomic<std::uint64_t> refused_requests = 0;
  std::atomic<std::uint64_t> buffered_body_bytes = 0;
  std::atomic<bool> draining = false;
  WorkerPool workers;  // handlers
  WorkerPool windows;  // sources: they may read from disk, and must not wait behind handlers
};

// Lives on its loop's thread: every public function is called there, unless said otherwise.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Loop> loop, std::unique_ptr<Socket> socket,
             std::unique_ptr<Transport> transport, std::string peer, std::function<void(Connection&)> on_closed);

  void start();
  // Looks at the time: several times a second.
  void tick(TimePoint now);
  // No more requests: closes at once what is idle or streams events, the others after their answer.
  void drain();
  void abort();
  // Since when the client has kept this connection waiting, for the rest of a request or to take an answer: such
  // connections may be closed to make room.
  std::optional<TimePoint> silent_since() const;

 private:
  enum class State { reading, handling, sending, streaming, lingering, closed };
  using Milliseconds = std::chrono::milliseconds;

  // Reading.
  void wait_to_read();
  void readable();
  void read_request();
  bool take_bytes(std::string_view bytes);
  bool body_is_too_slow(TimePoint now) const;
  void charge_body(std::uint64_t bytes);
  bool send_continue();
  void next_request();
  void dispatch();
  void answer(Request request, bool keep_alive);  // on a worker
  void refuse(const Refusal& refusal);

  // Sending.
  void respond(std::shared_ptr<Outgoing> outgoing);
  void write_more();
  void gather_window();
  void window_gathered(const Result<void>& gathered);
  void source_failed(const Error& error);
  void sent();
  void linger();
  void discard();

  // Events.
  void start_events();
  void flush_events();
  void watch_client();

  void set_deadline(Milliseconds from_now);
  void no_deadline() { deadline_ = TimePoint::max(); }
  void timed_out();
  void record(std::string note);
  void release(std::shared_ptr<Outgoing> outgoing);
  void close(std::string note);

  const std::shared_ptr<ServerCore> core_;
  const std::shared_ptr<Loop> loop_;
  const std::unique_ptr<Socket> socket_;
  const std::unique_ptr<Transport> transport_;
  const std::string peer_;
  const std::function<void(Connection&)> on_closed_;

  State state_ = State::reading;
  TimePoint deadline_ = TimePoint::max();
  RequestReader reader_;
  bool waits_to_read_ = false;
  TimePoint silent_since_;
  TimePoint body_since_;
  std::uint64_t charged_bytes_ = 0;

  std::shared_ptr<Outgoing> outgoing_;
  std::optional<AccessEntry> entry_;  // of the request that is being answered
  TimePoint asked_at_;
  std::optional<TimePoint> blocked_since_;  // when the client last took something, while it takes nothing

  std::shared_ptr<EventStream> stream_;
  std::string event_bytes_;
  std::size_t event_bytes_sent_ = 0;
  bool events_blocked_ = false;
  TimePoint last_event_;
};

}  // namespace probity::http
