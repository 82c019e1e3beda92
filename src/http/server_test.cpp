#include "http/server.h"

#include <gtest/gtest.h>

#include <thread>

#include "http/server_fixture.h"
#include "http/testing.h"

namespace probity::http {
namespace {

using namespace std::chrono_literals;
using testing::pattern_text;
using testing::raw_get;
using testing::raw_post;
using testing::RawClient;

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

TEST_F(ServerTest, SendsWovenSourcesOfEverySize) {
  start();
  RawClient client = this->client();
  for (const std::size_t size : {1UL, 131'071UL, 131'072UL, 131'073UL, 4UL << 20, 9'000'001UL}) {
    client.send(raw_get("/woven/" + std::to_string(size)));
    const auto response = client.receive();
    ASSERT_TRUE(response);
    EXPECT_TRUE(response->body == pattern_text(size)) << size;
  }
  client.send(raw_get("/woven/9000001", "Range: bytes=4000000-4500000\r\n"));
  const auto part = client.receive();
  ASSERT_TRUE(part);
  EXPECT_TRUE(part->body == pattern_text(4'500'001).substr(4'000'000));
}

TEST_F(ServerTest, WeavesAgainWhatASlowReaderDidNotTake) {
  start();
  RawClient client = this->client();
  client.set_receive_buffer(20'000);
  client.send(raw_get("/woven/9000001"));
  std::this_thread::sleep_for(50ms);
  const auto response = client.receive();
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->body == pattern_text(9'000'001));
}

TEST_F(ServerTest, AnswersHeadWithoutABody) {
  start();
  RawClient client = this->client();
  client.send("HEAD /copy/5000 HTTP/1.1\r\nHost: x\r\n\r\n" + raw_get("/hello"));
  const auto head = client.receive(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("content-length"), "5000");
  EXPECT_EQ(client.receive()->body, "hello ");
}

TEST_F(ServerTest, SaysWhatTheClientHasAlready) {
  start();
  RawClient client = this->client();
  client.send(raw_get("/copy/5000", "If-None-Match: W/\"copy\"\r\n"));
  const auto same = client.receive();
  ASSERT_TRUE(same);
  EXPECT_EQ(same->status, 304);
  EXPECT_EQ(same->header("etag"), "\"copy\"");
  EXPECT_FALSE(same->header("content-length"));
  client.send(raw_get("/copy/5000", "Range: bytes=5000-\r\n"));
  const auto outside = client.receive();
  ASSERT_TRUE(outside);
  EXPECT_EQ(outside->status, 416);
  EXPECT_EQ(outside->header("content-range"), "bytes */5000");
  client.send(raw_get("/copy/5000", "Range: bytes=0-1,4-5\r\n"));
  EXPECT_EQ(client.receive()->body.size(), 5000U);
}

TEST_F(ServerTest, AnEmptySourceIsAnEmptyBody) {
  start();
  RawClient client = this->client();
  client.send(raw_get("/copy/0") + raw_get("/hello"));
  EXPECT_EQ(client.receive()->header("content-length"), "0");
  EXPECT_EQ(client.receive()->body, "hello ");
}

TEST_F(ServerTest, RefusesBeforeReadingTheBody) {
  start();
  RawClient client = this->client();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n");
  const auto refused = client.receive(false, false);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 413);
  EXPECT_EQ(refused->header("content-type"), "application/problem+json");
  EXPECT_EQ(refused->header("connection"), "close");
  client.finish_sending();
  EXPECT_TRUE(client.closes());
}

TEST_F(ServerTest, AClientThatSendsOnGetsTheRefusalAllTheSame) {
  start();
  RawClient client = this->client();
  std::thread sender([&] {
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n");
    client.send(std::string(8'000'000, 'x'));
    client.finish_sending();
  });
  const auto refused = client.receive();
  sender.join();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 413);
}

TEST_F(ServerTest, ContinuesWhenAsked) {
  start();
  RawClient client = this->client();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive(false, false)->status, 100);
  client.send("abc");
  EXPECT_EQ(client.receive()->body, "abc");
}

