#include "accounts/token.h"

#include <sodium.h>

#include "base/encoding.h"

namespace probity::accounts {

std::string new_token(Random& random) {
  Hash bits;
  random.fill(bits);
  std::string text = to_base64(bits);
  while (text.ends_with('=')) text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

Hash token_hash(std::string_view purpose, std::string_view token) {
  return sha256({as_bytes("probity "), as_bytes(purpose), as_bytes("\n"), as_bytes(token)});
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace probity::accounts
