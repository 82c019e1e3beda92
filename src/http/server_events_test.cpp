// Streams of server-sent events over a real server.
#include <gtest/gtest.h>

#include <atomic>

#include "http/event_stream.h"
#include "http/server_fixture.h"

namespace probity::http {
namespace {

using namespace std::chrono_literals;
using testing::raw_get;
using testing::RawClient;

TEST(EventFormat, EveryLineIsData) {
  EXPECT_EQ(format_event("progress", "{}"), "event: progress\ndata: {}\n\n");
  EXPECT_EQ(format_event("", "a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(format_event("a\r\nb", ""), "event: ab\ndata: \n\n");
}

class EventsTest : public ServerTest {
 protected:
  EventsTest() {
    router_.add(Method::get, "/events", [this](const Request&) {
      Response response;
      response.body = EventBody{[this](std::shared_ptr<EventSink> sink) {
        const std::lock_guard lock(sink_mutex_);
        sink_ = std::move(sink);
      }};
      return response;
    });
  }
  std::shared_ptr<EventSink> sink() {
    comes_true([&] {
      const std::lock_guard lock(sink_mutex_);
      return sink_ != nullptr;
    });
    const std::lock_guard lock(sink_mutex_);
    return sink_;
  }
  void drop_sink() {
    const std::lock_guard lock(sink_mutex_);
    sink_.reset();
  }
  std::mutex sink_mutex_;
  std::shared_ptr<EventSink> sink_;
};

TEST_F(EventsTest, ArriveAsTheyAreSent) {
  start();
  RawClient client = this->client();
  client.send(raw_get("/events"));
  const auto head = client.receive_until("\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_NE(head->find("Content-Type: text/event-stream\r\n"), std::string::npos);
  EXPECT_NE(head->find("Connection: close\r\n"), std::string::npos);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(sink()->send("n", std::to_string(i)));
    ASSERT_EQ(client.receive_until("\n\n"), "event: n\ndata: " + std::to_string(i) + "\n\n");
  }
  sink()->close();
  EXPECT_TRUE(client.closes());
  EXPECT_FALSE(sink()->send("n", "late"));
}

TEST_F(EventsTest, EndWhenTheSinkIsDropped) {
  start();
  RawClient client = this->client();
  client.send(raw_get("/events"));
  ASSERT_TRUE(client.receive_until("\r\n\r\n"));
  ASSERT_TRUE(sink()->send("n", "last"));
  drop_sink();
  EXPECT_TRUE(client.receive_until("data: last\n\n"));
  EXPECT_TRUE(client.closes());
}

TEST_F(EventsTest, BeatWhenThereIsNoNews) {
  options_.heartbeat = 30ms;
  start();
  RawClient client = this->client();
  client.send(raw_get("/events"));
  ASSERT_TRUE(client.receive_until("\r\n\r\n"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.receive_until("\n\n"), ": still here\n\n");
}

TEST_F(EventsTest, NoticeThatTheClientIsGone) {
  start();
  {
    RawClient client = this->client();
    client.send(raw_get("/events"));
    ASSERT_TRUE(client.receive_until("\r\n\r\n"));
    ASSERT_TRUE(sink());
  }
  EXPECT_TRUE(comes_true([&] { return !sink()->send("n", "x"); }));
  EXPECT_TRUE(comes_true([&] { return server_->stats().connections == 0; }));
}

TEST_F(EventsTest, ASlowReaderIsCutOff) {
  start();
  RawClient client = this->client();
  client.set_receive_buffer(4096);
  client.send(raw_get("/events"));
  ASSERT_TRUE(sink());
  const std::string data(10'000, 'x');
  EXPECT_TRUE(comes_true([&] {
    for (int i = 0; i < 100; ++i)
      if (!sink()->send("n", data)) return true;
    return false;
  }));
  ASSERT_TRUE(comes_true([&] { return !log().empty(); }));
  EXPECT_EQ(log()[0].note, "too slow a reader");
}

TEST_F(EventsTest, StoppingEndsThemAtOnce) {
  start();
  RawClient client = this->client();
  client.send(raw_get("/events"));
  ASSERT_TRUE(client.receive_until("\r\n\r\n"));
  ASSERT_TRUE(sink());
  std::thread stopper([&] { server_->stop(20s); });
  EXPECT_TRUE(client.closes());
  client.finish_sending();
  stopper.join();
  EXPECT_FALSE(sink()->send("n", "x"));
}

TEST_F(EventsTest, ManyThreadsMaySend) {
  options_.most_event_bytes = 10 << 20;
  start();
  RawClient client = this->client();
  client.send(raw_get("/events"));
  ASSERT_TRUE(client.receive_until("\r\n\r\n"));
  const auto shared = sink();
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 500; ++n) shared->send("n", "x");
    });
  for (auto& thread : threads) thread.join();
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(client.receive_until("\n\n"), "event: n\ndata: x\n\n");
}

}  // namespace
}  // namespace probity::http
