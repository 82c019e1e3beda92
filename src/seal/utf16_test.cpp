#include "seal/utf16.h"

#include <gtest/gtest.h>

namespace probity::seal {
namespace {

TEST(Utf16, ThereAndBack) {
  for (const std::string text :
       {"", "plain", "Škoda", "流明", "𠮷🙂", "\u007F\u0080\u07FF\u0800\uFFFF\U00010000\U0010FFFF"}) {
    const auto units = to_utf16(text);
    ASSERT_TRUE(units);
    const auto again = to_utf8(*units);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, text);
  }
  EXPECT_EQ(*to_utf16("𠮷"), u"𠮷");
}

TEST(Utf16, WhatIsNotUtf8IsRefused) {
  for (const std::string_view bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x80\x80", "\xE4\xB8", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFF", "\xE4\x28\xA1"})
    EXPECT_FALSE(to_utf16(bad));
  EXPECT_FALSE(to_utf16(std::string_view("\0", 1)));
}

TEST(Utf16, LoneSurrogatesAreRefused) {
  for (const std::u16string& bad : {std::u16string{0xD800}, std::u16string{0xDC00}, std::u16string{0xD800, 'x'},
                                    std::u16string{0xDC00, 0xD800}, std::u16string{'a', 0}})
    EXPECT_FALSE(to_utf8(bad));
}

}  // namespace
}  // namespace probity::seal
