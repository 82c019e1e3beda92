// Encodings, ids, hashes and the error catalogue.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <set>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/encoding.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"

namespace probity {
namespace {

TEST(Encoding, round_trips_any_bytes) {
  EXPECT_TRUE(rc::check([](const Bytes& bytes) {
    RC_ASSERT(from_hex(to_hex(bytes)).value() == bytes);
    RC_ASSERT(from_base64(to_base64(bytes)).value() == bytes);
  }));
}

TEST(Encoding, refuses_what_is_not_hex_or_base64) {
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
  EXPECT_FALSE(from_base64("a"));
  EXPECT_FALSE(from_base64("!!!!"));
  for (int byte = 1; byte < 256; ++byte) {
    const std::string text = std::string("AA") + static_cast<char>(byte) + "A";
    const auto bytes = from_base64(text);
    EXPECT_EQ(bytes && to_base64(*bytes) == text, bytes.has_value()) << byte;
  }
}

TEST(Id, round_trips_and_refuses) {
  EXPECT_TRUE(rc::check([](const std::array<std::uint8_t, 16>& bytes) {
    const Id id{bytes};
    RC_ASSERT(id.text().size() == 26U);
    RC_ASSERT(Id::parse(id.text()).value() == id);
  }));
  EXPECT_FALSE(Id::parse("short"));
  EXPECT_FALSE(Id::parse(std::string(26, 'u')));
  EXPECT_FALSE(Id::parse("8" + std::string(25, '0')));  // the first character holds only three bits
}

// RFC 5869, appendix A.3 (zero-length salt and info), first 32 of its 42 bytes.
TEST(Hkdf, matches_the_published_vector) {
  const Bytes key(22, 0x0b);
  EXPECT_EQ(to_hex(hkdf(key, {})), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
  EXPECT_EQ(HkdfExpander::extract(key).derive({}), hkdf(key, {}));
}

TEST(Sha256, hashes_parts_as_a_whole) {
  EXPECT_EQ(to_hex(sha256(as_bytes("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({as_bytes("a"), as_bytes("bc")}), sha256(as_bytes("abc")));
}

TEST(ByteReader, fails_once_and_for_all_past_the_end) {
  const Bytes bytes{1, 2, 3};
  ByteReader reader(bytes);
  EXPECT_EQ(reader.integer<std::uint16_t>(), 0x0201);
  EXPECT_EQ(reader.integer<std::uint32_t>(), 0U);
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.integer<std::uint8_t>(), 0);
}

TEST(Catalogue, has_one_row_and_one_exit_code_per_error) {
  std::set<int> exit_codes;
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    const auto& entry = catalogue_entry(static_cast<ErrorCode>(code));
    EXPECT_TRUE(exit_codes.insert(entry.exit_code).second);
    EXPECT_FALSE(std::string(entry.title_zh).empty());
  }
}

TEST(Clock, writes_rfc3339) {
  EXPECT_EQ(to_rfc3339(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(1700000000123), "2023-11-14T22:13:20.123Z");
}

TEST(Encoding, lowers_ascii_letters_and_leaves_every_other_byte) {
  EXPECT_EQ(ascii_lower("Az09 @[`{"), "az09 @[`{");
  EXPECT_EQ(ascii_lower("ÄÉ 名单 İ"), "ÄÉ 名单 İ");  // whatever the locale makes of them
}

}  // namespace
}  // namespace probity
