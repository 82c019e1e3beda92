#include "http/health.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace probity::http {
namespace {

Response readiness(const std::vector<ReadinessCheck>& checks) {
  bool ready = true, degraded = false;
  auto rows = nlohmann::ordered_json::array();
  for (const ReadinessCheck& check : checks) {
    const Result<void> result = check.check();
    ready = ready && (result.has_value() || !check.needed);
    degraded = degraded || !result;
    rows.push_back({{"name", check.name}, {"status", result ? "ok" : catalogue_entry(result.error().code).name}});
  }
  const nlohmann::ordered_json document{{"ready", ready}, {"degraded", degraded}, {"checks", rows}};
  return Response::json(ready ? 200 : 503, document.dump()).set("Cache-Control", "no-store");
}

}  // namespace

bool is_local(const Request& request) {
  const bool through_proxy = request.header("x-forwarded-for") || request.header("forwarded");
  return !through_proxy && (request.remote_address.starts_with("127.") || request.remote_address == "::1");
}

void add_health_routes(Router& router, const Metrics& metrics, HealthOptions options) {
  router.add(Method::get, "/healthz",
             [](const Request&) { return Response::text(200, "ok\n").set("Cache-Control", "no-store"); });
  router.add(Method::get, "/readyz",
             [checks = std::move(options.checks)](const Request&) { return readiness(checks); });
  router.add(
      Method::get, "/metrics", [&metrics, may_read = std::move(options.may_read_metrics)](const Request& request) {
        if (!may_read(request)) return problem(404, "nothing has this address", "", request.id);
        return Response::text(200, metrics.text()).set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      });
}

}  // namespace probity::http
