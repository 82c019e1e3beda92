// The passwords used most, and long words that are a password by themselves: 33,000 entries, from lists of zxcvbn.
#pragma once

#include <cstddef>
#include <string_view>

namespace probity::accounts {

// Made by generate_usual_passwords.cpp: an entry a line in lower case, sorted by bytes; the first and the last
// character are line ends.
extern const std::string_view kUsualPasswords;

constexpr std::size_t kLeastUsualPassword = 4;

// `text` in lower case. A binary search over kUsualPasswords.
bool is_usual_password(std::string_view text);

// The length of the longest entry that begins at `at`, 0 where none does.
std::size_t usual_password_at(std::string_view text, std::size_t at);

}  // namespace probity::accounts
