// A response's first lines as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/response.h"

namespace probity::http {

struct WireOptions {
  bool keep_alive = true;
  std::optional<std::uint64_t> content_length = {};  // none: the body ends with the connection, or there is none
  std::string_view request_id = {};
  TimeMs now_ms = 0;
};

// Status line, headers, empty line. The server's own headers (Date, Connection, Content-Length, X-Request-Id) replace
// the response's. A header whose name is not a token is left out; control characters in values become spaces, so that
// no value can start another header.
std::string response_head(const Response& response, const WireOptions& options);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7).
std::string http_date(TimeMs time_ms);

}  // namespace probity::http
