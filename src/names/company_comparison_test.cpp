#include "names/company_comparison.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <fstream>
#include <iostream>

namespace probity::names {
namespace {

CompanyComparison between(std::string_view a, std::string_view b) {
  return compare(parse_company_name(a), parse_company_name(b));
}
std::string_view verdict(std::string_view a, std::string_view b) { return likeness_name(between(a, b).likeness); }
std::string_view finding(std::string_view a, std::string_view b, Feature feature) {
  return between(a, b).evidence[static_cast<std::size_t>(feature)].finding;
}

constexpr const char* kName = "武汉海明智业电子商务有限公司";

TEST(CompanyComparison, FindsTheSameCompanyWrittenDifferently) {
  EXPECT_EQ(verdict(kName, kName), "likely");
  EXPECT_EQ(verdict(kName, "武漢市海明智業電子商務有限責任公司"), "likely");
  EXPECT_EQ(verdict(kName, "海明智业（武汉）电子商务有限公司"), "likely");
  EXPECT_EQ(verdict(kName, "Wuhan Haiming Zhiye E-Commerce Co., Ltd."), "likely");
  EXPECT_EQ(verdict(kName, "武汉海铭智业电子商务有限公司"), "likely") << "another character of the same sound";
  EXPECT_EQ(verdict("上海瑞讯科技有限公司", "上海锐讯科技有限公司"), "possible") << "too short to be sure";
  EXPECT_EQ(verdict(kName, "武汉海明智业电子商努有限公司"), "likely") << "a typing error in the trade";
  EXPECT_EQ(finding(kName, "武汉海铭智业电子商务有限公司", Feature::brand), "sounds alike");
  EXPECT_EQ(finding(kName, "武漢海明智業電子商務有限公司", Feature::brand), "other forms of the same characters");
}

TEST(CompanyComparison, CountsWhatDiffersAgainst) {
  EXPECT_EQ(verdict("北京瑞讯科技有限公司", "上海瑞讯科技有限公司"), "different") << "same brand, other region";
  EXPECT_EQ(finding("北京瑞讯科技有限公司", "上海瑞讯科技有限公司", Feature::region), "differs");
  EXPECT_LT(between("北京瑞讯科技有限公司", "北京瑞讯食品有限公司").log_odds,
            between("北京瑞讯科技有限公司", "北京瑞讯科技有限公司").log_odds);
  EXPECT_EQ(verdict(kName, "武汉恒坤电子商务有限公司"), "different");
  EXPECT_EQ(verdict("Sparkles Business Corporation", "Sporks Business Corporation"), "different");
  EXPECT_EQ(finding("泽信控股有限公司", "泽信控股邯郸分公司", Feature::legal_form), "one is a branch");
}

TEST(CompanyComparison, NeverConfirmsABareName) {
  EXPECT_EQ(verdict("瑞讯", "瑞讯"), "possible");
  EXPECT_EQ(verdict("广州国际货运公司", "广州国际货运公司"), "possible") << "a description is no brand";
}

TEST(CompanyComparison, ReadsRegionsInBothScripts) {
  EXPECT_EQ(finding("香港瑞讯贸易有限公司", "Hong Kong Ruixun Trading Ltd", Feature::region), "same");
  EXPECT_EQ(finding("重庆瑞讯贸易有限公司", "Chongqing Ruixun Trading Ltd", Feature::region), "same");
  EXPECT_EQ(finding("广东东莞瑞讯贸易有限公司", "东莞瑞讯贸易有限公司", Feature::region), "one lies in the other");
  EXPECT_EQ(finding("吕氏贸易有限公司", "Lyushi Trading Ltd", Feature::brand), "sounds alike in pinyin");
}

// The half of the real names that nothing was tuned on: each against a variant of itself, itself in another region, and
// every other name.
TEST(CompanyComparison, OrdersRealNames) {
  std::ifstream in("tests/vectors/screening/company_brand.txt");
  std::vector<CompanyName> all;
  int number = 0, variants = 0, found = 0, moved = 0, moved_alarm = 0, pairs = 0, alarms = 0;
  for (std::string line; std::getline(in, line);) {
    if (++number <= 131) continue;
    const auto name = line.substr(0, line.find(' '));
    const auto parsed = parse_company_name(name);
    all.push_back(parsed);
    if (parsed.region.empty() || parsed.brand.empty()) continue;
    ++variants;
    const auto variant = parsed.brand + "(" + parsed.region + "市)" + parsed.trade + "有限责任公司";
    found += compare(parsed, parse_company_name(variant)).likeness != Likeness::different ? 1 : 0;
    ++moved;
    const auto other = "哈尔滨" + parsed.brand + parsed.trade + parsed.legal_form;
    moved_alarm += compare(parsed, parse_company_name(other)).likeness == Likeness::likely ? 1 : 0;
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t k = i + 1; k < all.size(); ++k, ++pairs)
      alarms += compare(all[i], all[k]).likeness != Likeness::different ? 1 : 0;
  std::cout << "variants found " << found << '/' << variants << ", other region called likely " << moved_alarm << '/'
            << moved << ", unrelated pairs not called different " << alarms << '/' << pairs << '\n';
  EXPECT_GE(found * 100, variants * 90);
  EXPECT_LE(moved_alarm * 100, moved * 2);
  EXPECT_LE(alarms * 1000, pairs);
}

RC_GTEST_PROP(CompanyComparison, DoesNotDependOnTheOrder, ()) {
  const auto word = rc::gen::element<std::string>("北京", "上海", "瑞讯", "海明", "科技", "食品", "有限公司", "分公司",
                                                  "Ruixun", "Ruixuns", "Beijing", "Ltd", "市", "(", ")", " ");
  const auto a = *rc::gen::container<std::vector<std::string>>(word);
  const auto b = *rc::gen::container<std::vector<std::string>>(word);
  std::string left, right;
  for (const auto& part : a) left += part;
  for (const auto& part : b) right += part;
  RC_ASSERT(std::abs(between(left, right).log_odds - between(right, left).log_odds) < 1e-9);
}

}  // namespace
}  // namespace probity::names
