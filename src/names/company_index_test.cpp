#include "names/company_index.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace probity::names
