#include "http/connection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/id.h"
#include "base/random.h"

namespace probity::http {
namespace {

using Status = Outcome::Status;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 64 << 10;
// How long one connection may keep its loop busy before others have their turn.
constexpr int kMostReadsPerTurn = 16;
constexpr std::size_t kMostPlainBytesPerTurn = 4 << 20;
constexpr std::size_t kMostSecureBytesPerTurn = 1 << 20;
constexpr std::size_t kRangesPerWrite = 1024;
// A reader that takes nothing for so long may have to make room for others.
constexpr std::chrono::seconds kLongestPause{5};
constexpr std::size_t kWindowThreads = 2;

std::string random_prefix() {
  SystemRandom random;
  return Id::random(random).text().substr(0, 10);
}

}  // namespace

ServerCore::ServerCore(const Router& routes, ServerOptions opts, TrustedProxies trusted)
    : router(routes),
      options(std::move(opts)),
      proxies(std::move(trusted)),
      clock(options.clock ? *options.clock : system_clock),
      id_prefix(random_prefix()),
      workers(options.workers, options.most_waiting_requests),
      windows(kWindowThreads, 0) {
  reader_limits.most_header_bytes = options.most_header_bytes;
  reader_limits.most_body_bytes = [this](Method method, std::string_view path) {
    return router.most_body_bytes(method, path);
  };
}

std::string ServerCore::next_request_id() { return fmt::format("{}-{}", id_prefix, ++request_count); }

Connection::Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<Loop> loop, std::unique_ptr<Socket> socket,
                       std::unique_ptr<Transport> transport, std::string peer,
                       std::function<void(Connection&)> on_closed)
    : core_(std::move(core)),
      loop_(std::move(loop)),
      socket_(std::move(socket)),
      transport_(std::move(transport)),
      peer_(std::move(peer)),
      on_closed_(std::move(on_closed)),
      reader_(core_->reader_limits) {}

void Connection::start() {
  silent_since_ = Steady::now();
  set_deadline(core_->options.header_timeout);
  wait_to_read();
}

void Connection::wait_to_read() {
  if (transport_->has_buffered()) {
    loop_->post([self = shared_from_this()] { self->readable(); });
    return;
  }
  if (std::exchange(waits_to_read_, true)) return;
  socket_->when_readable([self = shared_from_this()] {
    self->waits_to_read_ = false;
    self->readable();
  });
}

void Connection::readable() {
  if (state_ == State::reading) read_request();
  if (state_ == State::streaming) watch_client();
  if (state_ == State::lingering) discard();
}

void Connection::read_request() {
  static thread_local std::array<char, kReadBytes> buffer;
  for (int turn = 0; turn < kMostReadsPerTurn; ++turn) {
    const Outcome outcome = transport_->read(buffer);
    switch (outcome.status) {
      case Status::done:
        if (!take_bytes(std::string_view(buffer.data(), outcome.bytes))) return;
        break;
      case Status::wants_read:
        return wait_to_read();
      case Status::wants_write:
        return socket_->when_writable([self = shared_from_this()] { self->readable(); });
      default:
        return close("client went away");
    }
  }
  loop_->post([self = shared_from_this()] { self->readable(); });
}

// False when the connection has something else to do than to go on reading.
bool Connection::take_bytes(std::string_view bytes) {
  if (!reader_.started()) {
    silent_since_ = Steady::now();
    set_deadline(core_->options.header_timeout);
  }
  const auto before = reader_.state();
  const auto state = reader_.feed(bytes);
  charge_body(reader_.body_bytes());
  if (state == RequestReader::State::refused) {
    refuse(reader_.refusal());
    return false;
  }
  if (state == RequestReader::State::complete) {
    dispatch();
    return false;
  }
  if (state == RequestReader::State::body && before == RequestReader::State::head) {
    body_since_ = Steady::now();
    no_deadline();  // the rate counts from here
  }
  if (state == RequestReader::State::body &&
      core_->buffered_body_bytes.load() > core_->options.most_buffered_body_bytes) {
    ++core_->refused_requests;
    refuse({503, "the server holds too many unfinished uploads", "try again in a moment"});
    return false;
  }
  return !reader_.take_expectation() || send_continue();
}

