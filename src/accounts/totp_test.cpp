#include "accounts/totp.h"

#include <gtest/gtest.h>

#include <set>

#include "accounts/qr.h"
#include "base/encoding.h"
#include "support/memory_ports.h"

namespace probity::accounts {
namespace {

// RFC 6238, appendix B: the seed's length follows the hash.
TEST(Totp, gives_the_codes_of_rfc_6238) {
  const std::string digits = "1234567890123456789012345678901234567890123456789012345678901234";
  const BytesView sha1 = as_bytes(digits).first(20), sha256 = as_bytes(digits).first(32), sha512 = as_bytes(digits);
  const struct {
    TimeMs seconds;
    const char *sha1, *sha256, *sha512;
  } rows[] = {{59, "94287082", "46119246", "90693936"},         {1111111109, "07081804", "68084774", "25091201"},
              {1111111111, "14050471", "67062674", "99943326"}, {1234567890, "89005924", "91819424", "93441116"},
              {2000000000, "69279037", "90698825", "38618901"}, {20000000000, "65353130", "77737706", "47863826"}};
  for (const auto& row : rows) {
    const auto step = totp_step(row.seconds * 1000);
    EXPECT_EQ(totp_code(sha1, step, 8, TotpHash::sha1), row.sha1);
    EXPECT_EQ(totp_code(sha256, step, 8, TotpHash::sha256), row.sha256);
    EXPECT_EQ(totp_code(sha512, step, 8, TotpHash::sha512), row.sha512);
    EXPECT_EQ(totp_code(sha1, step), std::string(row.sha1).substr(2));
  }
}

TEST(Totp, takes_the_neighbouring_steps_and_none_twice) {
  test::SeededRandom random;
  const Bytes seed = new_totp_seed(random);
  EXPECT_EQ(seed.size(), 20U);
  constexpr TimeMs kNow = 1'800'000'015'000;
  const auto step = totp_step(kNow);
  for (int by = -1; by <= 1; ++by) EXPECT_EQ(matching_step(seed, totp_code(seed, step + by), kNow, 0), step + by);
  for (const int by : {-3, -2, 2, 3}) EXPECT_FALSE(matching_step(seed, totp_code(seed, step + by), kNow, 0)) << by;
  EXPECT_FALSE(matching_step(seed, totp_code(seed, step), kNow, step)) << "replayed";
  EXPECT_FALSE(matching_step(seed, totp_code(seed, step - 1), kNow, step)) << "older than one that was used";
  EXPECT_EQ(matching_step(seed, totp_code(seed, step + 1), kNow, step), step + 1);
  for (const char* wrong : {"", "1", "000000 ", "12345", "1234567", "abcdef"})
    EXPECT_FALSE(matching_step(seed, wrong, kNow, 0)) << wrong;
}

TEST(Totp, writes_base32_and_the_uri_as_apps_read_them) {
  // RFC 4648, section 10.
  EXPECT_EQ(to_base32(as_bytes("")), "");
  EXPECT_EQ(to_base32(as_bytes("f")), "MY");
  EXPECT_EQ(to_base32(as_bytes("fo")), "MZXQ");
  EXPECT_EQ(to_base32(as_bytes("foo")), "MZXW6");
  EXPECT_EQ(to_base32(as_bytes("foob")), "MZXW6YQ");
  EXPECT_EQ(to_base32(as_bytes("foobar")), "MZXW6YTBOI");
  EXPECT_EQ(totp_uri(as_bytes("foobar"), "Harbour Nine", "a+b@example.com"),
            "otpauth://totp/Harbour%20Nine:a%2Bb%40example.com?secret=MZXW6YTBOI&issuer=Harbour%20Nine&algorithm=SHA1&"
            "digits=6&period=30");
}

TEST(Totp, seeds_open_with_their_key_and_for_their_account_only) {
  test::SeededRandom random;
  const SecretKey key(Hash{1}), other_key(Hash{2});
  const Id account = Id::random(random), other = Id::random(random);
  const Bytes seed = new_totp_seed(random);
  const std::string sealed = seal_seed(key, account, seed, random);
  EXPECT_EQ(open_seed(key, account, sealed).value(), seed);
  EXPECT_EQ(sealed.find(to_hex(seed)), std::string::npos);
  EXPECT_EQ(open_seed(other_key, account, sealed).error().code, ErrorCode::corrupt);
  EXPECT_EQ(open_seed(key, other, sealed).error().code, ErrorCode::corrupt);
  std::string damaged = sealed;
  damaged.back() = damaged.back() == '0' ? '1' : '0';
  EXPECT_FALSE(open_seed(key, account, damaged));
  EXPECT_FALSE(open_seed(key, account, ""));
  EXPECT_FALSE(open_seed(key, account, "00"));
}

TEST(RecoveryCodes, are_read_as_people_type_them) {
  test::SeededRandom random;
  const Id account = Id::random(random);
  const std::string code = new_recovery_code(random);
  EXPECT_EQ(code.size(), 27U) << "24 characters of 5 bits and three dashes";
  std::string typed;
  for (const char c : code)
    if (c != '-') typed.push_back(static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c));
  typed.insert(9, " ");
  EXPECT_TRUE(looks_like_recovery_code(typed));
  EXPECT_EQ(recovery_code_hash(account, typed), recovery_code_hash(account, code));
  EXPECT_NE(recovery_code_hash(Id{}, code), recovery_code_hash(account, code));
  EXPECT_EQ(recovery_code_hash(account, "oil000-000000-000000-000000"),
            recovery_code_hash(account, "011000000000000000000000"));
  EXPECT_FALSE(looks_like_recovery_code("123456"));
  std::set<std::string> many;
  for (int i = 0; i < 100; ++i) many.insert(new_recovery_code(random));
  EXPECT_EQ(many.size(), 100U);
}

TEST(QrSvg, is_a_picture_without_anything_that_runs) {
  const std::string svg = qr_svg("https://node.example/welcome#abc").value();
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "));
  EXPECT_TRUE(svg.ends_with("</svg>"));
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  EXPECT_EQ(svg.find("abc"), std::string::npos) << "the text stands in the modules only";
  // The finder pattern's top edge: seven dark modules behind the quiet zone of four.
  EXPECT_NE(svg.find("M4 4h7v1h-7z"), std::string::npos) << svg.substr(0, 300);
  EXPECT_NE(svg, qr_svg("https://node.example/welcome#abd").value());
  EXPECT_TRUE(qr_svg("扫码签署"));
  EXPECT_EQ(qr_svg(std::string(4000, 'x')).error().code, ErrorCode::too_large);
}

}  // namespace
}  // namespace probity::accounts
