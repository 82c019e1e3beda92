// Recipient records and files of recipients.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "parties/recipient.h"
#include "parties/recipient_csv.h"
#include "parties/text.h"

namespace probity::parties {
namespace {

TEST(RecipientDetails, parses_name_and_outlet) {
  const auto details = RecipientDetails::parse("  Mira   Holloway , Motor Weekly, Inc. ");
  ASSERT_TRUE(details);
  EXPECT_EQ(details->name, "Mira Holloway");
  EXPECT_EQ(details->outlet, "Motor Weekly, Inc.");
  EXPECT_EQ(display_name(*details), "Mira Holloway, Motor Weekly, Inc.");
}

TEST(RecipientDetails, takes_the_full_width_comma) {
  const auto details = RecipientDetails::parse("林小雨，星河车评");
  ASSERT_TRUE(details);
  EXPECT_EQ(details->name, "林小雨");
  EXPECT_EQ(details->outlet, "星河车评");
}

TEST(RecipientDetails, composes_and_folds_for_look_up) {
  const auto decomposed = RecipientDetails::parse("Rene\xCC\x81 Duval, Auto-Heute").value();
  const auto composed = RecipientDetails::parse("REN\xC3\x89 DUVAL, AUTO-HEUTE").value();
  EXPECT_EQ(decomposed.name, "Ren\xC3\xA9 Duval");
  EXPECT_EQ(decomposed.lookup_key(), composed.lookup_key());
  EXPECT_NE(decomposed.lookup_key(), RecipientDetails::parse("René Duval, Motor Weekly").value().lookup_key());
}

TEST(RecipientDetails, refuses_what_is_no_recipient) {
  for (const char* text : {"", "no comma here", ", outlet only", "name only, ", "bell\a, Motor Weekly",
                           "\xE2\x80\xAEturned, Motor Weekly", "\xFFnot utf-8, Motor Weekly"})
    EXPECT_FALSE(RecipientDetails::parse(text)) << text;
  EXPECT_FALSE(RecipientDetails::create(std::string(201, 'a'), "Motor Weekly"));
  EXPECT_FALSE(RecipientDetails::create("Mira Holloway", "Motor Weekly", "not a mail address"));
}

TEST(RecipientDetails, tidying_twice_changes_nothing) {
  EXPECT_TRUE(rc::check([](const std::string& name, const std::string& outlet) {
    const auto once = RecipientDetails::create(name, outlet);
    if (!once) return;
    RC_ASSERT(RecipientDetails::create(once->name, once->outlet).value() == *once);
  }));
}

TEST(RecipientsCsv, reads_quotes_line_ends_and_a_byte_order_mark) {
  const auto list = read_recipients_csv(
      "\xEF\xBB\xBFoutlet,Name,phone,email\r\n"
      "\"Motor \"\"Weekly\"\", Inc.\",Mira Holloway,1,mira@motorweekly.example\r\n"
      "\n"
      "Auto Heute,\"Jon\nBrandt\",2,\n");
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->recipients.size(), 2U);
  EXPECT_TRUE(list->problems.empty());
  EXPECT_EQ(list->recipients[0].outlet, "Motor \"Weekly\", Inc.");
  EXPECT_EQ(list->recipients[0].email, "mira@motorweekly.example");
  EXPECT_EQ(list->recipients[1].name, "Jon Brandt");
  EXPECT_EQ(list->ignored_columns, std::vector<std::string>{"phone"});
}

TEST(RecipientsCsv, names_the_lines_of_problems_and_duplicates) {
  const auto list = read_recipients_csv(
      "name,outlet\nMira Holloway,Motor Weekly\n,Motor Weekly\nonly one field\nMIRA HOLLOWAY, motor weekly\n");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->problems.size(), 2U);
  EXPECT_EQ(list->problems[0].line, 3U);
  EXPECT_EQ(list->problems[1].line, 4U);
  ASSERT_EQ(list->duplicates.size(), 1U);
  EXPECT_EQ(list->duplicates[0].line, 5U);
  EXPECT_EQ(list->duplicates[0].first_line, 2U);
}

TEST(RecipientsCsv, counts_lines_through_quoted_line_feeds) {
  const auto list = read_recipients_csv("name,outlet\n\"Mira\nHolloway\",Motor Weekly\n,x\n");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->problems.size(), 1U);
  EXPECT_EQ(list->problems[0].line, 4U);
}

TEST(RecipientsCsv, refuses_files_it_cannot_read) {
  for (const char* file : {"", "\n\n", "name;outlet\nMira;Motor Weekly\n", "name,outlet,name\n",
                           "name,outlet\n\"never closed,x\n", "name,outlet\nquo\"te,x\n", "name,outlet\n\"a\"b,x\n"})
    EXPECT_FALSE(read_recipients_csv(file)) << file;
  const auto latin1 = read_recipients_csv("name,outlet\nRen\xE9 Duval,Auto Heute\n");
  ASSERT_FALSE(latin1);
  EXPECT_NE(latin1.error().message.find("line 2"), std::string::npos);
}

TEST(RecipientsCsv, never_fails_badly_on_any_bytes) {
  EXPECT_TRUE(rc::check([](const std::string& tail) {
    const auto list = read_recipients_csv("name,outlet\n" + tail);
    if (list) RC_ASSERT(list->recipients.size() + list->problems.size() + list->duplicates.size() <= tail.size() + 1);
  }));
}

}  // namespace
}  // namespace probity::parties
