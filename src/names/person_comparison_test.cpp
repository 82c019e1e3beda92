#include "names/person_comparison.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <string>

namespace probity::names {
namespace {

std::string_view verdict(std::string_view a, std::string_view b) {
  return likeness_name(compare_person_names(a, b).likeness);
}
std::string_view finding(std::string_view a, std::string_view b, std::size_t part) {
  return compare_person_names(a, b).evidence[part].finding;
}

TEST(PersonComparison, FindsOneNameInEveryScript) {
  EXPECT_EQ(verdict("許智峯", "Ted Hui Chi-fung"), "likely");
  EXPECT_EQ(verdict("許智峯", "许智峰"), "likely");
  EXPECT_EQ(verdict("许智峰", "Xu Zhifeng"), "likely");
  EXPECT_EQ(verdict("许智峰", "Zhifeng XU"), "likely");
  EXPECT_EQ(verdict("曹德旺", "Ts'ao Te-wang"), "likely");
  EXPECT_EQ(verdict("欧阳娜娜", "Ou-yang Nana"), "likely");
  EXPECT_EQ(verdict("單小川", "Shan Xiaochuan"), "likely") << "a surname read in its own way";
  EXPECT_EQ(verdict("吕秀莲", "Lyu Xiulian"), "likely");
  EXPECT_EQ(verdict("Hui Chi Fung", "HUI, Chi-fung Ted"), "likely");
  EXPECT_EQ(finding("曹德旺", "Tsao Te-wang", 1), "spelt by Wade-Giles");
  EXPECT_EQ(finding("許智峯", "Hui Chi Fung", 1), "spelt in Cantonese");
}

TEST(PersonComparison, SaysLittleOfLittle) {
  EXPECT_EQ(verdict("任葆琳", "Pauline Yam"), "possible") << "only the surname is the same";
  EXPECT_EQ(verdict("任", "任"), "possible");
  EXPECT_EQ(verdict("張偉", "章偉"), "different") << "they sound the same and are two people";
  EXPECT_EQ(verdict("许智峰", "Xu Wenqiang"), "different");
  EXPECT_EQ(verdict("许智峰", "Wang Zhifeng"), "different");
  EXPECT_EQ(verdict("", ""), "different");
  EXPECT_LT(compare_person_names("欧阳娜娜", "欧阳娜娜").score, 1.0);
}

// The area under the curve: how often a right pair scores above a wrong one. Wrong pairs are each Latin name with the
// Han name of others; the file is a sample of real people (origin in ORIGIN.md).
TEST(PersonComparison, TellsRightFromShuffledPairs) {
  std::ifstream in("tests/vectors/screening/hk_tw_fullnames_sample.tsv");
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::string line; std::getline(in, line);)
    if (const auto tab = line.find('\t'); tab != std::string::npos)
      pairs.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  ASSERT_GE(pairs.size(), 40U);
  std::vector<double> right, wrong;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    right.push_back(compare_person_names(pairs[i].first, pairs[i].second).log_odds);
    for (std::size_t step : {1U, 7U, 19U})
      wrong.push_back(compare_person_names(pairs[i].first, pairs[(i + step) % pairs.size()].second).log_odds);
  }
  double above = 0;
  for (const double r : right)
    for (const double w : wrong) above += r > w ? 1 : r == w ? 0.5 : 0;
  const double area = above / static_cast<double>(right.size() * wrong.size());
  std::cout << "area under the curve " << area << " of " << right.size() << " pairs\n";
  EXPECT_GE(area, 0.98);
}

RC_GTEST_PROP(PersonComparison, DoesNotDependOnTheOrder, ()) {
  const auto word = rc::gen::element<std::string>("許", "智", "峯", "歐陽", "Hui", " Chi", "-fung", " Ted", " Xu",
                                                  "Zhifeng", " C.F.", ",", " ", "(", ")", "\xff");
  const auto a = *rc::gen::container<std::vector<std::string>>(word);
  const auto b = *rc::gen::container<std::vector<std::string>>(word);
  std::string left, right;
  for (const auto& part : a) left += part;
  for (const auto& part : b) right += part;
  RC_ASSERT(std::abs(compare_person_names(left, right).log_odds - compare_person_names(right, left).log_odds) < 1e-9);
}

}  // namespace
}  // namespace probity::names
