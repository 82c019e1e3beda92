#include "names/edit_distance.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace probity::names {
namespace {

// The plain twin: the whole table.
std::size_t by_table(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t k = 0; k <= b.size(); ++k) d[0][k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t k = 1; k <= b.size(); ++k) {
      d[i][k] = std::min({d[i - 1][k] + 1, d[i][k - 1] + 1, d[i - 1][k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1)});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        d[i][k] = std::min(d[i][k], d[i - 2][k - 2] + 1);
    }
  return d[a.size()][b.size()];
}

TEST(EditDistance, CountsSwapsOnce) {
  EXPECT_EQ(WordPattern("gazprom").distance_to("gasprom", 2), 1U);
  EXPECT_EQ(WordPattern("gazprom").distance_to("gazpomr", 2), 2U);
  EXPECT_EQ(WordPattern("haiming").distance_to("haimnig", 2), 1U);
  EXPECT_EQ(WordPattern("").distance_to("", 2), 0U);
  EXPECT_EQ(WordPattern("ab").distance_to("abcdefgh", 2), 3U) << "further than asked";
}

RC_GTEST_PROP(EditDistance, AgreesWithTheTable, ()) {
  const auto letter = rc::gen::element('a', 'b', 'c');
  const auto a = *rc::gen::container<std::string>(letter), b = *rc::gen::container<std::string>(letter);
  RC_PRE(a.size() <= 64 && b.size() <= 64);
  RC_ASSERT(WordPattern(a).distance_to(b, 100) == by_table(a, b));
}

}  // namespace
}  // namespace probity::names