void Connection::charge_body(std::uint64_t bytes) {
  core_->buffered_body_bytes += bytes - charged_bytes_;  // wraps around on purpose when it gets less
  charged_bytes_ = bytes;
}

bool Connection::body_is_too_slow(TimePoint now) const {
  const auto& options = core_->options;
  if (reader_.state() != RequestReader::State::body || now - body_since_ < options.body_grace) return false;
  const auto elapsed_ms = std::chrono::duration_cast<Milliseconds>(now - body_since_).count();
  return reader_.body_bytes() * 1000 < options.least_body_bytes_per_second * static_cast<std::uint64_t>(elapsed_ms);
}

bool Connection::send_continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  const iovec range{const_cast<char*>(kContinue.data()), kContinue.size()};
  const Outcome outcome = transport_->write({&range, 1});
  // There is room for 25 bytes after a request's head, unless the client plays games.
  if (outcome.status == Status::done && outcome.bytes == kContinue.size()) return true;
  close("client went away");
  return false;
}

void Connection::next_request() {
  state_ = State::reading;
  silent_since_ = Steady::now();
  const auto state = reader_.feed("");  // what came early
  if (state == RequestReader::State::complete) {
    // Not at once: a client may send thousands of requests ahead, and each would stand on the one before.
    no_deadline();
    loop_->post([self = shared_from_this()] {
      if (self->state_ == State::reading) self->dispatch();
    });
    return;
  }
  if (state == RequestReader::State::refused) return refuse(reader_.refusal());
  set_deadline(reader_.started() ? core_->options.header_timeout : core_->options.idle_timeout);
  if (state == RequestReader::State::body) {
    body_since_ = Steady::now();
    no_deadline();
    charge_body(reader_.body_bytes());
    if (reader_.take_expectation() && !send_continue()) return;
  }
  wait_to_read();
}

void Connection::dispatch() {
  const bool keep_alive = reader_.keep_alive();
  auto request = std::make_shared<Request>(reader_.take());
  request->id = core_->next_request_id();
  core_->proxies.apply(*request, peer_, transport_->is_secure());
  state_ = State::handling;
  no_deadline();
  asked_at_ = Steady::now();
  entry_ = AccessEntry{.time_ms = core_->clock.now_ms(),
                       .id = request->id,
                       .method = std::string(method_name(request->method)),
                       .route = {},
                       .remote_address = request->remote_address,
                       .note = {}};
  const auto task = [self = shared_from_this(), request, keep_alive] { self->answer(std::move(*request), keep_alive); };
  if (core_->workers.try_run(task)) return;
  ++core_->refused_requests;
  Response busy = problem(503, "too many requests are waiting", "try again in a moment", request->id);
  busy.set("Retry-After", "2");
  const WireOptions wire{.keep_alive = keep_alive, .request_id = request->id, .now_ms = entry_->time_ms};
  respond(std::make_shared<Outgoing>(std::move(busy), conditions_of(*request), wire));
}

// Everything that may take long: the handler, and the first window of its body.
void Connection::answer(Request request, bool keep_alive) {
  const Conditions conditions = conditions_of(request);
  const std::string id = request.id;
  WireOptions wire{.keep_alive = keep_alive, .request_id = id, .now_ms = 0};
  const auto outgoing_of = [&](Response response) {
    wire.keep_alive = keep_alive && !core_->draining;
    wire.now_ms = core_->clock.now_ms();
    return std::make_shared<Outgoing>(std::move(response), conditions, wire);
  };
  std::shared_ptr<Outgoing> outgoing;
  try {
    outgoing = outgoing_of(core_->router.handle(std::move(request)));
    if (outgoing->needs_gather()) {
      // Nothing was sent yet, so a source that says no at once gets a proper answer.
      if (const auto gathered = outgoing->gather(); !gathered) {
        Response refused = problem(gathered.error(), id);
        refused.route = outgoing->route();
        outgoing = outgoing_of(std::move(refused));
      }
    }
  } catch (...) {
    outgoing = outgoing_of(problem(500, "the server failed while answering", "try again", id));
  }
  // Moved on, never copied: the last owner ends the source, and that must not be the loop.
  loop_->post(
      [self = shared_from_this(), outgoing = std::move(outgoing)]() mutable { self->respond(std::move(outgoing)); });
}

