// Serves a Router over HTTP/1.1, plain or TLS: sockets and their waits on a few I/O threads, handlers on workers.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "http/router.h"

namespace probity::http {

// What is said of a request when its last byte went out, or its connection ended. Never the path as it came, the query,
// headers or bodies: they may hold what opens a door.
struct AccessEntry {
  TimeMs time_ms = 0;  // when the request was complete
  std::string id;
  std::string method;          // empty when the request could not be read
  std::string route;           // the pattern; empty when none took it
  std::string remote_address;  // of the client, as far as trusted proxies say
  int status = 0;
  std::uint64_t body_bytes = 0;  // that went out
  std::int64_t duration_us = 0;
  std::string note;  // why it ended early: "client went away", "stalled", "source failed: gone"; else empty
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // an IP address; "0.0.0.0" and "::" listen everywhere
  std::uint16_t port = 8080;          // 0 takes any free one, see Server::port()
  std::string certificate_file;       // PEM, the chain from the server's own certificate on; empty: no TLS
  std::string key_file;               // PEM
  std::size_t workers = 8;
  std::size_t io_threads = 2;

  std::size_t most_waiting_requests = 1024;  // for a worker; beyond it 503 with Retry-After
  std::size_t most_connections = 4096;       // beyond it the longest silent one is closed, or the new one gets 503
  std::size_t most_header_bytes = 16 << 10;
  std::uint64_t most_buffered_body_bytes = 512 << 20;  // of all requests together; beyond it 503
  std::uint64_t most_event_bytes = 256 << 10;          // waiting for one slow reader of events; beyond it it is closed

  std::chrono::milliseconds header_timeout{10'000};  // from the connection's or the request's first moment
  std::chrono::milliseconds idle_timeout{60'000};    // between requests
  std::chrono::milliseconds body_grace{10'000};      // after it a body must have come at the rate below
  std::uint64_t least_body_bytes_per_second = 1024;
  std::chrono::milliseconds stall_timeout{30'000};  // no byte of a response was taken for so long
  std::chrono::milliseconds linger_timeout{2'000};  // for the client to take the last answer and hang up
  std::chrono::milliseconds heartbeat{15'000};      // of event streams

  // Proxies whose X-Forwarded-For and X-Forwarded-Proto count: addresses and networks.
  std::vector<std::string> trusted_proxies;
  std::function<void(const AccessEntry&)> access_log;  // called on I/O threads, must not block
  Clock* clock = nullptr;                              // for Date and the log; the system's when null
};

struct ServerStats {
  std::uint64_t connections = 0;           // open now
  std::uint64_t accepted_connections = 0;  // since the start
  std::uint64_t closed_for_room = 0;       // silent connections closed, or new ones refused, at most_connections
  std::uint64_t refused_requests = 0;      // 503: queue or buffers full
  std::uint64_t waiting_requests = 0;      // for a worker, now
  std::uint64_t buffered_body_bytes = 0;   // now
};

// Thread-safe. The destructor stops without grace.
class Server {
 public:
  // Listens when it returns. Borrows the router, which must not change any more. Ignores SIGPIPE for the process and
  // raises the soft limit of open files. Errors: invalid_argument (address, port without permission, proxies,
  // certificate or key), conflict (the port is taken), unavailable (no socket to be had).
  static Result<std::unique_ptr<Server>> start(const Router& router, ServerOptions options);
  virtual ~Server() = default;

  virtual std::uint16_t port() const = 0;
  virtual ServerStats stats() const = 0;
  // Loads certificate and key again for connections to come. Errors as in start; the old ones stay then.
  virtual Result<void> reload_certificate() = 0;
  // Closes the port, idle connections and event streams, lets requests that have come be answered for up to `grace`,
  // then closes what is left and waits for running handlers. Not from a handler. Idempotent.
  virtual void stop(std::chrono::milliseconds grace) = 0;
  // Blocks until stop() is done.
  virtual void wait() = 0;
};

}  // namespace probity::http
