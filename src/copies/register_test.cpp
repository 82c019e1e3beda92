// The register's chain: what it accepts, and that every change shows.
#include "copies/register.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/encoding.h"

namespace probity::copies {
namespace {

// The layout of docs/formats.md, put together by hand: a change to the code that breaks old registers fails here.
TEST(RegisterEntry, hashes_the_documented_bytes) {
  const RegisterEntry entry = next_entry({}, 1'700'000'000'123, EntryKind::copy_made, R"({"copy":"x"})");
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.bytes(as_bytes("probity register entry v1\n"));
  writer.integer(std::uint64_t{1});
  writer.integer(std::uint64_t{1'700'000'000'123});
  writer.integer(std::uint32_t{9});
  writer.bytes(as_bytes("copy_made"));
  writer.integer(std::uint32_t{12});
  writer.bytes(as_bytes(R"({"copy":"x"})"));
  writer.bytes(Hash{});
  EXPECT_EQ(to_hex(entry.hash), to_hex(sha256(bytes)));
}

TEST(RegisterEntry, follows_its_predecessor) {
  RegisterHead head;
  for (int i = 1; i <= 3; ++i) {
    const RegisterEntry entry = next_entry(head, i, EntryKind::asset_added, "{}");
    EXPECT_EQ(entry.sequence, static_cast<std::uint64_t>(i));
    EXPECT_FALSE(chain_fault(head, entry));
    head = {entry.sequence, entry.hash};
  }
}

TEST(RegisterEntry, shows_every_change) {
  EXPECT_TRUE(rc::check([](const std::string& payload, TimeMs time_ms, std::uint8_t field) {
    const RegisterHead head{41, sha256(as_bytes("before"))};
    RegisterEntry entry = next_entry(head, time_ms, EntryKind::copy_issued, payload);
    RC_ASSERT(!chain_fault(head, entry));
    switch (field % 5) {
      case 0:
        entry.time_ms ^= 1;
        break;
      case 1:
        entry.payload += 'x';
        break;
      case 2:
        entry.kind = EntryKind::copy_made;
        break;
      case 3:
        entry.sequence += 1;
        break;
      default:
        entry.previous[field % 32] ^= 1;
    }
    RC_ASSERT(chain_fault(head, entry));
    entry.hash = entry_hash(entry);
    // A forger who also recomputes the hash breaks the entry that follows instead, except where numbers or links break.
    if (field % 5 >= 3) RC_ASSERT(chain_fault(head, entry));
  }));
}

TEST(RegisterHead, round_trips_as_text) {
  const RegisterHead head{12, sha256(as_bytes("x"))};
  EXPECT_EQ(RegisterHead::parse(head.text()).value(), head);
  for (const char* text : {"", "12", "12:", "12:abcd", "x:00", ":00"}) EXPECT_FALSE(RegisterHead::parse(text)) << text;
}

}  // namespace
}  // namespace probity::copies
