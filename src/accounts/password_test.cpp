#include "accounts/password.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cctype>
#include <chrono>
#include <random>
#include <thread>
#include <vector>

#include "base/random.h"

#include "accounts/usual_passwords.h"

namespace probity::accounts {
namespace {

const std::array<std::string, 3> kOwn{"maya.chen@motorweekly.example", "Maya Chen 陈美雅", "Harbour Nine Automobile"};

bool accepted(std::string_view password) { return check_password(password, kOwn).has_value(); }

TEST(PasswordRules, count_characters_not_bytes) {
  EXPECT_FALSE(accepted("vx7 kettle!"));  // 11
  EXPECT_TRUE(accepted("vx7 kettle!?"));
  EXPECT_FALSE(accepted("窗外风雨灯火江湖夜"));  // 9 characters, 27 bytes
  EXPECT_TRUE(accepted("窗外风雨灯火江湖夜读旧书"));
  std::string long_one;
  for (int i = 0; i < 64; ++i)
    long_one += std::string{"kzqw"}[static_cast<std::size_t>(i * 7 % 4)] + std::to_string(i % 7) + "ü?";
  while (long_one.size() > 300) long_one.pop_back();
  EXPECT_TRUE(accepted(long_one.substr(0, 200)));
  EXPECT_FALSE(accepted(long_one + long_one + "x"));
}

TEST(PasswordRules, ask_for_no_kinds_of_characters) {
  EXPECT_TRUE(accepted("correct pony battery plum"));
  EXPECT_TRUE(accepted("violetkettleorbit"));
  EXPECT_TRUE(accepted("VIOLET KETTLE ORBIT"));
  EXPECT_TRUE(accepted("83649205716382940571"));
  EXPECT_TRUE(accepted("\xF0\x9F\xA6\x8A fox and 12 geese"));
}

TEST(PasswordRules, refuse_what_is_guessed_first) {
  for (const char* password :
       {"password1234", "Password2024!", "P@ssw0rd1234",     "passwordpassword", "123456789012", "1234567890123",
        "qwertyuiop12", "qwertyuiopas",  "1qaz2wsx3edc",     "1q2w3e4r5t6y",     "aaaaaaaaaaaa", "abcabcabcabc",
        "abcdefghijkl", "zyxwvutsrqpo",  "iloveyou1234",     "iloveyouiloveyou", "welcome12345", "Summer2026!!",
        "letmein12345", "adminadmin123", "qwerty123456",     "football2023",     "monkey123456", "superman1984",
        "sunshine2020", "princess1990",  "000000000000",     "woaini1314520",    "!@#$%^&*()_+", "asdfghjkl123",
        "admin@123456", "Changeme1234",  "trustno1trustno1", "            ",     "111111222222", "19870504password",
        "test12345678", "Probity2026!",  "qazwsxedcrfv"})
    EXPECT_FALSE(accepted(password)) << password;
}

// Each of the list as it is, and the ways in which people make twelve characters of a shorter one.
TEST(PasswordRules, refuse_the_passwords_used_most_and_what_is_made_of_them) {
  std::size_t entries = 0;
  for (std::size_t at = 1; at < kUsualPasswords.size(); at = kUsualPasswords.find('\n', at) + 1) {
    const std::string entry(kUsualPasswords.substr(at, kUsualPasswords.find('\n', at) - at));
    entries += 1;
    if (entry.size() >= 12) {
      EXPECT_FALSE(accepted(entry)) << entry;
      EXPECT_FALSE(accepted(entry + "1")) << entry;
      continue;
    }
    const std::string title = static_cast<char>(std::toupper(entry.front())) + entry.substr(1);
    const std::array<std::string, 5> dressed{title + "2024!", title + "19870504", "123" + entry + "12345",
                                             entry + entry + entry, entry + "-dragon7!"};
    const std::string& one = dressed[entries % dressed.size()];  // all five of each would take 10 s
    EXPECT_FALSE(accepted(one)) << one;
  }
  EXPECT_GT(entries, 30'000U);
}

TEST(PasswordRules, say_which_passwords_are_refused_and_what_to_do) {
  const auto said = [](std::string_view password) { return check_password(password, kOwn).error(); };
  EXPECT_EQ(said("skateboarding").message, "that password is one of those most used, or made of them");
  EXPECT_EQ(said("purple-orange-7").message, "that password is one of those most used, or made of them");
  EXPECT_EQ(said("motorweekly2026").message, "that password is too easy to guess");
  EXPECT_EQ(said("skateboarding").hint, "take three or four words that do not belong together");
}

// What is refused must stay rare among good ones: words of a list of dice, and what password managers make.
TEST(PasswordRules, let_pass_what_a_manager_makes_and_three_words) {
  std::mt19937 random(20'261'122);
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_.!";
  int refused = 0;
  for (int i = 0; i < 2'000; ++i) {
    std::string made;
    for (int k = 0; k < 16; ++k) made.push_back(kLetters[random() % kLetters.size()]);
    refused += accepted(made) ? 0 : 1;
  }
  EXPECT_EQ(refused, 0);
  for (const char* words : {"kettle orbit plum", "marble-otter-violet", "teapot gravel lantern", "purple orange silver",
                            "blue horse pond", "Fjord7Kiosk7Lamp", "cat dog sun hat 9"})
    EXPECT_TRUE(accepted(words)) << words;
}

TEST(PasswordRules, refuse_own_names) {
  EXPECT_FALSE(accepted("MayaChen2024!"));
  EXPECT_FALSE(accepted("motorweekly2026"));
  EXPECT_FALSE(accepted("harbournine12"));
  EXPECT_FALSE(accepted("H@rbour2026!!"));
  EXPECT_TRUE(accepted("harbour of seven quiet lamps"));
  EXPECT_TRUE(check_password("MayaChen-quartz-42", {}).has_value());
}

Argon2Options small() {
  Argon2Options options;
  options.passes = 1;
  options.memory_bytes = 8 << 10;
  return options;
}

TEST(Argon2Hasher, uses_argon2id_with_64_mib_and_three_passes) {
  Argon2Hasher hasher;
  const std::string hash = hasher.hash("violet kettle 7 orbit").value();
  EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << hash;
  EXPECT_TRUE(hasher.matches(hash, "violet kettle 7 orbit").value());
  EXPECT_FALSE(hasher.matches(hash, "violet kettle 7 orbiT").value());
  EXPECT_NE(hasher.hash("violet kettle 7 orbit").value(), hash) << "a salt of its own each time";
  EXPECT_FALSE(hasher.is_outdated(hash));
}

TEST(Argon2Hasher, says_no_where_there_is_no_hash_and_works_as_long) {
  Argon2Options options = small();
  options.memory_bytes = 8 << 20;
  Argon2Hasher hasher(options);
  const std::string hash = hasher.hash("violet kettle 7 orbit").value();
  const auto time_of = [&](const std::string& text) {
    auto best = std::chrono::nanoseconds::max();
    for (int i = 0; i < 5; ++i) {
      const auto start = std::chrono::steady_clock::now();
      EXPECT_FALSE(hasher.matches(text, "a wrong password").value());
      best = std::min(best, std::chrono::nanoseconds(std::chrono::steady_clock::now() - start));
    }
    return std::chrono::duration<double>(best).count();
  };
  const double known = time_of(hash), unknown = time_of("");
  EXPECT_GT(unknown, known / 3);
  EXPECT_LT(unknown, known * 3);
  EXPECT_FALSE(hasher.matches("plain", "plain").value());
}

TEST(Argon2Hasher, sees_weaker_hashes) {
  Argon2Hasher weak(small());
  const std::string hash = weak.hash("violet kettle 7 orbit").value();
  EXPECT_TRUE(Argon2Hasher().is_outdated(hash));
  EXPECT_FALSE(weak.is_outdated(hash));
}

TEST(Argon2Hasher, sends_a_crowd_away_instead_of_taking_memory_for_all) {
  Argon2Options options;
  options.passes = 2;
  options.memory_bytes = 16 << 20;
  options.most_at_once = 1;
  options.most_waiting = 2;
  Argon2Hasher hasher(options);
  std::atomic<int> done = 0, refused = 0, other = 0;
  std::vector<std::thread> crowd;
  for (int i = 0; i < 12; ++i)
    crowd.emplace_back([&] {
      const auto hash = hasher.hash("violet kettle 7 orbit");
      if (hash)
        ++done;
      else
        ++(hash.error().code == ErrorCode::too_many_requests ? refused : other);
    });
  for (auto& one : crowd) one.join();
  EXPECT_GE(done, 3);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(other, 0);
  EXPECT_TRUE(hasher.hash("violet kettle 7 orbit")) << "the places are given back";
}

}  // namespace
}  // namespace probity::accounts
