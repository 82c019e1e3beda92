// Bytes in and out of a non-blocking socket, plain or TLS, without ever waiting.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"

namespace probity::http {

struct Outcome {
  enum class Status { done, wants_read, wants_write, closed, failed };
  Status status = Status::failed;
  std::size_t bytes = 0;  // more than 0 when done
};

// Used by one thread at a time. Borrows the socket's descriptor.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Outcome read(std::span<char> into) = 0;
  // Takes as many of the bytes as go without waiting. After wants_read or wants_write the next call must start with the
  // same bytes.
  virtual Outcome write(std::span<const iovec> from) = 0;
  // Whether bytes can be read that the socket will not announce.
  virtual bool has_buffered() const = 0;
  // Says that no more bytes will come.
  virtual void finish_writing() = 0;
  virtual bool is_secure() const = 0;
};

std::unique_ptr<Transport> make_plain_transport(int socket);

// A server's certificate and key. TLS 1.2 and 1.3 only, forward secrecy and authenticated ciphers only. Thread-safe.
class TlsContext {
 public:
  // Errors: invalid_argument (cannot be read, do not belong together).
  static Result<std::shared_ptr<const TlsContext>> load(const std::string& certificate_file,
                                                        const std::string& key_file);
  virtual ~TlsContext() = default;
  // The handshake is part of the first reads and writes.
  virtual std::unique_ptr<Transport> make_transport(int socket) const = 0;
};

}  // namespace probity::http
