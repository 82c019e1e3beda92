#include "http/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <csignal>
#include <exception>
#include <future>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "http/connection.h"

namespace probity::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr int kMostAcceptsPerTurn = 64;
// Of one response in the kernel; the rest is made when the client has taken that.
constexpr int kMostUnsentBytes = 256 << 10;
constexpr milliseconds kLongestTick{250};
constexpr milliseconds kShortestTick{5};
// After running out of descriptors: some will be closed meanwhile.
constexpr milliseconds kAcceptPause{100};

class AsioSocket final : public Socket {
 public:
  explicit AsioSocket(tcp::socket socket) : socket_(std::move(socket)), descriptor_(socket_.native_handle()) {}
  int descriptor() const override { return descriptor_; }
  void when_readable(std::function<void()> call) override { wait(tcp::socket::wait_read, std::move(call)); }
  void when_writable(std::function<void()> call) override { wait(tcp::socket::wait_write, std::move(call)); }
  void close() override {
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  void wait(tcp::socket::wait_type type, std::function<void()> call) {
    socket_.async_wait(type, [call = std::move(call)](const error_code& error) {
      if (error != asio::error::operation_aborted) call();
    });
  }

  tcp::socket socket_;
  int descriptor_;
};

// One thread and its connections. Ends when its work guard is gone and every socket is closed.
class IoLoop final : public Loop, public std::enable_shared_from_this<IoLoop> {
 public:
  explicit IoLoop(milliseconds tick) : tick_(tick), guard_(asio::make_work_guard(context_)), ticker_(context_) {}

  void post(std::function<void()> task) override {
    if (!finished_) asio::post(context_, std::move(task));
  }
  // Runs it on the loop's thread, and waits.
  void run_now(std::function<void()> task) {
    std::promise<void> done;
    post([&] {
      task();
      done.set_value();
    });
    done.get_future().wait();
  }

  void start() {
    tick_later();
    thread_ = std::thread([this] { context_.run(); });
  }
  void finish() {
    post([this] {
      ending_ = true;  // a tick that is due already cannot be cancelled, and would wait for the next
      guard_.reset();
      ticker_.cancel();
    });
    thread_.join();
    finished_ = true;
  }

  asio::io_context& context() { return context_; }

  void adopt(std::shared_ptr<Connection> connection) {
    Connection* key = connection.get();
    connections_.emplace(key, connection);
    connection->start();
  }
  void forget(Connection& connection) {
    // Later: it may be one of those that somebody walks over just now.
    post([this, key = &connection] { connections_.erase(key); });
  }
  std::size_t size() const { return connections_.size(); }
  void for_each(const std::function<void(Connection&)>& visit) {
    for (const auto& [key, connection] : connections_) visit(*connection);
  }
  // Closes the connection that has been silent for the longest time. False when there is none.
  bool make_room() {
    Connection* oldest = nullptr;
    for (const auto& [key, connection] : connections_)
      if (const auto since = connection->silent_since(); since && (!oldest || *since < *oldest->silent_since()))
        oldest = key;
    if (oldest) oldest->abort();
    return oldest != nullptr;
  }

 private:
  void tick_later() {
    ticker_.expires_after(tick_);
    ticker_.async_wait([this](const error_code& error) {
      if (error || ending_) return;
      const auto now = std::chrono::steady_clock::now();
      for_each([now](Connection& connection) { connection.tick(now); });
      tick_later();
    });
  }

  const milliseconds tick_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  asio::steady_timer ticker_;
  bool ending_ = false;
  std::unordered_map<Connection*, std::shared_ptr<Connection>> connections_;
  std::atomic<bool> finished_ = false;
  std::thread thread_;
};

std::string address_text(const sockaddr_storage& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.ss_family == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
    return text;
  }
  inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
  const std::string_view whole(text);
  constexpr std::string_view kMapped = "::ffff:";
  const bool is_mapped = whole.starts_with(kMapped) && whole.find('.') != std::string_view::npos;
  return std::string(is_mapped ? whole.substr(kMapped.size()) : whole);
}

void raise_file_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // where it stays low, accepting pauses instead of failing
}

milliseconds tick_of(const ServerOptions& options) {
  const milliseconds shortest = std::min({options.header_timeout, options.idle_timeout, options.body_grace,
                                          options.stall_timeout, options.linger_timeout, options.heartbeat});
  return std::clamp(shortest / 4, kShortestTick, kLongestTick);
}

