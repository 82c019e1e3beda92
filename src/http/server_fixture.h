// A server on loopback with a few routes, and its access log: what the tests of the server start from.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "http/server.h"
#include "http/testing.h"

namespace probity::http {

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    router_.add(Method::get, "/hello", [](const Request& request) {
      return Response::text(200, "hello " + std::string(request.query_value("name").value_or("")));
    });
    router_.add(Method::post, "/echo", [](const Request& request) { return Response::text(200, request.body); },
                {.most_body_bytes = 1 << 20});
    router_.add(Method::get, "/copy/{bytes}", [](const Request& request) {
      Response response;
      response.body = testing::make_text_source(testing::pattern_text(std::stoul(request.param("bytes"))));
      return response.set("ETag", "\"copy\"");
    });
    router_.add(Method::get, "/woven/{bytes}", [](const Request& request) {
      Response response;
      response.body = testing::make_woven_source(testing::pattern_text(std::stoul(request.param("bytes"))));
      return response;
    });
    router_.add(Method::get, "/throws", [](const Request&) -> Response { throw std::runtime_error("secret"); });
    options_.port = 0;
    options_.access_log = [this](const AccessEntry& entry) {
      const std::lock_guard lock(mutex_);
      log_.push_back(entry);
    };
  }

  // Before anything that handlers use goes away.
  void TearDown() override { server_.reset(); }

  void start() {
    auto server = Server::start(router_, options_);
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
  }
  testing::RawClient client() const { return testing::RawClient(server_->port()); }
  std::vector<AccessEntry> log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }
  // Waits for something that other threads will make true.
  static bool comes_true(const std::function<bool()>& condition) {
    for (int i = 0; i < 2000; ++i) {
      if (condition()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
  }

  Router router_;
  ServerOptions options_;
  std::mutex mutex_;
  std::vector<AccessEntry> log_;
  std::unique_ptr<Server> server_;
};

}  // namespace probity::http
