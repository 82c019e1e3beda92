#include "http/server.h"

#include <gtest/gtest.h>

#include <mutex>

#include "http/testing.h"

namespace probity::http {
namespace {

using namespace std::chrono_literals;
using testing::raw_get;
using testing::raw_post;
using testing::RawClient;

std::string pattern_text(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + (i * 7 + i / 251) % 26);
  return text;
}

// A server on loopback with a few routes, and its access log.
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
      response.body = testing::make_text_source(pattern_text(std::stoul(request.param("bytes"))));
      return response.set("ETag", "\"copy\"");
    });
    router_.add(Method::get, "/throws", [](const Request&) -> Response { throw std::runtime_error("secret"); });
    options_.port = 0;
    options_.access_log = [this](const AccessEntry& entry) {
      const std::lock_guard lock(mutex_);
      log_.push_back(entry);
    };
  }

  void start() {
    auto server = Server::start(router_, options_);
    ASSERT_TRUE(server) << server.error().message;
    server_ = std::move(*server);
  }
  RawClient client() const { return RawClient(server_->port()); }
  std::vector<AccessEntry> log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }

  Router router_;
  ServerOptions options_;
  std::mutex mutex_;
  std::vector<AccessEntry> log_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersSeveralRequestsOnOneConnection) {
  start();
  RawClient client = this->client();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(raw_get("/hello?name=" + std::to_string(i))));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "hello " + std::to_string(i));
    EXPECT_EQ(response->header("connection"), "keep-alive");
    EXPECT_TRUE(response->header("x-request-id"));
    EXPECT_TRUE(response->header("date"));
  }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  RawClient client = this->client();
  std::string requests;
  for (int i = 0; i < 2000; ++i) requests += raw_get("/hello?name=" + std::to_string(i));
  std::thread sender([&] { client.send(requests); });
  for (int i = 0; i < 2000; ++i) {
    const auto response = client.receive();
    ASSERT_TRUE(response) << i;
    EXPECT_EQ(response->body, "hello " + std::to_string(i));
  }
  sender.join();
}

TEST_F(ServerTest, SendsSourcesWindowByWindow) {
  start();
  RawClient client = this->client();
  const std::string whole = pattern_text(11'000'001);
  client.send(raw_get("/copy/11000001"));
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->header("accept-ranges"), "bytes");
  EXPECT_TRUE(response->body == whole);
  client.send(raw_get("/copy/11000001", "Range: bytes=4194000-8400000\r\nIf-Range: \"copy\"\r\n"));
  const auto part = client.receive();
  ASSERT_TRUE(part);
  EXPECT_EQ(part->status, 206);
  EXPECT_EQ(part->header("content-range"), "bytes 4194000-8400000/11000001");
  EXPECT_TRUE(part->body == whole.substr(4194000, 8400001 - 4194000));
}

}  // namespace
}  // namespace probity::http
