// Authorities over real HTTP: an honest one made of the openssl program, and others that are down, late or lie.
#include "app/timestamps.h"

#include <gtest/gtest.h>

#include <chrono>

#include "app/timestamp_http.h"
#include "seal/check.h"
#include "seal/test_authority.h"
#include "support/openssl_authority.h"
#include "support/tiny_http.h"

namespace probity::app {
namespace {

using test::TinyHttp;
using test::TinyRequest;

const Hash kImprint = sha256(as_bytes("what is stamped"));

class FixedClock final : public Clock {
 public:
  TimeMs now_ms() override { return seal::kNow; }
};

class TimestampsTest : public testing::Test {
 protected:
  std::unique_ptr<seal::TimestampAuthority> at(const std::string& url, std::string roots = {}) {
    auto authority = timestamp_over_http({url, std::move(roots), 1});
    EXPECT_TRUE(authority);
    return std::move(*authority);
  }
  template <class... Authority>
  Result<seal::Stamped> stamp(Clock& clock, Authority... authority) {
    std::vector<std::unique_ptr<seal::TimestampAuthority>> all;
    (all.push_back(std::move(authority)), ...);
    Timestamps timestamps(std::move(all), clock, random_);
    return timestamps.stamp(kImprint);
  }
  // Answers as the test's authority does, which may be told to be wrong.
  TinyHttp::Answer honestly(seal::TestAuthority& authority) {
    return [&authority](const TinyRequest& request) {
      const auto reply = authority.reply(as_bytes(request.body));
      return TinyHttp::ok(std::string(as_text(*reply)), "application/timestamp-reply");
    };
  }

  SystemClock clock_;
  FixedClock fixed_;
  SystemRandom random_;
};

TEST_F(TimestampsTest, OpensslAnswersOverHttp) {
  test::OpensslAuthority openssl;
  std::string head;
  TinyHttp server([&](const TinyRequest& request) {
    head = request.head;
    return TinyHttp::ok(openssl.reply(request.body), "application/timestamp-reply");
  });
  const auto stamped = stamp(clock_, at(server.url(), openssl.roots_pem()));
  ASSERT_TRUE(stamped) << stamped.error().message;
  EXPECT_EQ(stamped->timestamp.standing, seal::Standing::trusted);
  EXPECT_EQ(stamped->timestamp.authority.subject, "Meridian Time");
  EXPECT_EQ(stamped->timestamp.accuracy_ms, 1'000);
  EXPECT_NEAR(static_cast<double>(stamped->timestamp.time_ms), static_cast<double>(clock_.now_ms()), 10'000);
  EXPECT_EQ(stamped->authority, server.url());
  EXPECT_NE(head.find("Content-Type: application/timestamp-query"), std::string::npos) << head;
  const test::TemporaryFolder folder;
  const std::string token = folder.write("token.tst", stamped->token);
  const std::string data = folder.write("data", as_bytes("what is stamped"));
  const auto verified = test::run_tool("openssl ts -verify -token_in -in " + token + " -data " + data + " -CAfile '" +
                                       openssl.roots_file() + "'");
  EXPECT_NE(verified.output.find("Verification: OK"), std::string::npos) << verified.output;
}

TEST_F(TimestampsTest, GarbageAndRefusalsAreUnavailable) {
  std::string response;
  TinyHttp server([&](const TinyRequest&) { return response; });
  for (const auto& [answer, said] :
       {std::pair<std::string, std::string>{"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "the reply is HTTP 503"},
        {"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "the reply is HTTP 302"},
        {TinyHttp::ok("<html>"), "the authority's reply cannot be read"},
        {TinyHttp::ok(""), "the authority's reply cannot be read"},
        {TinyHttp::ok(std::string(100'000, '0')), "the reply is too large"},
        {"", "no reply: "}}) {
    response = answer;
    const auto stamped = stamp(clock_, at(server.url()));
    ASSERT_FALSE(stamped);
    EXPECT_EQ(stamped.error().code, ErrorCode::unavailable);
    EXPECT_NE(stamped.error().message.find(said), std::string::npos) << stamped.error().message;
  }
}

TEST_F(TimestampsTest, TheNextOneIsAskedWhenOneIsDownLateOrLies) {
  seal::TestAuthority honest;
  seal::TestAuthority liar;
  liar.form.imprint = sha256(as_bytes("something else"));
  TinyHttp good(honestly(honest));
  TinyHttp lying(honestly(liar));
  TinyHttp* late_server = nullptr;
  TinyHttp late([&](const TinyRequest&) {
    for (int i = 0; i < 300 && !late_server->stopping(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return std::string();
  });
  late_server = &late;
  const auto begun = std::chrono::steady_clock::now();
  const auto stamped = stamp(fixed_, at("http://127.0.0.1:1/"), at(lying.url()), at(late.url()), at(good.url()));
  ASSERT_TRUE(stamped) << stamped.error().message;
  EXPECT_EQ(stamped->authority, good.url());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
  EXPECT_EQ(liar.asked, 1);
}

TEST_F(TimestampsTest, TheOneThatAnsweredIsAskedFirst) {
  seal::TestAuthority wrong;
  wrong.form.status = 2;
  seal::TestAuthority right;
  TinyHttp one(honestly(wrong));
  TinyHttp two(honestly(right));
  std::vector<std::unique_ptr<seal::TimestampAuthority>> all;
  all.push_back(at(one.url()));
  all.push_back(at(two.url()));
  Timestamps timestamps(std::move(all), fixed_, random_);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(timestamps.stamp(kImprint));
  EXPECT_EQ(wrong.asked, 1);
  EXPECT_EQ(right.asked, 3);
  // An old answer is none: each question has its own nonce.
  right.form.nonce = seal::Nonce{7};
  const auto replayed = timestamps.stamp(kImprint);
  ASSERT_FALSE(replayed);
  EXPECT_NE(replayed.error().message.find("answered another question"), std::string::npos);
}

TEST_F(TimestampsTest, AddressesAreChecked) {
  EXPECT_EQ(timestamp_over_http({"ftp://x", "", 1}).error().code, ErrorCode::invalid_argument);
  Timestamps none({}, clock_, random_);
  EXPECT_FALSE(none.any());
  EXPECT_EQ(none.stamp(kImprint).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace probity::app
