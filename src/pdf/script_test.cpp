#include "pdf/script.h"

#include <gtest/gtest.h>

#include <string>

namespace probity::pdf {
namespace {

std::string pick(std::string_view text, const std::vector<ByteRange>& ranges) {
  std::string picked;
  for (const ByteRange& range : ranges) picked += text.substr(range.begin, range.end - range.begin);
  return picked;
}

TEST(Script, QuotesFollowWhatTheyStandBeside) {
  const std::string_view text = "本协议由“甲方”与“Zürich AG”签订, but “Party A” doesn’t…";
  const ScriptSeams seams = find_seams(text);
  EXPECT_EQ(pick(text, seams.full_width), "“”“”");
  EXPECT_EQ(pick(text, seams.narrow), "“”’…");
}

TEST(Script, DashesAndDotsOfChineseAreFullWidth) {
  const std::string_view text = "约翰·史密斯——编辑…… 2026–27 — a";
  const ScriptSeams seams = find_seams(text);
  EXPECT_EQ(pick(text, seams.full_width), "·——……");
  EXPECT_EQ(pick(text, seams.narrow), "—");
}

TEST(Script, AdjacentPunctuationIsHalvedOnce) {
  const std::string_view text = "（“甲方”）。《“书”》，完。";
  EXPECT_EQ(pick(text, find_seams(text).halved), "“”）。“”》");
}

TEST(Script, IdeographsBesideLatinAreFound) {
  const std::string_view text = "于2026年3月 1 日与Zürich签订，A。";
  EXPECT_EQ(pick(text, find_seams(text).beside_latin), "于年月与签");
}

TEST(Script, NothingInPlainTexts) {
  for (const std::string_view text :
       {std::string_view(), std::string_view("Plain, 'old' text - 1."), std::string_view("纯中文，没有其他。")}) {
    const ScriptSeams seams = find_seams(text);
    EXPECT_TRUE(seams.full_width.empty());
    EXPECT_TRUE(seams.narrow.empty());
    EXPECT_TRUE(seams.halved.empty());
    EXPECT_TRUE(seams.beside_latin.empty());
  }
}

}  // namespace
}  // namespace probity::pdf
