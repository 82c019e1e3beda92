// An HTTP response: a status, headers, and a body that is text, ranges of memory given out window by window, or events.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace probity::http {

// A body that is never held as a whole. One thread uses it at a time, and not always the same one.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual std::uint64_t size_bytes() const = 0;
  // Memory of the bytes [offset, offset + length), in order. Valid until the next call or the source's end. Called once
  // for each window that is sent, so a source may say no half way (revoked, embargo); the connection is then closed. A
  // source that must copy may give fewer bytes than asked for, at least one: the next call goes on where it ended.
  // The server asks for at most 4 MiB at a time. May read from disk: it is never called on a thread that serves others.
  // No ranges at all mean that the whole window may be sent, and is to be had from weave().
  virtual Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) = 0;
  // For bodies of many short pieces, which cost less to copy together than to describe: writes the bytes [offset,
  // offset
  // + out.size()), which lie in the last window, to `out`. From memory and quickly: it is called on threads that serve
  // others, with up to 128 KiB at a time, and again for bytes that did not go out.
  virtual Result<void> weave(std::uint64_t /*offset*/, std::span<std::uint8_t> /*out*/) {
    return fail(ErrorCode::internal, "this source has ranges only");
  }
  // Called once, after the last byte that will be sent was given to the system, with how many bytes of the body went
  // out: 0 for HEAD, 304 and 416, less than asked for when the client went away.
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
  // Called once, on a worker, when the headers were sent. The client is disconnected when every sink was dropped.
  std::function<void(std::shared_ptr<EventSink>)> start;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  // A BodySource honours Range and If-Range (against an ETag header set here) and HEAD in the server, not in handlers;
  // so does If-None-Match with every ETag on a 200. Content-Length and Date are the server's too.
  std::variant<std::string, std::shared_ptr<BodySource>, EventBody> body;
  std::string route;  // filled in by the router: the pattern that took the request, for the access log

  Response& set(std::string name, std::string value);  // replaces, ignoring case
  Response& add(std::string name, std::string value);  // for headers that may come several times (Set-Cookie)
  std::optional<std::string_view> header(std::string_view name) const;  // the first, ignoring case

  static Response json(int status, std::string text);
  static Response text(int status, std::string text);
  static Response no_content();
  static Response redirect(std::string location);  // 303
};

// The error as application/problem+json: {"type","title","title_zh","status","code","detail","hint","request_id"}.
Response problem(const Error& error, std::string_view request_id);
// The same for what only HTTP knows: 400, 401, 403, 404, 405, 408, 412, 413, 415, 416, 417, 421, 429, 431, 500, 501,
// 503, 505.
Response problem(int status, std::string_view detail, std::string_view hint, std::string_view request_id);

}  // namespace probity::http
