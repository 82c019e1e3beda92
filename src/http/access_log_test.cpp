#include "http/access_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace probity::http {
namespace {

AccessEntry entry(std::string route) {
  return {.time_ms = 0,
          .id = "r-1",
          .method = "GET",
          .route = std::move(route),
          .remote_address = "::1",
          .status = 200,
          .body_bytes = 7,
          .duration_us = 42,
          .note = {}};
}

TEST(AccessLog, OneJsonLineARequest) {
  EXPECT_EQ(access_line(entry("/a/{id}")),
            R"({"time":"1970-01-01T00:00:00.000Z","id":"r-1","method":"GET","route":"/a/{id}","status":200,"bytes":7,)"
            R"("duration_us":42,"remote":"::1"})"
            "\n");
  AccessEntry broken = entry("\"\n");
  broken.note = "stalled";
  EXPECT_NE(access_line(broken).find(R"("route":"\"\n")"), std::string::npos);
  EXPECT_NE(access_line(broken).find(R"("note":"stalled"})"), std::string::npos);
}

TEST(AccessLog, WritesEverythingBeforeItEnds) {
  std::string written;
  {
    AccessLog log([&](std::string_view lines) { written += lines; });
    for (int i = 0; i < 1000; ++i) log.record(entry("/a"));
  }
  EXPECT_EQ(std::ranges::count(written, '\n'), 1000);
}

TEST(AccessLog, SaysWhatItDropped) {
  std::string written;
  std::promise<void> entered;
  std::promise<void> release;
  bool first = true;
  AccessLog log(
      [&](std::string_view lines) {
        if (std::exchange(first, false)) {
          entered.set_value();
          release.get_future().wait();
        }
        written += lines;
      },
      access_line(entry("/a")).size() * 2);
  log.record(entry("/a"));
  entered.get_future().wait();
  for (int i = 0; i < 5; ++i) log.record(entry("/a"));
  release.set_value();
  log.flush();
  EXPECT_EQ(std::ranges::count(written, '\n'), 1 + 2 + 1);
  EXPECT_NE(written.find("3 lines were dropped"), std::string::npos);
}

}  // namespace
}  // namespace probity::http
