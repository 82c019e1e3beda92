#include "base/encoding.h"

#include <sodium.h>

#include <algorithm>

namespace probity {

std::string to_hex(BytesView bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.empty()) return Bytes{};  // libsodium asks for a place to write to, even for nothing
  Bytes bytes(text.size() / 2);
  std::size_t size = 0;
  const char* end = nullptr;
  const bool parsed = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end) == 0;
  if (!parsed || end != text.data() + text.size() || text.size() % 2 != 0)
    return fail(ErrorCode::invalid_argument, "this is not hexadecimal text");
  return bytes;
}

std::string to_base64(BytesView bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();
  return text;
}

Result<Bytes> from_base64(std::string_view text) {
  // libsodium 1.0.18 takes some bytes above 127 for digits.
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; }))
    return fail(ErrorCode::invalid_argument, "this is not base64 text");
  Bytes bytes(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      end != text.data() + text.size())
    return fail(ErrorCode::invalid_argument, "this is not base64 text");
  bytes.resize(size);
  return bytes;
}

std::string ascii_lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lowered;
}

}  // namespace probity
