#include "http/routes/file_answer.h"

#include <cctype>

namespace probity::http::routes {

std::string attachment(const std::string& name) {
  std::string plain, encoded;
  constexpr char kHex[] = "0123456789ABCDEF";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool safe = byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.');
    plain += safe || c == ' ' ? c : '_';
    if (safe) {
      encoded += c;
    } else {
      encoded += '%';
      encoded += kHex[byte >> 4];
      encoded += kHex[byte & 15];
    }
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

Response file_answer(BytesView bytes, const std::string& media_type, const std::string& name) {
  Response response;
  response.set("Content-Type", media_type);
  response.set("Cache-Control", "private, no-store");
  response.set("Content-Disposition", attachment(name));
  response.body = std::string(as_text(bytes));
  return response;
}

}  // namespace probity::http::routes
