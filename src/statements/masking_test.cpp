#include "statements/masking.h"

#include <gtest/gtest.h>

namespace probity::statements {
namespace {

Id id_of(std::uint8_t which) {
  Id id{};
  id.bytes[0] = which;
  return id;
}

KnownParty person(const std::string& name, std::uint8_t which = 1) {
  return {id_of(which), name, "recipient", true, "", "", true};
}
KnownParty outlet(const std::string& name) { return {id_of(9), name, "outlet", false, "", "", false}; }

bool tells(const std::string& text, const std::vector<KnownParty>& parties, Naming organisations = Naming::role) {
  std::vector<NamedParty> shown;
  for (const KnownParty& party : parties)
    shown.push_back(shown_as(party, party.person ? Naming::role : organisations).value());
  return !NameFinder(parties, shown).find(text).empty();
}

TEST(Masking, keeps_the_first_letter_of_each_word) {
  EXPECT_EQ(masked_en("Zhang Wei"), "Z**** W**");
  EXPECT_EQ(masked_en("Anne-Marie O'Neill"), "A***-M**** O******");
  EXPECT_EQ(masked_en("张伟"), "Z**** W**");
  EXPECT_EQ(masked_zh("张伟"), "张*");
  EXPECT_EQ(masked_zh("欧阳娜娜"), "欧***");
  EXPECT_EQ(masked_zh("Zhang Wei"), "Z**** W**");
  EXPECT_EQ(masked_en("Élodie"), "É*****");
  EXPECT_EQ(masked_en(""), "");
}

TEST(Masking, never_shows_a_person_in_full) {
  EXPECT_FALSE(shown_as(person("Mira Holloway"), Naming::full));
  EXPECT_EQ(shown_as(outlet("Motor Weekly"), Naming::full)->label_en, "Motor Weekly");
  EXPECT_EQ(shown_as(person("Mira Holloway"), Naming::role)->label_zh, "一名接收人");
}

TEST(Masking, finds_names_however_they_are_written) {
  const std::vector<KnownParty> mira{person("Mira Holloway")};
  for (const char* text :
       {"by Mira Holloway", "by MIRA HOLLOWAY.", "Holloway, Mira did", "mira_holloway", "Ｍｉｒａ Holloway",
        "MiraHolloway", "Mira\xC2\xA0Holloway", "Mi\xE2\x80\x8Bra Holloway", "Mira\nHolloway", "Mira-Holloway's"})
    EXPECT_TRUE(tells(text, mira)) << text;
  for (const char* text : {"Mirabelle Holloway", "Holloway Road", "admira holloways", "a recipient", "Admira Holloway"})
    EXPECT_FALSE(tells(text, mira)) << text;

  const std::vector<KnownParty> zhang{person("张伟明")};
  for (const char* text : {"由张伟明发布", "张 伟 明", "張偉明", "Zhang Weiming", "Weiming ZHANG", "zhangweiming"})
    EXPECT_TRUE(tells(text, zhang)) << text;
  EXPECT_FALSE(tells("张先生", zhang));
}

TEST(Masking, lets_an_organisation_be_named_only_when_it_was_chosen) {
  const std::vector<KnownParty> weekly{outlet("Motor Weekly")};
  EXPECT_TRUE(tells("published by Motor Weekly", weekly));
  EXPECT_TRUE(tells("published by Motor Weekly", weekly, Naming::masked));
  EXPECT_FALSE(tells("published by Motor Weekly", weekly, Naming::full));
}

TEST(Masking, finds_addresses_and_numbers) {
  for (const char* text : {"write to a.b@weekly.example", "11010519491231002X", "138 0013 8000", "+49 30 1234567"})
    EXPECT_TRUE(tells(text, {})) << text;
  for (const char* text : {"2026-11-22 10:00 UTC", "CNY 50000", "S-2026-0001", "at 10:00 on 2026-11-22 in 12345678901"})
    EXPECT_EQ(tells(text, {}), std::string(text).find("12345678901") != std::string::npos) << text;
}

TEST(Masking, masks_a_reply_and_leaves_the_rest) {
  const std::vector<KnownParty> parties{person("Mira Holloway"), person("张伟", 2)};
  const std::vector<NamedParty> shown{shown_as(parties[0], Naming::masked).value(),
                                      shown_as(parties[1], Naming::role).value()};
  const NameFinder names(parties, shown);
  EXPECT_EQ(names.mask("I, Mira Holloway, asked 张伟 ($1 \\ x) at a@b.example", false),
            "I, M*** H*******, asked a recipient ($1 \\ x) at ***");
  EXPECT_EQ(names.mask("我是张伟，不是Zhang Wei。", true), "我是一名接收人，不是一名接收人。");
  EXPECT_TRUE(names.find(names.mask("Holloway Mira, 张偉", true)).empty());
}

}  // namespace
}  // namespace probity::statements
