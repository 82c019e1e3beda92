#include "names/romanisation.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "names/han.h"
#include "names/latin.h"

namespace probity::names {
namespace {

bool has(const std::vector<std::string>& list, std::string_view word) { return std::ranges::count(list, word) == 1; }

TEST(Romanisation, TurnsPinyinIntoWadeGiles) {
  const std::pair<const char*, const char*> known[] = {
      {"zhang", "chang"}, {"cao", "tsao"}, {"xie", "hsieh"}, {"jiang", "chiang"}, {"xu", "hsu"},
      {"cai", "tsai"},    {"guo", "kuo"},  {"qiu", "chiu"},  {"zhong", "chung"},  {"yan", "yen"},
      {"jie", "chieh"},   {"shi", "shih"}, {"gui", "kuei"},  {"lve", "lueh"},     {"rong", "jung"}};
  for (const auto& [pinyin, wade] : known) EXPECT_TRUE(has(wade_giles_of(pinyin), wade)) << pinyin;
}

TEST(Romanisation, WritesCantoneseAsRegistersDo) {
  const std::pair<const char*, const char*> known[] = {
      {"can", "chan"}, {"zoeng", "cheung"}, {"wong", "wong"}, {"ng", "ng"},      {"lei", "lee"},    {"gwok", "kwok"},
      {"jip", "yip"},  {"jip", "ip"},       {"ceoi", "tsui"}, {"zang", "tsang"}, {"jyun", "yuen"},  {"ziu", "chiu"},
      {"si", "sze"},   {"zi", "tsz"},       {"zau", "chow"},  {"lou", "lo"},     {"joeng", "yeung"}};
  for (const auto& [jyutping, written] : known)
    EXPECT_TRUE(has(cantonese_spellings_of(jyutping), written)) << jyutping << ' ' << written;
}

TEST(Romanisation, KnowsWhichSyllablesAreOneCharacter) {
  EXPECT_TRUE(may_spell_the_same("xu", "tsui"));
  EXPECT_TRUE(may_spell_the_same("zhang", "chang"));
  EXPECT_TRUE(may_spell_the_same("cheung", "zhang"));
  EXPECT_FALSE(may_spell_the_same("wang", "chan"));
  EXPECT_TRUE(made_of_syllables("chifung"));
  EXPECT_FALSE(made_of_syllables("christopher"));
}

TEST(Latin, MakesLettersPlain) {
  EXPECT_EQ(plain_latin("Răspundere Société ÅKE"), "raspundere societe ake");
  EXPECT_EQ(plain_latin("ООО Газпром"), "ooo gazprom");
  EXPECT_EQ(plain_latin("Straße Łódź"), "strasse lodz");
  EXPECT_TRUE(is_western_given_name("pauline"));
  EXPECT_FALSE(is_western_given_name("mei"));
}

}  // namespace
}  // namespace probity::names
