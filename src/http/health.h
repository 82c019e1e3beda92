// What machines ask of a node: is it alive, is it ready, how is it doing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "http/metrics.h"
#include "http/router.h"

namespace probity::http {

struct ReadinessCheck {
  std::string name;                     // "database"
  std::function<Result<void>()> check;  // quick; called on a worker
  // Without it nothing can be answered. What is not needed is named when it fails, and the node goes on.
  bool needed = true;
};

// Whether the request came from this machine and not through a proxy here.
bool is_local(const Request& request);

struct HealthOptions {
  std::vector<ReadinessCheck> checks;
  // Counts and route patterns are nobody's secret, and nobody's business either.
  std::function<bool(const Request&)> may_read_metrics = is_local;
};

// GET /healthz: 200 as long as requests are answered at all. GET /readyz: 200, or 503 when a needed check fails; names
// the checks and their errors' codes, not their messages, and says `degraded` when any fails. GET /metrics: Prometheus
// text, 404 for those who may not. Borrows the registry.
void add_health_routes(Router& router, const Metrics& metrics, HealthOptions options);

}  // namespace probity::http
