#include "names/company_index.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace probity::names {
namespace {

TEST(CompanyIndex, FindsByAnyOfTheNames) {
  CompanyIndex index;
  index.add("a", {"武汉海明智业电子商务有限公司", "Wuhan Haiming Zhiye E-Commerce Co., Ltd."});
  index.add("b", {"上海瑞讯科技有限公司"});
  const auto found = index.find("武漢市海明智業電子商務有限責任公司");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, "a");
  EXPECT_EQ(found[0].name, "武汉海明智业电子商务有限公司");
  EXPECT_EQ(found[0].comparison.likeness, Likeness::likely);
  EXPECT_LT(found[0].comparison.score, 1.0);
  EXPECT_TRUE(index.find("深圳恒坤贸易有限公司").empty());
}

TEST(CompanyIndex, ShowsChangesAtOnce) {
  CompanyIndex index;
  index.add("a", {"上海瑞讯科技有限公司"});
  index.add("a", {"上海恒坤贸易有限公司"});
  EXPECT_EQ(index.companies(), 1U);
  EXPECT_TRUE(index.find("上海瑞讯科技有限公司").empty());
  EXPECT_EQ(index.find("上海恒坤贸易有限公司").size(), 1U);
  EXPECT_TRUE(index.remove("a"));
  EXPECT_FALSE(index.remove("a"));
  EXPECT_TRUE(index.find("上海恒坤贸易有限公司").empty());
}

TEST(CompanyIndex, FindsAcrossScriptsAndTypos) {
  CompanyIndex index;
  index.add("wuhan", {"武汉海明智业电子商务有限公司"});
  index.add("beijing", {"北京海明智业电子商务有限公司"});
  index.add("gazprom", {"OAO Gazprom"});
  index.add("pla", {"People's Liberation Army"});
  index.add("cheung", {"长江实业集团有限公司"});
  index.add("goodwill", {"Good Will Company"});
  const auto best = [&](std::string_view name) {
    const auto found = index.find(name);
    return found.empty() ? std::string("nothing") : found[0].id;
  };
  EXPECT_EQ(best("Wuhan Haiming Zhiye E-Commerce Co., Ltd."), "wuhan");
  EXPECT_EQ(best("武汉海铭智业电子商务有限公司"), "wuhan") << "a character of the same sound";
  EXPECT_EQ(best("武汉海明智叶电子商务公司"), "wuhan");
  EXPECT_EQ(best("海明智业電子商務（北京）有限公司"), "beijing");
  EXPECT_EQ(best("Gasprom JSC"), "gazprom");
  EXPECT_EQ(best("Газпром ОАО"), "gazprom");
  EXPECT_EQ(best("PLA"), "pla");
  EXPECT_EQ(best("Cheung Kong Industrial Holdings"), "cheung");
  EXPECT_EQ(best("Goodwill Company"), "goodwill");
  EXPECT_EQ(best("上海瑞讯科技有限公司"), "nothing");
}

// The plain twin: compare with every name. Exactly the same must be found, by keys that may miss nothing.
RC_GTEST_PROP(CompanyIndex, FindsWhatComparingAllFinds, ()) {
  const auto part = rc::gen::element<std::string>(
      "北京", "上海", "广东东莞", "海明", "海铭", "海朋", "明海", "海明智业", "海明智叶", "明海智业", "吕氏", "绿石",
      "瑞讯", "单行", "科技", "食品", "电子商务", "有限公司", "分公司", "Haiming", " Zhiye", " Zhiyee", "Beijing ",
      " Trading", " Ltd", " Hoi", " Ming", " Mohammad", " Mohamad", " Ali", " Hassan", " Hasan", "haimingzhiye", " MAH",
      " 2000", " Lyushi", "OOO ", " hmz");
  const auto name = rc::gen::map(rc::gen::container<std::vector<std::string>>(part), [](const auto& parts) {
    std::string out;
    for (std::size_t i = 0; i < std::min<std::size_t>(parts.size(), 5); ++i) out += parts[i];
    return out;
  });
  const auto listed = *rc::gen::container<std::vector<std::string>>(name);
  const auto asked = *name;
  CompanyIndex index;
  std::map<std::string, double> expected, found;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    index.add(std::to_string(i), {listed[i]});
    if (i % 3 == 1) index.add(std::to_string(i - 1), {listed[i - 1], "Former Name Ltd"});
    if (i % 4 == 2) index.remove(std::to_string(i - 1));
  }
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const auto comparison = compare(parse_company_name(asked), parse_company_name(listed[i]));
    if (i % 4 == 1 && i + 1 < listed.size()) continue;  // removed
    if (comparison.likeness != Likeness::different) expected[std::to_string(i)] = comparison.log_odds;
  }
  for (const auto& match : index.find(asked, {1000, Likeness::possible})) found[match.id] = match.comparison.log_odds;
  RC_LOG() << asked;
  RC_ASSERT(found == expected);
}

TEST(CompanyIndex, ManyReadWhileOneWrites) {
  CompanyIndex index;
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!stop) EXPECT_LE(index.find("武汉海明智业电子商务有限公司").size(), 1U);
    });
  for (int i = 0; i < 300; ++i) {
    index.add("a", {"武汉海明智业电子商务有限公司", "Haiming Zhiye Ltd " + std::to_string(i)});
    ASSERT_EQ(index.find("武汉海明智业电子商务有限公司").size(), 1U);
    index.remove("a");
    ASSERT_TRUE(index.find("武汉海明智业电子商务有限公司").empty());
  }
  stop = true;
  for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace probity::names
