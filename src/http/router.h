// Which handler answers: patterns like "/api/v1/projects/{project}/assets", a limit for the body, and middleware.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/request.h"
#include "http/response.h"

namespace probity::http {

// Handlers run on worker threads, several at a time. They may block on the database, never on a client.
using Handler = std::function<Response(const Request&)>;
// Wraps every handler, in the order of adding, the first outermost. `pattern` is the route's, for metrics and rules; it
// is empty when no route fits.
using Middleware = std::function<Response(const Request&, std::string_view pattern, const Handler& next)>;

struct RouteOptions {
  std::uint64_t most_body_bytes = 256 << 10;
};

class Router {
 public:
  // "{name}" takes one segment; "{name*}" as the last takes all that is left. Registering a pattern twice with one
  // method, or overlapping parameter names, is an assertion. HEAD goes to the GET handler.
  void add(Method method, std::string pattern, Handler handler, RouteOptions options = {});
  void use(Middleware middleware);
  // Answers what no pattern takes (the web interface's pages).
  void otherwise(Handler handler);

  // The route's limit, known before the body is read; the default for paths that no route takes.
  std::uint64_t most_body_bytes(Method method, std::string_view path) const;
  // Runs middleware and the handler. 404 and 405 (with Allow) as problems when nothing fits.
  Response handle(Request request) const;
  // "GET /api/v1/projects/{project}" for every route, sorted: checked against docs/api/openapi.yaml by a test.
  std::vector<std::string> routes() const;

 private:
  struct Route {
    Method method;
    std::string pattern;
    std::vector<std::string> segments;
    Handler handler;
    RouteOptions options;
  };
  std::vector<Route> routes_;
  std::vector<Middleware> middleware_;
  Handler otherwise_;
};

}  // namespace probity::http
