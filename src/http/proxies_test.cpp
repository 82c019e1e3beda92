#include "http/proxies.h"

#include <gtest/gtest.h>

namespace probity::http {
namespace {

Request from(const TrustedProxies& proxies, std::string peer, Fields headers) {
  Request request;
  request.headers = std::move(headers);
  proxies.apply(request, peer, false);
  return request;
}

TEST(TrustedProxies, NobodyIsTrustedByDefault) {
  const TrustedProxies proxies;
  const Request request = from(proxies, "127.0.0.1", {{"x-forwarded-for", "9.9.9.9"}, {"x-forwarded-proto", "https"}});
  EXPECT_EQ(request.remote_address, "127.0.0.1");
  EXPECT_FALSE(request.secure);
}

TEST(TrustedProxies, ReadsTheChainFromItsEnd) {
  const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "::1"});
  ASSERT_TRUE(proxies);
  EXPECT_EQ(from(*proxies, "10.1.1.1", {{"x-forwarded-for", "1.1.1.1, 2.2.2.2"}}).remote_address, "2.2.2.2");
  EXPECT_EQ(
      from(*proxies, "::1", {{"x-forwarded-for", "1.1.1.1, 2.2.2.2"}, {"x-forwarded-for", "10.2.2.2"}}).remote_address,
      "2.2.2.2");
  EXPECT_EQ(from(*proxies, "10.1.1.1", {{"x-forwarded-for", "evil, 10.3.3.3"}}).remote_address, "10.3.3.3");
  EXPECT_EQ(from(*proxies, "10.1.1.1", {}).remote_address, "10.1.1.1");
  EXPECT_EQ(from(*proxies, "11.1.1.1", {{"x-forwarded-for", "1.1.1.1"}}).remote_address, "11.1.1.1");
  EXPECT_TRUE(from(*proxies, "10.1.1.1", {{"x-forwarded-proto", "https"}}).secure);
}

TEST(TrustedProxies, NetworksEndAtTheirBits) {
  const auto proxies = TrustedProxies::parse({"192.168.4.0/22", "fd00::/8", "0.0.0.0/0"});
  ASSERT_TRUE(proxies);
  EXPECT_TRUE(proxies->trusts("8.8.8.8"));
  EXPECT_TRUE(proxies->trusts("fd12::1"));
  EXPECT_FALSE(proxies->trusts("fe80::1"));
  const auto narrow = TrustedProxies::parse({"192.168.4.0/22"});
  EXPECT_TRUE(narrow->trusts("192.168.7.255"));
  EXPECT_TRUE(narrow->trusts("::ffff:192.168.7.255"));
  EXPECT_FALSE(narrow->trusts("192.168.8.0"));
}

TEST(TrustedProxies, RefusesWhatIsNoNetwork) {
  for (const char* text : {"", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "::/129", "/8"})
    EXPECT_FALSE(TrustedProxies::parse({text})) << text;
}

}  // namespace
}  // namespace probity::http
