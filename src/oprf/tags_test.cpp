#include "oprf/tags.h"

#include <gtest/gtest.h>

#include "oprf/label.h"
#include "support/scripted.h"

namespace probity::oprf {
namespace {

KeySet quick_keys() {
  KeySet keys;
  keys.epoch = 2027;
  keys.slow_hash = {8, 1};
  keys.salt.fill(7);
  return keys;
}

Bytes copy_of(BytesView view) { return {view.begin(), view.end()}; }

TEST(SlowHash, is_apart_by_kind_salt_cost_and_identifier) {
  const KeySet keys = quick_keys();
  const auto hashed = [](const KeySet& with, IdentifierKind kind, std::string_view text) {
    return copy_of(slow_hash(with, kind, text).value().view());
  };
  const Bytes one = hashed(keys, IdentifierKind::resident_id, "11010519491231002X");
  EXPECT_EQ(one, hashed(keys, IdentifierKind::resident_id, "11010519491231002X"));
  EXPECT_NE(one, hashed(keys, IdentifierKind::passport, "11010519491231002X"));
  EXPECT_NE(one, hashed(keys, IdentifierKind::resident_id, "110105194912310038"));
  KeySet other = keys;
  other.salt.fill(8);
  EXPECT_NE(one, hashed(other, IdentifierKind::resident_id, "11010519491231002X"));
  other = keys;
  other.slow_hash.passes = 2;
  EXPECT_NE(one, hashed(other, IdentifierKind::resident_id, "11010519491231002X"));
}

TEST(SlowHash, refuses_what_cannot_be_an_identifier_or_a_cost) {
  const KeySet keys = quick_keys();
  for (const std::string& bad : {std::string(), std::string(65, '1'), std::string("11 22"), std::string("张三")})
    EXPECT_FALSE(slow_hash(keys, IdentifierKind::resident_id, bad)) << bad;
  KeySet costly = keys;
  costly.slow_hash.memory_kib = (1 << 20) + 1;
  EXPECT_FALSE(slow_hash(costly, IdentifierKind::resident_id, "1"));
}

ListKeys keys_of(std::uint8_t number) {
  Output output;
  output.writable()[0] = number;
  return list_keys(output);
}

TEST(Labels, open_with_their_own_key_and_in_their_own_place_only) {
  test::SeededRandom random(1);
  const ListKeys keys = keys_of(1);
  const Bytes content = copy_of(as_bytes("case 12, bribery, until 2029"));
  const SealedLabel sealed = seal_label(2027, keys, content, random).value();
  EXPECT_EQ(open_label(2027, keys, sealed).value(), content);
  EXPECT_EQ(open_label(2028, keys, sealed).error().code, ErrorCode::forbidden);
  EXPECT_FALSE(open_label(2027, keys_of(2), sealed));
  ListKeys moved = keys;
  moved.tag = keys_of(2).tag;
  EXPECT_FALSE(open_label(2027, moved, sealed));
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    SealedLabel changed = sealed;
    changed[i] ^= 0x80;
    EXPECT_FALSE(open_label(2027, keys, changed));
  }
  EXPECT_FALSE(open_label(2027, keys, BytesView(sealed).first(295)));
}

TEST(Labels, have_one_size_whatever_they_say) {
  test::SeededRandom random(1);
  for (const std::size_t size : {0, 1, 254}) {
    const SealedLabel sealed = seal_label(2027, keys_of(1), Bytes(size, 'x'), random).value();
    EXPECT_EQ(sealed.size(), 296U);
    EXPECT_EQ(open_label(2027, keys_of(1), sealed).value().size(), size);
  }
  EXPECT_FALSE(seal_label(2027, keys_of(1), Bytes(255), random));
}

TEST(Tags, and_label_keys_tell_nothing_of_each_other) {
  const ListKeys keys = keys_of(1);
  EXPECT_FALSE(std::equal(keys.tag.begin(), keys.tag.end(), keys.label_key.view().begin()));
  EXPECT_NE(keys.tag, keys_of(2).tag);
}

}  // namespace
}  // namespace probity::oprf
