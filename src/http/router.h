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

// Filled before the server starts, read-only from then on; handle() may be called by several threads.
class Router {
 public:
  // "{name}" takes one segment that is not empty; "{name*}" as the last takes all that is left (and may be empty).
  // Where several patterns fit, the one with the earlier literal segment wins. Registering a pattern twice with one
  // method, or one parameter name twice in a pattern, is an assertion. HEAD goes to the GET handler.
  void add(Method method, std::string pattern, Handler handler, RouteOptions options = {});
  void use(Middleware middleware);
  // Answers what no pattern takes (the web interface's pages).
  void otherwise(Handler handler);

  // The route's limit, known before the body is read; the default for paths that no route takes.
  std::uint64_t most_body_bytes(Method method, std::string_view path) const;
  // Runs middleware and the handler. 404 and 405 (with Allow) as problems when nothing fits, 204 with Allow for
  // OPTIONS. An exception becomes a 500 that says nothing of its text, which may quote what should stay secret.
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
  struct Found {
    const Route* route = nullptr;
    std::vector<Method> allowed;  // of every pattern that takes the path, when the method does not fit
  };
  Found find(Method method, const std::vector<std::string_view>& segments) const;
  Response answer(Request& request, const Found& found) const;
  Response through(std::size_t index, const Request& request, std::string_view pattern, const Handler& handler) const;

  std::vector<Route> routes_;  // the more particular pattern first
  std::vector<Middleware> middleware_;
  Handler otherwise_;
};

}  // namespace probity::http
