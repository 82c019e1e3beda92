// The bytes of a connection, as they come, made into requests or a refusal. Untrusted input: fuzzed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/chunks.h"
#include "http/request.h"

namespace probity::http {

struct ReaderLimits {
  std::size_t most_header_bytes = 16 << 10;  // request line and headers together
  std::size_t most_header_fields = 100;
  // Asked once a request, when its head is known and before its body is read.
  std::function<std::uint64_t(Method, std::string_view path)> most_body_bytes;
};

// An answer the reader gives itself; the connection must be closed after it.
struct Refusal {
  int status = 400;
  std::string detail;
  std::string hint;
};

// One connection's incoming side. Give it bytes until a request is complete, take it, and feed("") for the next one:
// bytes that came early (pipelining) are kept. Strict where two readings would be possible (RFC 9112 section 11): no
// folded headers, no bare line ends, one Host, never both Content-Length and Transfer-Encoding, chunked alone as
// coding.
class RequestReader {
 public:
  enum class State { head, body, complete, refused };

  // Borrows the limits.
  explicit RequestReader(const ReaderLimits& limits);

  State feed(std::string_view bytes);
  State state() const { return state_; }
  // Whether anything of the current request has come.
  bool started() const { return state_ != State::head || !buffer_.empty(); }
  // True once for a request that waits for "100 Continue" before it sends its body.
  bool take_expectation();
  const Refusal& refusal() const { return refusal_; }
  // Whether the client would go on with this connection after the complete request.
  bool keep_alive() const { return keep_alive_; }
  std::uint64_t body_bytes() const { return request_.body.size(); }

  // The complete request; without address and id.
  Request take();

 private:
  State refuse(int status, std::string detail, std::string hint = {});
  void refuse_large_body();
  void read_head();
  void read_body();
  void read_chunks();
  void adopt_head(std::string_view head);

  const ReaderLimits& limits_;
  State state_ = State::head;
  std::string buffer_;        // what came and is not yet understood
  std::size_t searched_ = 0;  // bytes of it that hold no end of a head
  std::size_t skipped_lines_ = 0;
  Request request_;
  bool keep_alive_ = false;
  bool expects_continue_ = false;
  std::uint64_t most_body_bytes_ = 0;
  std::uint64_t missing_bytes_ = 0;  // of a body with a Content-Length
  std::optional<ChunkReader> chunked_;
  Refusal refusal_;
};

}  // namespace probity::http
