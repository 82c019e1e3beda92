#include "http/selection.h"

#include <gtest/gtest.h>

namespace probity::http {
namespace {

Selection ranged(std::string range, std::uint64_t size = 1000) {
  return select({.method = Method::get, .range = std::move(range)}, "\"e\"", size, true);
}

TEST(Selection, SingleRanges) {
  EXPECT_EQ(ranged("bytes=0-499"), (Selection{206, 0, 500}));
  EXPECT_EQ(ranged("bytes=500-"), (Selection{206, 500, 500}));
  EXPECT_EQ(ranged("bytes=-200"), (Selection{206, 800, 200}));
  EXPECT_EQ(ranged("bytes=-5000"), (Selection{206, 0, 1000}));
  EXPECT_EQ(ranged("bytes=999-5000"), (Selection{206, 999, 1}));
  EXPECT_EQ(ranged("bytes=0-99999999999999999999999"), (Selection{206, 0, 1000}));
  EXPECT_EQ(ranged("bytes=0-0"), (Selection{206, 0, 1}));
}

TEST(Selection, RangesOutsideAreRefused) {
  for (const char* range : {"bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999999999999999-"})
    EXPECT_EQ(ranged(range), (Selection{416, 0, 0})) << range;
  EXPECT_EQ(ranged("bytes=0-", 0).status, 416);
  EXPECT_EQ(ranged("bytes=-5", 0).status, 416);
}

TEST(Selection, SeveralOrSenselessRangesAreTheWhole) {
  for (const char* range : {"bytes=0-1,5-6", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-b", "bytes=+1-2",
                            "items=0-1", "bytes = 0-1", "bytes=--5", "bytes=1--5"})
    EXPECT_EQ(ranged(range), (Selection{200, 0, 1000})) << range;
}

TEST(Selection, RangesCountForGetOnly) {
  EXPECT_EQ(select({.method = Method::head, .range = "bytes=0-1"}, "\"e\"", 9, true), (Selection{200, 0, 9}));
  EXPECT_EQ(select({.method = Method::get, .range = "bytes=0-1"}, "\"e\"", 9, false), (Selection{200, 0, 9}));
}

TEST(Selection, IfRangeNeedsTheSameStrongTag) {
  const auto with = [](std::string if_range, std::string etag) {
    return select({.method = Method::get, .if_range = std::move(if_range), .range = "bytes=1-2"}, etag, 9, true).status;
  };
  EXPECT_EQ(with("\"e\"", "\"e\""), 206);
  EXPECT_EQ(with("\"f\"", "\"e\""), 200);
  EXPECT_EQ(with("W/\"e\"", "\"e\""), 200);
  EXPECT_EQ(with("W/\"e\"", "W/\"e\""), 200);
  EXPECT_EQ(with("*", "\"e\""), 200);
  EXPECT_EQ(with("Wed, 21 Oct 2015 07:28:00 GMT", "\"e\""), 200);
  EXPECT_EQ(with("\"e\"", ""), 200);
}

TEST(Selection, IfNoneMatchComparesWeakly) {
  const auto with = [](std::string list, Method method = Method::get) {
    return select({.method = method, .if_none_match = std::move(list)}, "\"e\"", 9, true).status;
  };
  EXPECT_EQ(with("\"e\""), 304);
  EXPECT_EQ(with("\"e\"", Method::head), 304);
  EXPECT_EQ(with("\"e\"", Method::post), 200);
  EXPECT_EQ(with("\"a\", W/\"e\""), 304);
  EXPECT_EQ(with("*"), 304);
  EXPECT_EQ(with("\"a,e\""), 200);
  EXPECT_EQ(with("e"), 200);
  EXPECT_EQ(with("\"e"), 200);
}

TEST(Selection, IfMatchComparesStrongly) {
  const auto with = [](std::string list) {
    return select({.method = Method::get, .if_match = std::move(list)}, "\"e\"", 9, true).status;
  };
  EXPECT_EQ(with("\"e\""), 200);
  EXPECT_EQ(with("*"), 200);
  EXPECT_EQ(with("W/\"e\""), 412);
  EXPECT_EQ(with("\"f\""), 412);
}

}  // namespace
}  // namespace probity::http
