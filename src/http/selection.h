// What of a body is sent: conditional requests and single ranges (RFC 9110 sections 13 and 14).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/request.h"

namespace probity::http {

// The headers of a request that decide it, kept when the request itself is given to the handler.
struct Conditions {
  Method method = Method::get;
  std::optional<std::string> if_match = {};
  std::optional<std::string> if_none_match = {};
  std::optional<std::string> if_range = {};
  std::optional<std::string> range = {};
};
Conditions conditions_of(const Request& request);

// Bytes [first, first + length) with this status: 200, 206, 304, 412 or 416 (the last three without bytes).
struct Selection {
  int status = 200;
  std::uint64_t first = 0;
  std::uint64_t length = 0;
  bool operator==(const Selection&) const = default;
};

// `etag`: as in the response's header, empty when there is none. Ranges are looked at only when `ranges`. Several
// ranges in one request are answered with the whole, as are ranges that make no sense.
Selection select(const Conditions& conditions, std::string_view etag, std::uint64_t size, bool ranges);

}  // namespace probity::http
