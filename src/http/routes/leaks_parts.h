// The parts that the routes of leaks are made of; for their own files.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "http/routes/leaks.h"

namespace probity::http::routes {

// Adds one route; `work(services, request, caller)` returns a Result<Response>.
using LeakWork = Result<Response> (*)(const LeakRoutes&, const Request&, const accounts::Caller&);
struct LeakRoute {
  Method method;
  const char* path;
  accounts::Permission permission;
  LeakWork work;
  std::uint64_t most_body_bytes = 0;  // 0: the usual
};
void add_leak_route(Router& router, Guard& guard, const LeakRoutes& services, const LeakRoute& route);

Result<Id> leak_of(const Request& request);
// The leak as a whole, with what this caller may do next.
Result<Response> leak_answer(const LeakRoutes& services, const Id& leak, const accounts::Caller& caller,
                             int status = 200);

void add_leak_matter_routes(Router& router, Guard& guard, const LeakRoutes& services);
void add_leak_evidence_routes(Router& router, Guard& guard, const LeakRoutes& services);
void add_leak_result_routes(Router& router, Guard& guard, const LeakRoutes& services);

}  // namespace probity::http::routes
