#include "accounts/usual_passwords.h"

#include <algorithm>

namespace probity::accounts {
namespace {

constexpr std::size_t kMostUsualPassword = 40;  // none is longer; a test holds it

}  // namespace

bool is_usual_password(std::string_view text) {
  // [low, high) always holds whole lines: both are positions just behind a line end.
  std::size_t low = 1, high = kUsualPasswords.size();
  while (low < high) {
    const std::size_t middle = std::min(low + (high - low) / 2, high - 2);
    const std::size_t begin = kUsualPasswords.rfind('\n', middle) + 1;
    const std::size_t end = kUsualPasswords.find('\n', begin);
    const int order = text.compare(kUsualPasswords.substr(begin, end - begin));
    if (order == 0) return true;
    if (order < 0)
      high = begin;
    else
      low = end + 1;
  }
  return false;
}

std::size_t usual_password_at(std::string_view text, std::size_t at) {
  for (std::size_t length = std::min(text.size() - at, kMostUsualPassword); length >= kLeastUsualPassword; --length)
    if (is_usual_password(text.substr(at, length))) return length;
  return 0;
}

}  // namespace probity::accounts
