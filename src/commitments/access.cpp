#include "commitments/access.h"

#include <fmt/format.h>

#include "base/encoding.h"

namespace probity::commitments {

std::string new_token(Random& random) {
  Hash bytes;
  random.fill(bytes);
  std::string text = to_base64(bytes);
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return text;
}

Hash token_hash(std::string_view token) { return sha256({as_bytes("probity-recipient-token-1:"), as_bytes(token)}); }

std::string new_code(Random& random) {
  // Values above the largest multiple of a million are drawn again, so that no code is likelier than another.
  constexpr std::uint32_t kCodes = 1'000'000, kFair = 4'294'000'000;
  std::uint32_t value = kFair;
  while (value >= kFair) {
    std::array<std::uint8_t, 4> bytes{};
    random.fill(bytes);
    value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  }
  return fmt::format("{:06}", value % kCodes);
}

Hash code_hash(const Hash& salt, std::string_view code) { return sha256({BytesView(salt), as_bytes(code)}); }

std::optional<std::string> tidy_code(std::string_view typed) {
  std::string code;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    const char c = typed[i];
    if (c >= '0' && c <= '9') {
      code += c;
    } else if (typed.substr(i, 2) == "\xEF\xBC" && i + 2 < typed.size() && typed[i + 2] >= '\x90' &&
               typed[i + 2] <= '\x99') {  // U+FF10 to U+FF19
      code += static_cast<char>('0' + (typed[i + 2] - '\x90'));
      i += 2;
    } else if (c != ' ' && c != '-') {
      return std::nullopt;
    }
  }
  if (code.size() != 6) return std::nullopt;
  return code;
}

std::string csrf_token(std::string_view session_token) {
  return to_hex(sha256({as_bytes("probity-recipient-csrf-1:"), as_bytes(session_token)}));
}

bool same_text(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

std::string masked_email(const std::string& email) {
  const std::size_t at = email.rfind('@');
  if (at == std::string::npos || at == 0) return {};
  std::size_t first = 1;  // bytes of the first character
  while (first < at && (static_cast<unsigned char>(email[first]) & 0xC0U) == 0x80U) ++first;
  return email.substr(0, first) + "…" + email.substr(at);
}

}  // namespace probity::commitments