TEST_F(ServerTest, ReadsLargeAndChunkedBodies) {
  start();
  RawClient client = this->client();
  const std::string body = pattern_text(1 << 20);
  client.send(raw_post("/echo", body));
  EXPECT_TRUE(client.receive()->body == body);
  std::string chunks = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 1000; ++i) chunks += "5;a=b\r\nhello\r\n";
  client.send(chunks + "0\r\n\r\n");
  EXPECT_EQ(client.receive()->body.size(), 5000U);
  chunks.clear();
  for (int i = 0; i < 2000; ++i) chunks += "3E8\r\n" + std::string(1000, 'x') + "\r\n";
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send(chunks);  // may be cut off by the refusal
  EXPECT_EQ(client.receive()->status, 413);
}

TEST_F(ServerTest, RefusesNonsenseAsProblems) {
  start();
  const std::vector<std::pair<std::string, int>> cases{
      {"\x16\x03\x01 hello", 400},
      {"GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET /%2e%2e/x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505},
      {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {"GET /none HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 404},
      {"DELETE /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405},
      {"GET /throws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 500},
  };
  for (const auto& [bytes, status] : cases) {
    RawClient client = this->client();
    client.send(bytes);
    const auto response = client.receive();
    ASSERT_TRUE(response) << bytes.substr(0, 60);
    EXPECT_EQ(response->status, status) << bytes.substr(0, 60);
    EXPECT_EQ(response->header("content-type"), "application/problem+json");
    EXPECT_EQ(response->body.find("secret"), std::string::npos);
    EXPECT_TRUE(client.closes()) << bytes.substr(0, 60);
  }
}

TEST_F(ServerTest, SpeaksHttp10) {
  start();
  RawClient once = client();
  once.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(once.receive()->header("connection"), "close");
  EXPECT_TRUE(once.closes());
  RawClient stays = client();
  for (int i = 0; i < 2; ++i) {
    stays.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(stays.receive()->header("connection"), "keep-alive");
  }
}

TEST_F(ServerTest, AnswersClientsThatHaveSaidTheirLast) {
  start();
  RawClient client = this->client();
  client.send(raw_get("/hello") + raw_get("/copy/3000000"));
  client.finish_sending();
  EXPECT_EQ(client.receive()->body, "hello ");
  EXPECT_EQ(client.receive()->body.size(), 3'000'000U);
  EXPECT_TRUE(client.closes());
}

TEST_F(ServerTest, LogsRoutesAndNeverPaths) {
  start();
  {
    RawClient client = this->client();
    client.send(raw_get("/copy/1234?token=hush") + raw_get("/nothing/hush") + "GET hush HTTP/1.1\r\nHost: x\r\n\r\n");
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(client.receive());
  }
  server_->stop(5s);
  const auto entries = log();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].route, "/copy/{bytes}");
  EXPECT_EQ(entries[0].method, "GET");
  EXPECT_EQ(entries[0].status, 200);
  EXPECT_EQ(entries[0].body_bytes, 1234U);
  EXPECT_EQ(entries[0].remote_address, "127.0.0.1");
  EXPECT_EQ(entries[0].note, "");
  EXPECT_EQ(entries[1].route, "");
  EXPECT_EQ(entries[1].status, 404);
  EXPECT_EQ(entries[2].method, "");
  EXPECT_EQ(entries[2].status, 400);
  EXPECT_NE(entries[0].id, entries[1].id);
}

TEST_F(ServerTest, BelievesTrustedProxiesOnly) {
  router_.add(Method::get, "/who", [](const Request& request) {
    return Response::text(200, request.remote_address + (request.secure ? " secure" : " plain"));
  });
  start();
  const std::string claims = raw_get("/who", "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n");
  RawClient direct = client();
  direct.send(claims);
  EXPECT_EQ(direct.receive()->body, "127.0.0.1 plain");
  options_.trusted_proxies = {"127.0.0.0/8"};
  start();
  RawClient through = client();
  through.send(claims);
  EXPECT_EQ(through.receive()->body, "9.9.9.9 secure");
}

TEST_F(ServerTest, SaysWhyItCannotStart) {
  start();
  options_.port = server_->port();
  EXPECT_EQ(Server::start(router_, options_).error().code, ErrorCode::conflict);
  options_.port = 0;
  options_.address = "localhost";
  EXPECT_EQ(Server::start(router_, options_).error().code, ErrorCode::invalid_argument);
  options_.address = "127.0.0.1";
  options_.trusted_proxies = {"nobody"};
  EXPECT_EQ(Server::start(router_, options_).error().code, ErrorCode::invalid_argument);
  options_.trusted_proxies.clear();
  options_.certificate_file = "/nonexistent.pem";
  EXPECT_EQ(Server::start(router_, options_).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace probity::http
