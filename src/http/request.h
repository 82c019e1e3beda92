// An HTTP request as handlers see it: parsed, bounded, decoded; nothing of the server's library.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace probity::http {

enum class Method { get, head, post, put, patch, del, options };
std::string_view method_name(Method method);
std::optional<Method> parse_method(std::string_view name);

using Fields = std::vector<std::pair<std::string, std::string>>;

// A value. Header names are lower case; path, query and path parameters are percent-decoded and valid UTF-8 (the server
// answers 400 itself otherwise), the path starts with '/' and holds no "." or ".." segment and no control character.
struct Request {
  using Fields = http::Fields;

  Method method = Method::get;
  std::string path;
  Fields query;    // in order, repeated names allowed
  Fields headers;  // in order; bytes that are not UTF-8 were replaced by '?'
  Fields params;   // filled in by the router: "{id}" of the pattern
  std::string body;
  std::string remote_address;  // of the peer, or of the client when a trusted proxy says so
  bool secure = false;         // came over TLS (or a trusted proxy says so)
  std::string id;              // for the log and the X-Request-Id header

  // The first value of that name. Views live as long as the request.
  std::optional<std::string_view> header(std::string_view lower_case_name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  std::optional<std::string_view> cookie(std::string_view name) const;
  // A parameter the route's pattern has; an assertion otherwise.
  const std::string& param(std::string_view name) const;
};

}  // namespace probity::http
