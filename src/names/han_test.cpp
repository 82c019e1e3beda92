#include "names/han.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <fstream>

namespace probity::names {
namespace {

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

TEST(Han, FoldsTraditionalWidthAndCase) {
  EXPECT_EQ(to_utf8(fold("廣東後裡裏鍾鐘葉範乾鬱")), "广东后里里钟钟叶范干郁");
  EXPECT_EQ(to_utf8(fold("ＡＢＣ　Ltd（上海）")), "abcltd(上海)");
  EXPECT_EQ(to_utf8(tidy_characters("鍾 Ｘ")), "鍾x") << "what was written stays";
}

TEST(Han, KnowsEveryReadingOfACharacter) {
  // Usual readings and those that only surnames or dialects have.
  const std::pair<char32_t, const char*> expected[] = {
      {U'单', "dan"}, {U'单', "shan"}, {U'單', "shan"}, {U'曾', "ceng"}, {U'曾', "zeng"},
      {U'区', "ou"},  {U'仇', "qiu"},  {U'查', "zha"},  {U'解', "xie"},  {U'翟', "zhai"},
      {U'盖', "ge"},  {U'吕', "lv"},   {U'女', "nv"},   {U'尉', "yu"},   {U'重', "chong"}};
  for (const auto& [character, reading] : expected)
    EXPECT_TRUE(holds(pinyin_readings(character), reading)) << to_utf8(std::u32string(1, character)) << ' ' << reading;
  EXPECT_TRUE(holds(cantonese_readings(U'陳'), "can"));
  EXPECT_TRUE(holds(cantonese_readings(U'吳'), "ng"));
  EXPECT_TRUE(pinyin_readings(U'x').empty());
}

TEST(Han, ReadsSurnamesAsSurnames) {
  EXPECT_EQ(surname_readings("单"), std::vector<std::string>{"shan"});
  EXPECT_EQ(surname_readings("單"), std::vector<std::string>{"shan"});
  EXPECT_EQ(surname_readings("万俟"), std::vector<std::string>{"mo qi"});
  EXPECT_EQ(surname_readings("尉遲"), std::vector<std::string>{"yu chi"});
  EXPECT_TRUE(holds(surname_readings("欧阳"), "ou yang"));
  EXPECT_TRUE(surname_readings("").empty());
}

// The union of dictionaries and the surnames' own list together miss no published surname reading.
TEST(Han, CarriesEveryPublishedSurname) {
  std::ifstream in("tests/vectors/screening/surname_readings.txt");
  int seen = 0;
  for (std::string line; std::getline(in, line);) {
    if (const auto colon = line.find(": "); colon != std::string::npos) {
      EXPECT_EQ(surname_readings(line.substr(0, colon)).size(), 1U) << line;
      ++seen;
    }
  }
  EXPECT_EQ(seen, 84);
}

TEST(Han, TakesAnyBytes) {
  EXPECT_EQ(characters("\xE5\x8D"), U"\xFFFD\xFFFD");
  EXPECT_EQ(characters("\xC0\xAF"), U"\xFFFD\xFFFD") << "a longer form than needed";
  EXPECT_EQ(characters("\xED\xA0\x80"), U"\xFFFD\xFFFD\xFFFD") << "half of a pair";
  EXPECT_EQ(to_utf8(characters("𠮷a")), "𠮷a");
}

TEST(Han, FoldingTwiceIsFoldingOnce) {
  for (char32_t c = 0x3400; c <= 0x9FFF; ++c)
    EXPECT_EQ(simplified(simplified(c)), simplified(c)) << to_utf8(std::u32string(1, c));
}

RC_GTEST_PROP(Han, CharactersComeBackAsTheyWere, (const std::string& bytes)) {
  const auto once = characters(bytes);
  RC_ASSERT(characters(to_utf8(once)) == once);
}

}  // namespace
}  // namespace probity::names
