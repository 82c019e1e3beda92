#include "http/request_reader.h"

#include <gtest/gtest.h>

namespace probity::http {
namespace {

using State = RequestReader::State;

ReaderLimits limits(std::uint64_t most_body_bytes = 100) {
  ReaderLimits limits;
  limits.most_body_bytes = [=](Method, std::string_view) { return most_body_bytes; };
  return limits;
}

int status_of(std::string_view bytes) {
  const ReaderLimits allowed = limits();
  RequestReader reader(allowed);
  const State state = reader.feed(bytes);
  return state == State::refused ? reader.refusal().status : state == State::complete ? 200 : 0;
}

std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) + "\r\n";
}
std::string post(std::string_view more) { return "POST /a HTTP/1.1\r\nHost: x\r\n" + std::string(more); }

TEST(RequestReader, ReadsAWholeRequestAtEverySplit) {
  const std::string bytes =
      "\r\nPOST /a%20b?c=d HTTP/1.1\r\nHost: example.org:8080\r\nX-Name:  \xE6\x9D\x8E \r\nX-Bad: \xff\r\n"
      "Content-Length: 5\r\n\r\nhello" +
      get("/next");
  for (std::size_t split = 0; split <= bytes.size(); ++split) {
    const ReaderLimits allowed = limits();
    RequestReader reader(allowed);
    if (reader.feed(std::string_view(bytes).substr(0, split)) != State::complete)
      reader.feed(std::string_view(bytes).substr(split));
    ASSERT_EQ(reader.state(), State::complete) << split;
    const Request request = reader.take();
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.path, "/a b");
    EXPECT_EQ(request.query, (Fields{{"c", "d"}}));
    EXPECT_EQ(request.header("x-name"), "\xE6\x9D\x8E");
    EXPECT_EQ(request.header("x-bad"), "?");
    EXPECT_EQ(request.body, "hello");
    EXPECT_TRUE(reader.keep_alive());
    const std::size_t given = split >= bytes.size() - get("/next").size() ? split : bytes.size();
    ASSERT_EQ(reader.feed(std::string_view(bytes).substr(given)), State::complete) << split;
    EXPECT_EQ(reader.take().path, "/next");
    EXPECT_FALSE(reader.started());
  }
}

TEST(RequestReader, ReadsChunksAndForgetsTrailers) {
  const std::string bytes =
      post("Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nCookie: evil=1\r\n\r\n") + get("/n");
  for (std::size_t split = 1; split < bytes.size() - get("/n").size(); ++split) {
    const ReaderLimits allowed = limits();
    RequestReader reader(allowed);
    reader.feed(std::string_view(bytes).substr(0, split));
    reader.feed(std::string_view(bytes).substr(split));
    ASSERT_EQ(reader.state(), State::complete) << split;
    const Request request = reader.take();
    EXPECT_EQ(request.body, "abcde");
    EXPECT_FALSE(request.header("cookie"));
    ASSERT_EQ(reader.feed(""), State::complete);
    EXPECT_EQ(reader.take().path, "/n");
  }
}

// A quoted extension over the end of its line once ended the body elsewhere when everything came at once.
TEST(RequestReader, ReadsChunksInOneWayHoweverTheyArrive) {
  const std::string head = "Transfer-Encoding: chunked\r\n\r\n";
  for (const std::string chunks : {"3;a=\"\r\nabc\r\n0\r\n\r\n", "3;a=\"x\"\r\nabc\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n",
                                   " 3\r\nabc\r\n", "3 \r\nabc\r\n", "+3\r\nabc\r\n", "0x3\r\nabc\r\n", "-0\r\n\r\n",
                                   "FFFFFFFFFFFFFFFF\r\n", "0\r\nno field\r\n\r\n", "0\r\n folded: x\r\n\r\n",
                                   "3;\r\nabc\r\n0\r\n\r\n", "003\r\nabc\r\n00\r\nA: b\r\n\r\n"}) {
    const std::string bytes = post(head + chunks);
    const ReaderLimits allowed = limits();
    const auto outcome = [&](std::size_t step) {
      RequestReader reader(allowed);
      State state = State::head;
      for (std::size_t at = 0; at < bytes.size() && state < State::complete; at += step)
        state = reader.feed(std::string_view(bytes).substr(at, step));
      return state == State::complete ? reader.take().body : std::to_string(reader.refusal().status);
    };
    const bool is_good = chunks.starts_with("3;\r") || chunks.starts_with("003");
    for (const std::size_t step : {bytes.size(), std::size_t{1}, std::size_t{2}, std::size_t{7}})
      EXPECT_EQ(outcome(step), is_good ? "abc" : "400") << chunks << " by " << step;
  }
}

