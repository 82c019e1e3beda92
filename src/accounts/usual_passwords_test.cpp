#include "accounts/usual_passwords.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace probity::accounts {
namespace {

std::vector<std::string> entries() {
  std::vector<std::string> all;
  for (std::size_t at = 1; at < kUsualPasswords.size(); at = kUsualPasswords.find('\n', at) + 1)
    all.emplace_back(kUsualPasswords.substr(at, kUsualPasswords.find('\n', at) - at));
  return all;
}

TEST(UsualPasswords, every_entry_is_found_and_nothing_beside_it) {
  const std::vector<std::string> all = entries();
  ASSERT_GT(all.size(), 30'000U);
  EXPECT_EQ(kUsualPasswords.front(), '\n');
  EXPECT_EQ(kUsualPasswords.back(), '\n');
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_TRUE(is_usual_password(all[i])) << all[i];
    EXPECT_LE(all[i].size(), 40U) << all[i];
    EXPECT_EQ(usual_password_at("_" + all[i] + "_", 1), all[i].size()) << all[i];
    if (i > 0) {
      EXPECT_LT(all[i - 1], all[i]);
    }
    // Neighbours that are not in the table: the one just before it and just behind it in its order.
    EXPECT_FALSE(is_usual_password(all[i] + "\x01")) << all[i];
    std::string before = all[i];
    before.back() = static_cast<char>(before.back() - 1);
    EXPECT_FALSE(is_usual_password(before + "~~~")) << before;
  }
}

TEST(UsualPasswords, hold_what_the_policy_would_let_pass) {
  std::size_t long_enough = 0;
  for (const std::string& entry : entries()) long_enough += entry.size() >= 12 ? 1 : 0;
  EXPECT_GE(long_enough, 3'000U);
}

TEST(UsualPasswords, know_the_ends_of_the_table) {
  EXPECT_FALSE(is_usual_password(""));
  EXPECT_FALSE(is_usual_password("\n"));
  EXPECT_FALSE(is_usual_password("!"));
  EXPECT_FALSE(is_usual_password("~~~~"));
  EXPECT_EQ(usual_password_at("dra", 0), 0U);
  EXPECT_EQ(usual_password_at("dragon", 6), 0U);
  EXPECT_EQ(usual_password_at("x dragon~fire", 2), std::string("dragon").size());
}

}  // namespace
}  // namespace probity::accounts