void Connection::refuse(const Refusal& refusal) {
  entry_ = AccessEntry{.time_ms = core_->clock.now_ms(),
                       .id = core_->next_request_id(),
                       .method = {},
                       .route = {},
                       .remote_address = peer_,
                       .note = {}};
  asked_at_ = Steady::now();
  Response response = problem(refusal.status, refusal.detail, refusal.hint, entry_->id);
  if (refusal.status == 503) response.set("Retry-After", "2");
  const WireOptions wire{.keep_alive = false, .request_id = entry_->id, .now_ms = entry_->time_ms};
  respond(std::make_shared<Outgoing>(std::move(response), Conditions{}, wire));
}

void Connection::respond(std::shared_ptr<Outgoing> outgoing) {
  charge_body(0);
  if (state_ == State::closed) return release(std::move(outgoing));
  outgoing_ = std::move(outgoing);
  state_ = State::sending;
  set_deadline(core_->options.stall_timeout);
  write_more();
}

void Connection::write_more() {
  if (state_ != State::sending) return;
  // Of the thread, not of the connection: what does not go out is woven again.
  static thread_local std::array<std::uint8_t, kWeaveBytes> woven;
  const std::size_t most = transport_->is_secure() ? kMostSecureBytesPerTurn : kMostPlainBytesPerTurn;
  for (std::size_t written = 0; written < most;) {
    std::array<iovec, kRangesPerWrite> room;
    const auto ranges = outgoing_->pending(room, woven);
    if (!ranges) return source_failed(ranges.error());
    if (ranges->empty()) return outgoing_->needs_gather() ? gather_window() : sent();
    const Outcome outcome = transport_->write(*ranges);
    if (outcome.status == Status::done) {
      written += outcome.bytes;
      outgoing_->advance(outcome.bytes);
      continue;
    }
    if (outcome.status != Status::wants_write && outcome.status != Status::wants_read) return close("client went away");
    if (written > 0) set_deadline(core_->options.stall_timeout);
    if (written > 0 || !blocked_since_) blocked_since_ = Steady::now();
    const auto again = [self = shared_from_this()] { self->write_more(); };
    return outcome.status == Status::wants_write ? socket_->when_writable(again) : socket_->when_readable(again);
  }
  set_deadline(core_->options.stall_timeout);
  loop_->post([self = shared_from_this()] { self->write_more(); });
}

void Connection::gather_window() {
  no_deadline();
  blocked_since_.reset();
  const bool taken = core_->windows.run([self = shared_from_this(), outgoing = outgoing_] {
    const auto gathered = outgoing->gather();
    self->loop_->post([self, gathered] { self->window_gathered(gathered); });
  });
  if (!taken) close("server stopped");
}

void Connection::window_gathered(const Result<void>& gathered) {
  if (state_ != State::sending) return;
  if (!gathered) return source_failed(gathered.error());
  set_deadline(core_->options.stall_timeout);
  write_more();
}

// The length was promised: only a broken connection says that the rest does not come.
void Connection::source_failed(const Error& error) {
  close(fmt::format("source failed: {}", catalogue_entry(error.code).name));
}

void Connection::sent() {
  blocked_since_.reset();
  if (outgoing_->events().start) return start_events();
  const bool stays = outgoing_->keep_alive() && !core_->draining;
  record({});
  release(std::exchange(outgoing_, nullptr));
  return stays ? next_request() : linger();
}

// Lets the client read the answer: closing while bytes from it are still unread would take the answer away from it.
void Connection::linger() {
  state_ = State::lingering;
  transport_->finish_writing();
  set_deadline(core_->options.linger_timeout);
  discard();
}

void Connection::discard() {
  static thread_local std::array<char, kReadBytes> buffer;
  for (int turn = 0; turn < kMostReadsPerTurn; ++turn) {
    const Outcome outcome = transport_->read(buffer);
    if (outcome.status == Status::done) continue;
    return outcome.status == Status::wants_read ? wait_to_read() : close({});
  }
  loop_->post([self = shared_from_this()] { self->readable(); });
}

void Connection::start_events() {
  state_ = State::streaming;
  no_deadline();
  last_event_ = Steady::now();
  const auto wake = [weak = weak_from_this()] {
    if (const auto self = weak.lock()) self->loop_->post([self] { self->flush_events(); });
  };
  stream_ = std::make_shared<EventStream>(core_->options.most_event_bytes, wake);
  auto sink = EventStream::make_sink(stream_);
  const bool taken = core_->workers.run([start = std::move(outgoing_->events().start), sink = std::move(sink)] {
    try {
      start(sink);
    } catch (...) {
      sink->close();
    }
  });
  if (!taken) return close("server stopped");
  wait_to_read();
}

