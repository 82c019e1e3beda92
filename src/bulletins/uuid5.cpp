#include "bulletins/uuid5.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/check.h"
#include "base/encoding.h"

namespace probity::bulletins {

// SHA-1 is what the standard names; nothing here rests on its strength.
Uuid uuid5(const Uuid& space, std::string_view name) {
  Bytes bytes(space.begin(), space.end());
  const BytesView text = as_bytes(name);
  bytes.insert(bytes.end(), text.begin(), text.end());
  std::array<std::uint8_t, 20> digest{};
  unsigned size = 0;
  PROBITY_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha1(), nullptr) == 1);
  Uuid uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  uuid[6] = static_cast<std::uint8_t>((uuid[6] & 0x0F) | 0x50);
  uuid[8] = static_cast<std::uint8_t>((uuid[8] & 0x3F) | 0x80);
  return uuid;
}

std::string uuid_text(const Uuid& uuid) {
  const std::string hex = to_hex(uuid);
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" + hex.substr(16, 4) + "-" +
         hex.substr(20);
}

}  // namespace probity::bulletins
