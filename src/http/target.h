// The target of a request line, taken apart strictly: percent-decoded, UTF-8, and without any way to write one path
// twice.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/request.h"

namespace probity::http {

// True for well-formed UTF-8 (RFC 3629) without NUL.
bool is_utf8(std::string_view text);

struct Target {
  std::string path;
  Fields query;
};

// Takes origin form ("/a/b?q=1") and absolute form ("http://host/a", whose authority is left out). Errors:
// invalid_argument for everything else, and for paths that could be read in two ways: "." and ".." and empty segments
// (but for one trailing slash), encoded or plain backslashes, encoded slashes, control characters, bad escapes, bytes
// that are not UTF-8 or not escaped. In the query '+' is a space and control characters other than tab and line ends
// are refused.
Result<Target> parse_target(std::string_view target);

}  // namespace probity::http
