// A response on its way out: its head, then text, or windows of a source, as ranges of memory for the transport.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "http/response.h"
#include "http/selection.h"
#include "http/wire.h"

namespace probity::http {

// What is asked of a source at a time.
inline constexpr std::uint64_t kWindowBytes = 4 << 20;
// How much is woven at a time, at most: what stays in a processor's cache until it is sent.
inline constexpr std::size_t kWeaveBytes = 128 << 10;

// Used by one thread at a time. Its end tells the source how much went out, which may take a while: let it end on a
// thread that may wait.
class Outgoing {
 public:
  // Applies conditions and ranges, and writes the head. `wire`: all but the content length.
  Outgoing(Response response, const Conditions& conditions, WireOptions wire);
  ~Outgoing();
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  // Whether the next bytes must be gathered first.
  bool needs_gather() const {
    return !head_only_ && gathered_to_ < end_ && window_.empty() && woven_to_ == gathered_to_;
  }
  // Asks the source for its next window. Exceptions of the source become errors.
  Result<void> gather();
  // The next ranges, at most room.size() of them, written into `room`; woven bytes stand in `scratch`, which belongs to
  // the caller and is free again after advance(). None when done or a window must be gathered. Errors: the source's.
  Result<std::span<const iovec>> pending(std::span<iovec> room, std::span<std::uint8_t> scratch);
  // So many of the pending bytes went out.
  void advance(std::size_t bytes);

  int status() const { return status_; }
  bool keep_alive() const { return keep_alive_; }
  bool has_source() const { return source_ != nullptr; }
  std::uint64_t body_bytes_sent() const { return body_bytes_sent_; }
  const std::string& route() const { return route_; }
  // The stream that follows the head; its `start` is empty for other bodies.
  EventBody& events() { return events_; }

 private:
  void select_part(Response& response, const Conditions& conditions, std::string_view request_id);
  Result<std::size_t> weave_into(std::span<std::uint8_t> scratch);
  void advance_window(std::size_t bytes);
  void advance_woven(std::size_t bytes);

  int status_;
  bool keep_alive_;
  bool head_only_;
  std::string route_;
  std::string head_;
  std::string text_;
  std::size_t text_sent_ = 0;  // of head and text together
  std::shared_ptr<BodySource> source_;
  EventBody events_;
  std::uint64_t gathered_to_ = 0;
  std::uint64_t end_ = 0;
  std::span<const iovec> window_;  // what is left of it
  std::size_t window_offset_ = 0;  // into its first range
  std::uint64_t woven_to_ = 0;     // body bytes before this need no weaving
  std::size_t weave_bytes_;        // at a time: as much as the connection seems to take
  std::size_t offered_bytes_ = 0;  // woven in the last pending()
  std::uint64_t body_bytes_sent_ = 0;
};

}  // namespace probity::http