class BeastServer final : public Server {
 public:
  BeastServer(std::shared_ptr<ServerCore> core, std::shared_ptr<const TlsContext> tls)
      : core_(std::move(core)), tls_(std::move(tls)) {
    for (std::size_t i = 0; i < std::max<std::size_t>(core_->options.io_threads, 1); ++i)
      loops_.push_back(std::make_shared<IoLoop>(tick_of(core_->options)));
    acceptor_.emplace(loops_.front()->context());
    accept_pause_.emplace(loops_.front()->context());
  }
  ~BeastServer() override { stop(milliseconds(0)); }

  Result<void> listen();
  std::uint16_t port() const override { return port_; }
  ServerStats stats() const override;
  Result<void> reload_certificate() override;
  void stop(milliseconds grace) override;
  void wait() override;

 private:
  void accept_later();
  void accept_all();
  void admit(IoLoop& loop, int descriptor, const std::string& peer);
  void connection_closed(IoLoop& loop, Connection& connection);
  void one_less();
  std::shared_ptr<const TlsContext> tls() const;
  void close_everything();

  const std::shared_ptr<ServerCore> core_;
  mutable std::mutex mutex_;
  std::condition_variable changes_;
  std::shared_ptr<const TlsContext> tls_;
  std::vector<std::shared_ptr<IoLoop>> loops_;
  std::optional<tcp::acceptor> acceptor_;
  std::optional<asio::steady_timer> accept_pause_;
  std::uint16_t port_ = 0;
  std::size_t next_loop_ = 0;
  std::atomic<std::uint64_t> open_connections_ = 0;
  std::atomic<std::uint64_t> accepted_connections_ = 0;
  std::atomic<std::uint64_t> closed_for_room_ = 0;
  bool stopping_ = false;
  bool stopped_ = false;
};

Result<void> BeastServer::listen() {
  const auto& options = core_->options;
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error)
    return fail(ErrorCode::invalid_argument, fmt::format("\"{}\" is not an IP address", options.address),
                "use 127.0.0.1 for this machine alone, 0.0.0.0 or :: to listen everywhere");
  const tcp::endpoint endpoint(address, options.port);
  if (!acceptor_->open(endpoint.protocol(), error)) acceptor_->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_->bind(endpoint, error);
  if (!error) acceptor_->listen(asio::socket_base::max_listen_connections, error);
  if (!error) acceptor_->non_blocking(true, error);
  const std::string where = fmt::format("{} port {}", options.address, options.port);
  if (error == asio::error::address_in_use)
    return fail(ErrorCode::conflict, fmt::format("{} is in use by another program", where), "choose another port");
  if (error == asio::error::access_denied)
    return fail(ErrorCode::invalid_argument, fmt::format("listening on {} is not allowed", where),
                "choose a port from 1024 on, or give the program CAP_NET_BIND_SERVICE");
  if (error) return fail(ErrorCode::unavailable, fmt::format("cannot listen on {}: {}", where, error.message()));
  ::fcntl(acceptor_->native_handle(), F_SETFD, FD_CLOEXEC);
  port_ = acceptor_->local_endpoint(error).port();
  for (const auto& loop : loops_) loop->start();
  loops_.front()->post([this] { accept_later(); });
  return {};
}

void BeastServer::accept_later() {
  acceptor_->async_wait(tcp::acceptor::wait_read, [this](const error_code& error) {
    if (!error) accept_all();
  });
}

