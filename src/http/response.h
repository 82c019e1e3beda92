// An HTTP response: a status, headers, and a body that is text, ranges of memory given out window by window, or events.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace probity::http {

// A body that is never held as a whole. One connection uses it at a time, from any thread.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual std::uint64_t size_bytes() const = 0;
  // Memory of the bytes [offset, offset + length), in order. Valid until the next call or the source's end. Called once
  // for each window that is sent, so a source may say no half way (revoked, embargo); the connection is then closed.
  virtual Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) = 0;
  // Called once, after the last byte that will be sent was given to the system, with how many bytes went out.
  virtual void finished(std::uint64_t /*sent_bytes*/) {}
};

// The sending end of a stream of server-sent events; thread-safe, usable from any thread after the handler returned.
class EventSink {
 public:
  virtual ~EventSink() = default;
  // One event; `data` may have several lines. False when the client is gone: drop the sink then.
  virtual bool send(std::string_view event, std::string_view data) = 0;
  virtual void close() = 0;
};

struct EventBody {
  // Called once, on a worker, when the headers were sent.
  std::function<void(std::shared_ptr<EventSink>)> start;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  // A BodySource honours Range and If-Range (against an ETag header set here) and HEAD in the server, not in handlers.
  std::variant<std::string, std::shared_ptr<BodySource>, EventBody> body;

  Response& set(std::string name, std::string value);  // replaces, ignoring case
  static Response json(int status, std::string text);
  static Response text(int status, std::string text);
  static Response no_content();
  static Response redirect(std::string location);  // 303
};

// The error as application/problem+json: {"type","title","title_zh","status","code","detail","hint","request_id"}.
Response problem(const Error& error, std::string_view request_id);

}  // namespace probity::http
