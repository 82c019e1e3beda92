#include "http/metrics.h"

#include <gtest/gtest.h>

#include <thread>

#include "http/health.h"
#include "http/testing.h"

namespace probity::http {
namespace {

using testing::body_of;
using testing::make_request;

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, WritesPrometheusText) {
  Metrics metrics;
  metrics.counter("b_total", "Bees.", {{"kind", "a\"\\\nb"}}).add(3);
  metrics.gauge("a", "Now.").set(-4);
  EXPECT_EQ(metrics.text(),
            "# HELP a Now.\n# TYPE a gauge\na -4\n"
            "# HELP b_total Bees.\n# TYPE b_total counter\nb_total{kind=\"a\\\"\\\\\\nb\"} 3\n");
}

TEST(Metrics, HistogramsAreCumulative) {
  Metrics metrics;
  Histogram& histogram = metrics.histogram("h", "H.", {{"x", "y"}}, {0.5, 1, 2});
  for (const double value : {0.1, 0.5, 0.7, 3.0}) histogram.observe(value);
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, R"(h_bucket{x="y",le="0.5"} 2)"));
  EXPECT_TRUE(has_line(text, R"(h_bucket{x="y",le="1"} 3)"));
  EXPECT_TRUE(has_line(text, R"(h_bucket{x="y",le="2"} 3)"));
  EXPECT_TRUE(has_line(text, R"(h_bucket{x="y",le="+Inf"} 4)"));
  EXPECT_TRUE(has_line(text, R"(h_sum{x="y"} 4.3)"));
  EXPECT_TRUE(has_line(text, R"(h_count{x="y"} 4)"));
}

TEST(Metrics, CountsFromSeveralThreads) {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) metrics.counter("c", "C.", {{"n", std::to_string(n % 3)}}).add();
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(metrics.counter("c", "C.", {{"n", "0"}}).value(), 4 * 334U);
}

TEST(MetricsDeathTest, OneNameIsOneKind) {
  Metrics metrics;
  metrics.counter("c", "C.");
  EXPECT_DEATH(metrics.gauge("c", "C."), "type");
}

TEST(Metrics, MeasuresRequestsByPattern) {
  Metrics metrics;
  Router router;
  router.use(measure_requests(metrics));
  router.add(Method::get, "/a/{id}", [](const Request&) { return Response::no_content(); });
  router.handle(make_request(Method::get, "/a/secret"));
  router.handle(make_request(Method::get, "/b/secret"));
  const std::string text = metrics.text();
  EXPECT_TRUE(has_line(text, R"(probity_http_requests_total{method="GET",route="/a/{id}",status="2xx"} 1)"));
  EXPECT_TRUE(has_line(text, R"(probity_http_requests_total{method="GET",route="none",status="4xx"} 1)"));
  EXPECT_EQ(text.find("secret"), std::string::npos);
}

TEST(Metrics, KnowsTheProcess) {
  Metrics metrics;
  add_process_metrics(metrics);
  const std::string text = metrics.text();
  const std::size_t at = text.find("\nprocess_resident_memory_bytes ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_GT(std::stod(text.substr(at + 31)), 1e6);
  EXPECT_NE(text.find("\nprocess_open_fds "), std::string::npos);
}

TEST(Health, ReadyOnlyWhenEveryCheckPasses) {
  Metrics metrics;
  Router router;
  bool database = true;
  add_health_routes(router, metrics,
                    {.checks = {{"blobs", [] { return Result<void>(); }}, {"database", [&]() -> Result<void> {
                                                                             if (database) return {};
                                                                             return fail(ErrorCode::storage,
                                                                                         "secret path");
                                                                           }}}});
  EXPECT_EQ(router.handle(make_request(Method::get, "/healthz")).status, 200);
  EXPECT_EQ(router.handle(make_request(Method::get, "/readyz")).status, 200);
  database = false;
  const Response response = router.handle(make_request(Method::get, "/readyz"));
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(
      body_of(response),
      R"({"ready":false,"degraded":true,"checks":[{"name":"blobs","status":"ok"},{"name":"database","status":"storage"}]})");
}

TEST(Health, WhatIsNotNeededIsNamedAndStopsNothing) {
  Metrics metrics;
  Router router;
  const auto stands_still = []() -> Result<void> { return fail(ErrorCode::unavailable, "why"); };
  add_health_routes(router, metrics, {.checks = {{"log", stands_still, /*needed=*/false}}});
  const Response response = router.handle(make_request(Method::get, "/readyz"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(body_of(response), R"({"ready":true,"degraded":true,"checks":[{"name":"log","status":"unavailable"}]})");
}

TEST(Health, MetricsAreForThisMachine) {
  Metrics metrics;
  Router router;
  add_health_routes(router, metrics, {});
  Request request = make_request(Method::get, "/metrics");
  EXPECT_EQ(router.handle(request).status, 200);
  request.headers = {{"x-forwarded-for", "127.0.0.1"}};
  EXPECT_EQ(router.handle(request).status, 404);
  request.headers.clear();
  request.remote_address = "10.0.0.1";
  EXPECT_EQ(router.handle(request).status, 404);
}

}  // namespace
}  // namespace probity::http
