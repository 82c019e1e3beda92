#include "leaks/words.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace probity::leaks {
namespace {

TEST(words, chances_read_as_people_say_them) {
  const auto en = [](double log10_chance) { return chance_in_words(log10_chance, Language::en); };
  const auto zh = [](double log10_chance) { return chance_in_words(log10_chance, Language::zh); };
  EXPECT_EQ(en(std::log10(3.1e-10)), "1 in 3 billion");
  EXPECT_EQ(en(std::log10(1.9e-5)), "1 in 50,000");
  EXPECT_EQ(en(-6.5), "1 in 3 million");
  EXPECT_EQ(en(-17.5), "1 in 300 quadrillion");
  EXPECT_EQ(en(-47.2), "1 in 10⁴⁷");
  EXPECT_EQ(en(0), "1 in 1");
  EXPECT_EQ(zh(std::log10(3.1e-10)), "30亿 分之一");
  EXPECT_EQ(zh(-12.5), "3万亿 分之一");
  EXPECT_EQ(zh(std::log10(1.9e-5)), "5万 分之一");
  EXPECT_EQ(zh(-47.2), "10⁴⁷ 分之一");
  EXPECT_EQ(number_in_words(5000), "5,000");
  EXPECT_EQ(number_in_words(999), "999");
  EXPECT_EQ(number_in_words(1234567), "1,234,567");
}

// "1 in 30 million" back to a logarithm.
double log10_said(const std::string& words) {
  const double number = std::stod(words.substr(5));
  const std::string unit = words.substr(words.find_last_of(' ') + 1);
  const double scale = unit == "million"       ? 6
                       : unit == "billion"     ? 9
                       : unit == "trillion"    ? 12
                       : unit == "quadrillion" ? 15
                                               : 0;
  return -(std::log10(number) + scale);
}

RC_GTEST_PROP(words, never_claim_more_than_the_number, ()) {
  const double log10_chance = -0.001 * *rc::gen::inRange(0, 17'000);
  std::string words = chance_in_words(log10_chance, Language::en);
  std::erase(words, ',');
  const double said = log10_said(words);
  RC_ASSERT(said >= log10_chance);
  RC_ASSERT(said <= log10_chance + 0.302);
}

Report sample(Outcome outcome) {
  Report report;
  report.outcome = outcome;
  report.created_ms = 1'790'000'000'000;
  LeakFileRecord file;
  file.name = "found.jpg";
  file.lay = {"features", 80, 0.9, 0.25, 0.31, 0.45, -12.5, true, 1.2, 1.3, 9.0, 900, 0.6, {}};
  report.files.push_back(file);
  if (outcome == Outcome::does_not_align) return report;
  AssetRecord asset;
  asset.title = "Coast road";
  report.assets.push_back(asset);
  report.trials.candidates = 5000;
  report.plot.emplace();
  if (outcome == Outcome::no_match) return report;
  FindingRecord finding;
  finding.role = outcome == Outcome::identified ? Role::accused : Role::lead;
  finding.finding.log10_total = outcome == Outcome::identified ? -9.51 : -5.5;
  finding.recipient = {"Mira Holloway", "Motor Weekly", ""};
  CopyEvidence copy;
  for (const auto purpose : {copies::Purpose::issue, copies::Purpose::export_again, copies::Purpose::evidence}) {
    MakingEvidence making;
    making.making.purpose = purpose;
    making.making.operator_name = "m.keller";
    copy.makings.push_back(making);
  }
  finding.copies.push_back(copy);
  report.findings.push_back(finding);
  return report;
}

std::vector<std::string> everything_said(const Report& report, Language language) {
  std::vector<std::string> said{verdict_title(report.outcome, language), verdict_sentence(report, language),
                                bound_sentence(report, language)};
  const auto add = [&](const std::vector<std::string>& lines) { said.insert(said.end(), lines.begin(), lines.end()); };
  for (const LeakFileRecord& file : report.files) add(what_was_done(file, language));
  add(what_it_cannot_show(report, language));
  add(what_would_change_it(report, language));
  for (const FindingRecord& finding : report.findings) add(makings_in_words(finding, language));
  for (const Miss miss : {Miss::too_small, Miss::no_masters, Miss::no_alignment, Miss::too_few_cells, Miss::unsure}) {
    LeakFileRecord file;
    file.miss = miss;
    add(what_was_done(file, language));
  }
  return said;
}

bool has_chinese(const std::string& text) {
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 0xE4 && first <= 0xE9) return true;
  }
  return false;
}

TEST(words, both_languages_say_everything) {
  for (const Outcome outcome : {Outcome::identified, Outcome::lead, Outcome::no_match, Outcome::does_not_align}) {
    const auto english = everything_said(sample(outcome), Language::en);
    const auto chinese = everything_said(sample(outcome), Language::zh);
    ASSERT_EQ(english.size(), chinese.size());
    for (std::size_t i = 0; i < english.size(); ++i) {
      EXPECT_FALSE(english[i].empty());
      EXPECT_FALSE(has_chinese(english[i])) << english[i];
      EXPECT_TRUE(has_chinese(chinese[i])) << english[i];
    }
  }
}

TEST(words, the_verdict_names_a_copy_and_its_bound) {
  const Report report = sample(Outcome::identified);
  EXPECT_EQ(verdict_sentence(report, Language::en),
            "The leaked picture was made from the copy of “Coast road” issued to Mira Holloway, Motor Weekly.");
  EXPECT_EQ(bound_sentence(report, Language::en),
            "The chance that any of the 4,999 innocent copies would score so is less than 1 in 3 billion.");
  EXPECT_EQ(verdict_sentence(report, Language::zh),
            "泄露图片出自发给 Mira Holloway, Motor Weekly 的《Coast road》副本。");
  EXPECT_NE(verdict_sentence(sample(Outcome::lead), Language::en).find("not surely enough"), std::string::npos);
}

TEST(words, several_colluders_are_all_named) {
  Report report = sample(Outcome::identified);
  report.findings.push_back(report.findings.front());
  report.findings.back().recipient = {"Jon Arkell", "Plain Press", ""};
  const std::string said = verdict_sentence(report, Language::en);
  EXPECT_NE(said.find("2 copies"), std::string::npos);
  EXPECT_NE(said.find("Mira Holloway"), std::string::npos);
  EXPECT_NE(said.find("Jon Arkell"), std::string::npos);
}

}  // namespace
}  // namespace probity::leaks