void BeastServer::accept_all() {
  for (int turn = 0; turn < kMostAcceptsPerTurn; ++turn) {
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    // Closed in child processes from the first moment on: a child would keep the client waiting for the end.
    const int descriptor = ::accept4(acceptor_->native_handle(), reinterpret_cast<sockaddr*>(&address), &length,
                                     SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
      accept_pause_->expires_after(kAcceptPause);
      accept_pause_->async_wait([this](const error_code& error) {
        if (!error) accept_later();
      });
      return;
    }
    if (descriptor < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
    if (descriptor < 0) continue;  // that client is gone already
    ++accepted_connections_;
    ++open_connections_;
    const auto& loop = loops_[next_loop_++ % loops_.size()];
    loop->post([this, &loop, descriptor, peer = address_text(address)] { admit(*loop, descriptor, peer); });
  }
  accept_later();
}

void BeastServer::admit(IoLoop& loop, int descriptor, const std::string& peer) {
  const auto is_gone = [&] {
    ::close(descriptor);
    one_less();
  };
  if (core_->draining) return is_gone();
  const std::size_t most = std::max<std::size_t>(core_->options.most_connections / loops_.size(), 1);
  if (loop.size() >= most) {
    ++closed_for_room_;
    if (!loop.make_room()) return is_gone();
  }
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  // What readers do not take waits in kernel memory, up to 4 MB a socket: a thousand of them would bring the whole
  // machine's TCP under memory pressure, and everybody's packets would be dropped and sent again.
  const int unsent_bytes = kMostUnsentBytes;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent_bytes, sizeof unsent_bytes);
  tcp::socket socket(loop.context());
  error_code error;
  socket.assign(peer.find(':') == std::string::npos ? tcp::v4() : tcp::v6(), descriptor, error);
  if (error) return is_gone();
  const auto context = tls();
  auto transport = context ? context->make_transport(descriptor) : make_plain_transport(descriptor);
  loop.adopt(std::make_shared<Connection>(core_, loop.shared_from_this(),
                                          std::make_unique<AsioSocket>(std::move(socket)), std::move(transport), peer,
                                          [this, &loop](Connection& closed) { connection_closed(loop, closed); }));
}

void BeastServer::connection_closed(IoLoop& loop, Connection& connection) {
  loop.forget(connection);
  one_less();
}

void BeastServer::one_less() {
  {
    const std::lock_guard lock(mutex_);
    --open_connections_;
  }
  changes_.notify_all();
}

std::shared_ptr<const TlsContext> BeastServer::tls() const {
  const std::lock_guard lock(mutex_);
  return tls_;
}

ServerStats BeastServer::stats() const {
  return {.connections = open_connections_,
          .accepted_connections = accepted_connections_,
          .closed_for_room = closed_for_room_,
          .refused_requests = core_->refused_requests,
          .waiting_requests = core_->workers.waiting(),
          .buffered_body_bytes = core_->buffered_body_bytes};
}

Result<void> BeastServer::reload_certificate() {
  if (!tls()) return {};
  TRY_ASSIGN(auto context, TlsContext::load(core_->options.certificate_file, core_->options.key_file));
  const std::lock_guard lock(mutex_);
  tls_ = std::move(context);
  return {};
}

void BeastServer::stop(milliseconds grace) {
  {
    std::unique_lock lock(mutex_);
    if (std::exchange(stopping_, true)) {
      changes_.wait(lock, [&] { return stopped_; });
      return;
    }
  }
  core_->draining = true;
  if (port_ != 0) {
    loops_.front()->run_now([this] {
      error_code ignored;
      acceptor_->close(ignored);
      accept_pause_->cancel();
    });
    for (const auto& loop : loops_)
      loop->run_now([&loop] { loop->for_each([](Connection& connection) { connection.drain(); }); });
    std::unique_lock lock(mutex_);
    changes_.wait_for(lock, grace, [&] { return open_connections_ == 0; });
    lock.unlock();
    close_everything();
  }
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  changes_.notify_all();
}

// From the outside in: connections, then handlers, whose last answers find them closed, then sources, then the loops.
void BeastServer::close_everything() {
  for (const auto& loop : loops_)
    loop->run_now([&loop] { loop->for_each([](Connection& connection) { connection.abort(); }); });
  core_->workers.stop(false);
  for (const auto& loop : loops_) loop->run_now([] {});
  core_->windows.stop(true);
  for (const auto& loop : loops_) loop->finish();
}

void BeastServer::wait() {
  std::unique_lock lock(mutex_);
  changes_.wait(lock, [&] { return stopped_; });
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const Router& router, ServerOptions options) {
  TRY_ASSIGN(TrustedProxies proxies, TrustedProxies::parse(options.trusted_proxies));
  std::shared_ptr<const TlsContext> tls;
  if (!options.certificate_file.empty() || !options.key_file.empty()) {
    TRY_ASSIGN(tls, TlsContext::load(options.certificate_file, options.key_file));
  }
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets that may be gone
  raise_file_limit();
  try {
    auto core = std::make_shared<ServerCore>(router, std::move(options), std::move(proxies));
    auto server = std::make_unique<BeastServer>(std::move(core), std::move(tls));
    TRY(server->listen());
    return std::unique_ptr<Server>(std::move(server));
  } catch (const std::exception& error) {  // no more threads or descriptors to be had
    return fail(ErrorCode::unavailable, fmt::format("the server cannot start: {}", error.what()));
  }
}

}  // namespace probity::http
