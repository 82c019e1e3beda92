#include "http/wire.h"

#include <gtest/gtest.h>

namespace probity::http {
namespace {

TEST(Wire, WritesTheHead) {
  Response response = Response::text(200, "x");
  response.set("Date", "never").set("content-length", "9").add("Set-Cookie", "a=1").add("Set-Cookie", "b=2");
  EXPECT_EQ(
      response_head(response, {.keep_alive = false, .content_length = 1, .request_id = "r", .now_ms = 784111777000}),
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nConnection: close\r\nContent-Length: 1\r\n"
      "X-Request-Id: r\r\nContent-Type: text/plain; charset=utf-8\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\n");
}

TEST(Wire, NoValueCanStartAnotherHeader) {
  Response response = Response::no_content();
  response.set("Content-Disposition", "a\r\nX-Evil: 1\nb\x01").set("X Bad", "1").set("X-Bad:\r\nY", "2").set("", "3");
  const std::string head = response_head(response, {.request_id = "r"});
  EXPECT_NE(head.find("Content-Disposition: a  X-Evil: 1 b \r\n\r\n"), std::string::npos) << head;
  EXPECT_EQ(head.find("Bad"), std::string::npos);
}

}  // namespace
}  // namespace probity::http