TEST(RequestReader, RefusesWhatCanBeReadInTwoWays) {
  EXPECT_EQ(status_of("GET /a HTTP/1.1\r\n\r\n"), 400);                          // no Host
  EXPECT_EQ(status_of(get("/a", "Host: y\r\n")), 400);                           // two
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);              // no host name
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n"), 400);  // folded
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\nC: d\r\n\r\n"), 400);  // bare LF
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n"), 400);  // bare CR
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost : x\r\n\r\n"), 400);               // space before the colon
  EXPECT_EQ(status_of(get("/", std::string("A: b") + '\0' + "\r\n")), 400);
  EXPECT_EQ(status_of(get("/../etc")), 400);
  EXPECT_EQ(status_of(get("*")), 400);
  EXPECT_EQ(status_of(post("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("Content-Length: 1\r\nContent-Length: 1\r\n\r\na")), 400);
  EXPECT_EQ(status_of(post("Content-Length: 1, 1\r\n\r\na")), 200);  // one header: RFC 9112 allows it
  EXPECT_EQ(status_of(post("Content-Length: 1, 2\r\n\r\na")), 400);
  EXPECT_EQ(status_of(post("Content-Length: -1\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("Content-Length: +1\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("Content-Length: 99999999999999999999999\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\n\r\nzz\r\n")), 400);
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
}

TEST(RequestReader, RefusesWhatItDoesNotSpeak) {
  EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(status_of("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 501);
  EXPECT_EQ(status_of("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n"), 501);
  EXPECT_EQ(status_of("CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n"), 501);
  EXPECT_EQ(status_of(post("Transfer-Encoding: gzip, chunked\r\n\r\n")), 501);
  EXPECT_EQ(status_of(post("Expect: tea\r\nContent-Length: 1\r\n\r\n")), 417);
  EXPECT_EQ(status_of("\x16\x03\x01\x02"), 400);
  EXPECT_EQ(status_of("GET\r\n\r\n"), 400);
}

TEST(RequestReader, LimitsHeadAndBody) {
  EXPECT_EQ(status_of(get("/", "A: " + std::string(17 << 10, 'a') + "\r\n")), 431);
  EXPECT_EQ(status_of("GET /" + std::string(17 << 10, 'a')), 431);
  std::string many;
  for (int i = 0; i < 101; ++i) many += "A: b\r\n";
  EXPECT_EQ(status_of(get("/", many)), 431);
  EXPECT_EQ(status_of(post("Content-Length: 101\r\n\r\n")), 413);
  EXPECT_EQ(status_of(post("Content-Length: 100\r\n\r\n")), 0);
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\n\r\n65\r\n")), 413);
  std::string chunks;
  for (int i = 0; i < 11; ++i) chunks += "A\r\n0123456789\r\n";
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\n\r\n" + chunks)), 413);
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked\r\n\r\n1;" + std::string(20 << 10, 'x'))), 400);
}

TEST(RequestReader, ContinuesOnlyWhenAsked) {
  const ReaderLimits allowed = limits();
  RequestReader reader(allowed);
  reader.feed(post("Expect: 100-continue\r\nContent-Length: 1\r\n\r\n"));
  EXPECT_TRUE(reader.take_expectation());
  EXPECT_FALSE(reader.take_expectation());
  EXPECT_EQ(reader.feed("a"), State::complete);
  reader.take();
  reader.feed(post("Expect: 100-continue\r\nContent-Length: 2\r\n\r\na"));  // it did not wait
  EXPECT_FALSE(reader.take_expectation());
}

TEST(RequestReader, KnowsWhetherTheClientWouldStay) {
  const auto stays = [](std::string_view bytes) {
    const ReaderLimits allowed = limits();
    RequestReader reader(allowed);
    EXPECT_EQ(reader.feed(bytes), State::complete);
    return reader.keep_alive();
  };
  EXPECT_TRUE(stays(get("/")));
  EXPECT_FALSE(stays(get("/", "Connection: Close\r\n")));
  EXPECT_FALSE(stays("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(stays("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

}  // namespace
}  // namespace probity::http