void Connection::flush_events() {
  if (state_ != State::streaming) return;
  if (stream_->overflowed()) return close("too slow a reader");
  if (events_blocked_) return;
  while (true) {
    if (event_bytes_sent_ == event_bytes_.size()) {
      event_bytes_ = stream_->take();
      event_bytes_sent_ = 0;
      if (event_bytes_.empty()) break;
    }
    const iovec range{event_bytes_.data() + event_bytes_sent_, event_bytes_.size() - event_bytes_sent_};
    const Outcome outcome = transport_->write({&range, 1});
    if (outcome.status == Status::done) {
      event_bytes_sent_ += outcome.bytes;
      last_event_ = Steady::now();
      continue;
    }
    if (outcome.status != Status::wants_write) return close("client went away");
    events_blocked_ = true;
    set_deadline(core_->options.stall_timeout);
    return socket_->when_writable([self = shared_from_this()] {
      self->events_blocked_ = false;
      self->flush_events();
    });
  }
  no_deadline();
  if (!stream_->closed()) return;
  // It may have overflowed since it was looked at above.
  if (stream_->overflowed()) return close("too slow a reader");
  record({});
  linger();
}

// A client of an event stream says nothing more: whatever comes is dropped, and its end is the stream's.
void Connection::watch_client() {
  static thread_local std::array<char, kReadBytes> buffer;
  const Outcome outcome = transport_->read(buffer);
  if (outcome.status == Status::done || outcome.status == Status::wants_read) return wait_to_read();
  close("client went away");
}

void Connection::tick(TimePoint now) {
  if (state_ == State::closed) return;
  if (deadline_ <= now) return timed_out();
  if (state_ == State::reading && body_is_too_slow(now)) return timed_out();
  if (state_ != State::streaming || events_blocked_ || now - last_event_ < core_->options.heartbeat) return;
  if (event_bytes_sent_ == event_bytes_.size()) {
    event_bytes_ = ": still here\n\n";
    event_bytes_sent_ = 0;
  }
  flush_events();
}

void Connection::set_deadline(Milliseconds from_now) { deadline_ = Steady::now() + from_now; }

void Connection::timed_out() {
  if (state_ == State::reading && reader_.started())
    return refuse({408, "the request took too long to arrive", "check the connection and try again"});
  close(state_ == State::sending || state_ == State::streaming ? "stalled" : "");
}

void Connection::drain() {
  if (state_ == State::reading && !reader_.started()) {
    transport_->finish_writing();
    close({});
  } else if (state_ == State::streaming) {
    stream_->close();
  }
}

void Connection::abort() { close("server stopped"); }

std::optional<Connection::TimePoint> Connection::silent_since() const {
  const bool waits_for_client = state_ == State::reading || state_ == State::lingering;
  if (waits_for_client) return silent_since_;
  if (state_ == State::sending && blocked_since_ && Steady::now() - *blocked_since_ > kLongestPause)
    return blocked_since_;
  return std::nullopt;
}

void Connection::record(std::string note) {
  if (!entry_) return;
  if (outgoing_) {
    entry_->status = outgoing_->status();
    entry_->route = outgoing_->route();
    entry_->body_bytes = outgoing_->body_bytes_sent();
  }
  entry_->duration_us = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - asked_at_).count();
  entry_->note = std::move(note);
  if (core_->options.access_log) core_->options.access_log(*entry_);
  entry_.reset();
}

void Connection::release(std::shared_ptr<Outgoing> outgoing) {
  // A source's end may write to a disk. When the pool is gone, so are those who would wait.
  if (outgoing && outgoing->has_source()) core_->windows.run([last = std::move(outgoing)]() mutable { last.reset(); });
}

void Connection::close(std::string note) {
  if (state_ == State::closed) return;
  state_ = State::closed;
  record(std::move(note));
  charge_body(0);
  socket_->close();
  if (stream_) stream_->close();
  release(std::exchange(outgoing_, nullptr));
  on_closed_(*this);
}

}  // namespace probity::http
