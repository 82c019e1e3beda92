// What clients do to a server, and what must not come of it.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <latch>

#include "http/server_fixture.h"

namespace probity::http {
namespace {

using namespace std::chrono_literals;
using testing::pattern_text;
using testing::raw_get;
using testing::raw_post;
using testing::RawClient;

// Says what it was asked for, and fails from an offset on.
class FailingSource final : public BodySource {
 public:
  FailingSource(std::uint64_t size, std::uint64_t fails_from, std::atomic<std::int64_t>& sent)
      : text_(size, 'x'), fails_from_(fails_from), sent_(sent) {}
  std::uint64_t size_bytes() const override { return text_.size(); }
  Result<std::span<const iovec>> gather(std::uint64_t offset, std::uint64_t length) override {
    if (offset >= fails_from_) return fail(ErrorCode::gone, "it was taken back");
    range_ = {text_.data() + offset, length};
    return std::span<const iovec>(&range_, 1);
  }
  void finished(std::uint64_t sent_bytes) override { sent_ = static_cast<std::int64_t>(sent_bytes); }

 private:
  std::string text_;
  std::uint64_t fails_from_;
  std::atomic<std::int64_t>& sent_;
  iovec range_{};
};

class HardshipTest : public ServerTest {
 protected:
  void add_failing(std::uint64_t size, std::uint64_t fails_from) {
    router_.add(Method::get, "/failing", [=, this](const Request&) {
      Response response;
      response.body = std::make_shared<FailingSource>(size, fails_from, finished_bytes_);
      return response;
    });
  }
  std::atomic<std::int64_t> finished_bytes_ = -1;
};

TEST_F(HardshipTest, SlowSendersAndReadersHoldNoWorker) {
  options_.workers = 1;
  const auto text = std::make_shared<const std::string>(pattern_text(12'000'000));
  router_.add(Method::get, "/large", [text](const Request&) {
    Response response;
    response.body = testing::make_shared_source(text);
    return response;
  });
  start();
  std::vector<RawClient> slow;
  for (int i = 0; i < 100; ++i) {
    slow.push_back(client());
    ASSERT_TRUE(slow.back().send("GET /hello HTTP/1.1\r\nHo"));
  }
  for (int i = 0; i < 50; ++i) {
    slow.push_back(client());
    ASSERT_TRUE(slow.back().send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"));
  }
  for (int i = 0; i < 20; ++i) {
    slow.push_back(client());
    ASSERT_TRUE(slow.back().send(raw_get("/large")));
  }
  RawClient quick = client();
  for (int i = 0; i < 20; ++i) {
    quick.send(raw_get("/hello"));
    ASSERT_TRUE(quick.receive());
  }
  slow.front().send("st: x\r\n\r\n");
  EXPECT_EQ(slow.front().receive()->status, 200);
  const auto copy = slow.back().receive();
  ASSERT_TRUE(copy);
  EXPECT_EQ(copy->body.size(), 12'000'000U);
}

TEST_F(HardshipTest, HeadersMustComeInTime) {
  options_.header_timeout = 100ms;
  options_.idle_timeout = 150ms;
  start();
  RawClient half = client();
  half.send("GET /hello HTTP/1.1\r\nHo");
  EXPECT_EQ(half.receive()->status, 408);
  half.finish_sending();
  EXPECT_TRUE(half.closes());
  RawClient silent = client();
  EXPECT_TRUE(silent.closes());
  RawClient idle = client();
  idle.send(raw_get("/hello"));
  EXPECT_EQ(idle.receive()->status, 200);
  EXPECT_TRUE(idle.closes());
}

TEST_F(HardshipTest, BodiesMustComeAtARate) {
  options_.body_grace = 200ms;
  options_.least_body_bytes_per_second = 100'000;
  start();
  RawClient slow = client();
  slow.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + std::string(1000, 'x'));
  EXPECT_EQ(slow.receive()->status, 408);
}

TEST_F(HardshipTest, AResponseThatNobodyTakesEnds) {
  options_.stall_timeout = 200ms;
  start();
  RawClient client = this->client();
  client.set_receive_buffer(4096);
  client.send(raw_get("/copy/30000000"));
  ASSERT_TRUE(comes_true([&] { return !log().empty(); }));
  EXPECT_EQ(log()[0].note, "stalled");
  EXPECT_LT(log()[0].body_bytes, 30'000'000U);
}

TEST_F(HardshipTest, SilentConnectionsMakeRoomForOthers) {
  options_.most_connections = 8;
  start();
  std::vector<RawClient> silent;
  for (int i = 0; i < 50; ++i) silent.push_back(client());
  RawClient last = client();
  last.send(raw_get("/hello"));
  EXPECT_EQ(last.receive()->status, 200);
  EXPECT_TRUE(comes_true([&] { return server_->stats().connections <= 8; }));
  EXPECT_GE(server_->stats().closed_for_room, 43U);
}

TEST_F(HardshipTest, AFullQueueSaysSo) {
  options_.workers = 1;
  options_.most_waiting_requests = 1;
  std::latch release(1);
  std::atomic<int> entered = 0;
  router_.add(Method::get, "/blocks", [&](const Request&) {
    ++entered;
    release.wait();
    return Response::no_content();
  });
  start();
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(client());
    clients.back().send(raw_get("/blocks"));
    if (i == 0) {
      ASSERT_TRUE(comes_true([&] { return entered == 1; }));
    } else if (i == 1) {
      ASSERT_TRUE(comes_true([&] { return server_->stats().waiting_requests == 1; }));
    }
  }
  const auto busy = clients[2].receive();
  ASSERT_TRUE(busy);
  EXPECT_EQ(busy->status, 503);
  EXPECT_EQ(busy->header("retry-after"), "2");
  EXPECT_EQ(busy->header("connection"), "keep-alive");
  EXPECT_EQ(server_->stats().refused_requests, 1U);
  release.count_down();
  EXPECT_EQ(clients[0].receive()->status, 204);
  EXPECT_EQ(clients[1].receive()->status, 204);
}

TEST_F(HardshipTest, UnfinishedUploadsTogetherAreBounded) {
  options_.most_buffered_body_bytes = 1'500'000;
  start();
  const std::string part =
      "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n" + std::string(1'000'000, 'x');
  RawClient first = client();
  first.send(part);
  ASSERT_TRUE(comes_true([&] { return server_->stats().buffered_body_bytes == 1'000'000; }));
  RawClient second = client();
  second.send(part);
  EXPECT_EQ(second.receive()->status, 503);
  first.send(std::string(48'576, 'x'));
  EXPECT_EQ(first.receive()->body.size(), 1'048'576U);
  EXPECT_TRUE(comes_true([&] { return server_->stats().buffered_body_bytes == 0; }));
}

TEST_F(HardshipTest, ASourceThatRefusesAtOnceIsAProblem) {
  add_failing(10'000'000, 0);
  start();
  RawClient client = this->client();
  client.send(raw_get("/failing"));
  EXPECT_EQ(client.receive()->status, 410);
  EXPECT_TRUE(comes_true([&] { return finished_bytes_ == 0; }));
}

TEST_F(HardshipTest, ASourceThatRefusesHalfWayEndsTheConnection) {
  add_failing(10'000'000, 5'000'000);
  start();
  RawClient client = this->client();
  client.send(raw_get("/failing"));
  EXPECT_FALSE(client.receive());
  ASSERT_TRUE(comes_true([&] { return !log().empty() && finished_bytes_ > 0; }));
  EXPECT_EQ(log()[0].note, "source failed: gone");
  EXPECT_EQ(log()[0].body_bytes, 8U << 20);
  EXPECT_EQ(finished_bytes_, 8 << 20);
}

TEST_F(HardshipTest, AWovenSourceThatIsDamagedEndsTheConnection) {
  router_.add(Method::get, "/damaged", [](const Request&) {
    Response response;
    response.body = testing::make_woven_source(pattern_text(3'000'000), 2'000'000);
    return response;
  });
  start();
  RawClient client = this->client();
  client.send(raw_get("/damaged"));
  EXPECT_FALSE(client.receive());
  ASSERT_TRUE(comes_true([&] { return !log().empty(); }));
  EXPECT_EQ(log()[0].note, "source failed: corrupt");
}

TEST_F(HardshipTest, SourcesLearnHowMuchWentOut) {
  add_failing(5'000'000, 5'000'000);
  start();
  RawClient client = this->client();
  client.send("HEAD /failing HTTP/1.1\r\nHost: x\r\n\r\n");
  ASSERT_TRUE(client.receive(true));
  EXPECT_TRUE(comes_true([&] { return finished_bytes_ == 0; }));
  client.send(raw_get("/failing", "Range: bytes=10-19\r\n"));
  ASSERT_TRUE(client.receive());
  EXPECT_TRUE(comes_true([&] { return finished_bytes_ == 10; }));
  client.send(raw_get("/failing"));
  ASSERT_TRUE(client.receive());
  EXPECT_TRUE(comes_true([&] { return finished_bytes_ == 5'000'000; }));
}

TEST_F(HardshipTest, ClientsThatVanishAreForgotten) {
  start();
  for (int i = 0; i < 20; ++i) {
    RawClient client = this->client();
    client.send(raw_get("/copy/20000000"));
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
  }
  EXPECT_TRUE(comes_true([&] { return server_->stats().connections == 0; }));
  EXPECT_TRUE(comes_true([&] { return log().size() == 20; }));
  EXPECT_EQ(log()[0].note, "client went away");
}

TEST_F(HardshipTest, StoppingLetsAnswersFinish) {
  std::latch release(1);
  std::atomic<bool> entered = false;
  router_.add(Method::get, "/blocks", [&](const Request&) {
    entered = true;
    release.wait();
    Response response;
    response.body = testing::make_text_source(pattern_text(9'000'000));
    return response;
  });
  start();
  RawClient idle = client();
  RawClient busy = client();
  busy.send(raw_get("/blocks"));
  ASSERT_TRUE(comes_true([&] { return entered.load(); }));
  std::thread stopper([&] { server_->stop(20s); });
  EXPECT_TRUE(idle.closes());
  release.count_down();
  const auto response = busy.receive();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body.size(), 9'000'000U);
  EXPECT_EQ(response->header("connection"), "close");
  EXPECT_TRUE(busy.closes());
  busy.finish_sending();
  stopper.join();
  server_->wait();
  EXPECT_FALSE(client().connected());
}

TEST_F(HardshipTest, StoppingDoesNotWaitForever) {
  start();
  RawClient client = this->client();
  client.set_receive_buffer(4096);
  client.send(raw_get("/copy/30000000"));
  ASSERT_TRUE(client.receive_until("\r\n\r\n"));
  server_->stop(50ms);
  EXPECT_EQ(log().at(0).note, "server stopped");
}

TEST_F(HardshipTest, StoppingUnderLoadCutsNoAnswerShort) {
  start();
  std::atomic<int> whole = 0;
  std::atomic<int> broken = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      while (true) {
        RawClient client = this->client();
        for (int n = 0; n < 50; ++n) {
          if (!client.connected() || !client.send(raw_get("/copy/300000"))) break;
          if (!client.receive_until("\r\n\r\n")) break;  // closed between requests
          const auto body = client.receive_until(pattern_text(300'000).substr(299'900));
          ++(body ? whole : broken);
        }
        if (!this->client().connected()) return;
      }
    });
  ASSERT_TRUE(comes_true([&] { return whole > 100; }));
  server_->stop(20s);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(broken, 0);
}

}  // namespace
}  // namespace probity::http
