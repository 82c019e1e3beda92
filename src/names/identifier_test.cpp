#include "names/identifier.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace probity::names {
namespace {

std::string normal(IdentifierKind kind, std::string_view text) {
  const auto parsed = parse_identifier(kind, text);
  return parsed ? parsed->text : "refused: " + parsed.error().message;
}

// The examples of GB 11643, GB 32100 and GB 11714, and of ISO 17442's registrar.
TEST(Identifier, TakesPublishedExamples) {
  EXPECT_EQ(normal(IdentifierKind::resident_id, "11010519491231002X"), "11010519491231002X");
  EXPECT_EQ(normal(IdentifierKind::resident_id, "440524188001010014"), "440524188001010014");
  EXPECT_EQ(normal(IdentifierKind::credit_code, "91350100M000100Y43"), "91350100M000100Y43");
  EXPECT_EQ(normal(IdentifierKind::credit_code, "91420000737944946L"), "91420000737944946L");
  EXPECT_EQ(normal(IdentifierKind::organisation_code, "M000100Y-4"), "M000100Y4");
  EXPECT_EQ(normal(IdentifierKind::organisation_code, "73794494-6"), "737944946");
  EXPECT_EQ(normal(IdentifierKind::lei, "5493001KJTIIGC8Y1R12"), "5493001KJTIIGC8Y1R12");
  EXPECT_EQ(normal(IdentifierKind::passport, "chn e1234 5678"), "E12345678");
}

TEST(Identifier, HasOneSpelling) {
  for (const char* text : {"11010519491231002x", "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ",
                           "110105-19491231-002ｘ", "　11010519491231002X　"})
    EXPECT_EQ(normal(IdentifierKind::resident_id, text), "11010519491231002X") << text;
}

TEST(Identifier, TurnsFifteenDigitsIntoEighteen) {
  EXPECT_EQ(normal(IdentifierKind::resident_id, "110105491231002"), "11010519491231002X");
  // 996 to 999: older than a hundred when it was issued.
  EXPECT_EQ(normal(IdentifierKind::resident_id, "110105891231996").substr(6, 4), "1889");
}

TEST(Identifier, SaysWhatAResidentIdTells) {
  const auto facts = resident_facts(*parse_identifier(IdentifierKind::resident_id, "11010519491231002X"));
  EXPECT_EQ(facts.region, "110105");
  EXPECT_EQ(facts.year, 1949);
  EXPECT_EQ(facts.month, 12);
  EXPECT_EQ(facts.day, 31);
  EXPECT_FALSE(facts.male);
}

TEST(Identifier, FindsTheOrganisationCodeInACreditCode) {
  const auto code = organisation_code_of(*parse_identifier(IdentifierKind::credit_code, "91420000737944946L"));
  EXPECT_EQ(code.text, "737944946");
  EXPECT_TRUE(parse_identifier(IdentifierKind::organisation_code, code.text));
}

TEST(Identifier, SaysWhichRuleIsBrokenAndNeverRepeatsTheText) {
  const auto refused = [](IdentifierKind kind, std::string_view text, const std::string& part) {
    const auto parsed = parse_identifier(kind, text, {2026, 11, 22});
    ASSERT_FALSE(parsed) << text;
    EXPECT_NE(parsed.error().message.find(part), std::string::npos) << parsed.error().message;
    if (!text.empty()) {
      EXPECT_EQ(parsed.error().message.find(text), std::string::npos);
    }
  };
  refused(IdentifierKind::resident_id, "110105194912310021", "check character");
  refused(IdentifierKind::resident_id, "99010519491231002X", "province");
  refused(IdentifierKind::resident_id, "11010519491331002X", "date of birth");
  refused(IdentifierKind::resident_id, "110105203012310026", "date of birth");
  refused(IdentifierKind::resident_id, "11010519491231002", "18 characters");
  refused(IdentifierKind::resident_id, "", "18 characters");
  refused(IdentifierKind::resident_id, "1101051949123100ab", "17 digits");
  refused(IdentifierKind::credit_code, "91350100M000100Y44", "check character");
  refused(IdentifierKind::credit_code, "9135O100M000100Y43", "without I, O");
  refused(IdentifierKind::lei, "5493001KJTIIGC8Y1R13", "check digits");
  refused(IdentifierKind::passport, "12345678", "three letters");
  refused(IdentifierKind::passport, std::string(500, 'A'), "shorter");
}

// Any one changed digit is noticed, and the right number is among the repairs.
RC_GTEST_PROP(IdentifierProperties, OneWrongDigitIsNoticedAndRepaired, ()) {
  const int year = *rc::gen::inRange(1930, 2020), month = *rc::gen::inRange(1, 13), day = *rc::gen::inRange(1, 29);
  const int sequence = *rc::gen::inRange(0, 1000);
  char first_17[32];
  std::snprintf(first_17, sizeof first_17, "310104%04d%02d%02d%03d", year, month, day, sequence);
  std::string right;
  for (const char check : std::string("0123456789X"))
    if (parse_identifier(IdentifierKind::resident_id, std::string(first_17) + check))
      right = first_17 + std::string(1, check);
  RC_ASSERT(right.size() == 18U);
  const auto at = *rc::gen::inRange<std::size_t>(0, 17);
  std::string mistyped = right;
  mistyped[at] = static_cast<char>('0' + (mistyped[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
  RC_ASSERT(!parse_identifier(IdentifierKind::resident_id, mistyped));
  const auto repairs = one_typo_repairs(IdentifierKind::resident_id, mistyped);
  RC_ASSERT(std::ranges::any_of(repairs, [&](const Identifier& one) { return one.text == right; }));
}

RC_GTEST_PROP(IdentifierProperties, SwappedNeighboursAreRepaired, ()) {
  const std::string right = "91420000737944946L";
  const auto at = *rc::gen::inRange<std::size_t>(0, 17);
  std::string mistyped = right;
  std::swap(mistyped[at], mistyped[at + 1]);
  if (mistyped == right) return;
  const auto repairs = one_typo_repairs(IdentifierKind::credit_code, mistyped);
  RC_ASSERT(std::ranges::any_of(repairs, [&](const Identifier& one) { return one.text == right; }));
}

RC_GTEST_PROP(IdentifierProperties, AnyBytesAreAnsweredWith, (const std::string& text)) {
  for (const auto kind : {IdentifierKind::resident_id, IdentifierKind::passport, IdentifierKind::credit_code,
                          IdentifierKind::organisation_code, IdentifierKind::lei})
    if (const auto parsed = parse_identifier(kind, text)) {
      // What was accepted is its own spelling.
      const std::string again = parsed->country + parsed->text;
      const auto once_more = parse_identifier(kind, again);
      RC_ASSERT(once_more.has_value());
      RC_ASSERT((*once_more == *parsed));
    }
}

TEST(Identifier, IsFoundInFreeText) {
  EXPECT_TRUE(holds_resident_id("seller, id 11010519491231002X, active since May"));
  EXPECT_TRUE(holds_resident_id("号码：110105 1949 1231 002X"));
  EXPECT_TRUE(holds_resident_id("１１０１０５１９４９１２３１００２Ｘ"));
  EXPECT_FALSE(holds_resident_id("order 110105194912310021 of 3 pieces"));
  EXPECT_FALSE(holds_resident_id("call 400-820-8820"));
}

}  // namespace
}  // namespace probity::names
