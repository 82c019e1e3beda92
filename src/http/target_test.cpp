#include "http/target.h"

#include <gtest/gtest.h>

namespace probity::http {
namespace {

TEST(Target, DecodesPathAndQuery) {
  const auto target = parse_target("/api/v1/%E6%9D%8E%20x/?a=1+2&b=%26%3d&flag&=v&&a=%C3%BC");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/v1/李 x/");
  EXPECT_EQ(target->query, (Fields{{"a", "1 2"}, {"b", "&="}, {"flag", ""}, {"", "v"}, {"a", "ü"}}));
}

TEST(Target, KeepsPlusInPathsAndTheRootAlone) {
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
  EXPECT_EQ(parse_target("/")->path, "/");
  EXPECT_EQ(parse_target("/?")->path, "/");
  EXPECT_EQ(parse_target("/...")->path, "/...");
}

TEST(Target, TakesAbsoluteForm) {
  EXPECT_EQ(parse_target("http://example.org/a?b=c")->path, "/a");
  EXPECT_EQ(parse_target("https://example.org")->path, "/");
}

TEST(Target, RefusesPathsThatCanBeReadInTwoWays) {
  for (const char* target : {"",
                             "*",
                             "a",
                             "example.org:443",
                             "ftp://x/a",
                             "http://x?q",
                             "/a/../b",
                             "/..",
                             "/.",
                             "/a/./b",
                             "/%2e%2e/etc/passwd",
                             "/.%2E/x",
                             "//a",
                             "/a//b",
                             "//",
                             "/a%2fb",
                             "/a%2Fb",
                             "/a\\b",
                             "/a%5cb",
                             "/a%00b",
                             "/a%0d%0aSet-Cookie:x",
                             "/a%7f",
                             "/a%",
                             "/a%4",
                             "/a%zz",
                             "/a%+1",
                             "/%ff",
                             "/%c0%ae%c0%ae/",
                             "/%ed%a0%80",
                             "/a#b",
                             "/ü",
                             "/a b",
                             "/a?b=%00",
                             "/a?%0a=1",
                             "/a?b=%ff",
                             "/a?b=%"})
    EXPECT_FALSE(parse_target(target)) << target;
}

TEST(Target, LinesAreAllowedInQueryValuesOnly) { EXPECT_EQ(parse_target("/?a=b%0Ac")->query.front().second, "b\nc"); }

}  // namespace
}  // namespace probity::http
