#include "pdf/tidy_document.h"

#include <gtest/gtest.h>

namespace probity::pdf {
namespace {

std::string tidied(std::string_view text) {
  const auto result = tidy_text(text);
  return result ? *result : "refused";
}

TEST(TidyDocument, LineEndsBecomeOneKind) { EXPECT_EQ(tidied("a\r\nb\rc\nd\r"), "a\nb\nc\nd\n"); }

TEST(TidyDocument, TabsBecomeSpaces) { EXPECT_EQ(tidied("a\tb"), "a b"); }

// An amount that reads backwards, a word that is cut by something unseen: what does not show is written out.
TEST(TidyDocument, WhatDoesNotShowIsWrittenOut) {
  EXPECT_EQ(tidied("GBP \u202E000,05\u202C"), "GBP [U+202E]000,05[U+202C]");
  EXPECT_EQ(tidied("a\u200Bb\u2060c\uFEFFd\u00ADe"), "a[U+200B]b[U+2060]c[U+FEFF]d[U+00AD]e");
  EXPECT_EQ(tidied("bell\a"), "bell[U+0007]");
  EXPECT_EQ(tidied("\u2066x\u2069\U000E0041"), "[U+2066]x[U+2069][U+E0041]");
}

TEST(TidyDocument, ScriptsKeepTheirJoiners) { EXPECT_EQ(tidied("क्\u200Dष 👩\u200D🔬"), "क्\u200Dष 👩\u200D🔬"); }

TEST(TidyDocument, OnlyUtf8Passes) {
  for (const std::string_view bad : {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x80", "a\xE4\xB8"})
    EXPECT_EQ(tidied(bad), "refused");
  EXPECT_EQ(tidied(std::string_view("a\0b", 3)), "refused");
}

TEST(TidyDocument, EveryTextOfADocumentIsLookedAt) {
  const std::string bad = "\xFF";
  const std::vector<Block> blocks{Heading{1, bad},
                                  Paragraph{bad, "x"},
                                  Paragraph{"x", bad},
                                  List{.items = {{"", bad}}},
                                  Definitions{{{bad, ""}}},
                                  Definitions{{{"", bad}}},
                                  Table{{{bad, 1}}, {}},
                                  Table{{{"x", 1}}, {{bad}}},
                                  Checkbox{true, bad},
                                  Callout{Tone::neutral, bad, ""},
                                  Callout{Tone::neutral, "", bad},
                                  Signatures{{{.note = bad}}},
                                  Picture{.image = BitMatrix{1, 1, {1}}, .caption = bad}};
  for (const Block& block : blocks) {
    Document document;
    document.blocks.push_back(block);
    const auto result = tidy_document(document);
    ASSERT_FALSE(result) << "block of kind " << block.index();
    EXPECT_EQ(result.error().code, ErrorCode::invalid_argument);
  }
}

}  // namespace
}  // namespace probity::pdf
