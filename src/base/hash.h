// SHA-256, HMAC-SHA-256 and HKDF (RFC 5869) over libsodium.
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.h"

namespace probity {

using Hash = std::array<std::uint8_t, 32>;

Hash sha256(BytesView bytes);

// Hash of several parts, as if they stood one after another.
Hash sha256(std::initializer_list<BytesView> parts);

// HKDF-SHA-256 (RFC 5869) with an empty salt and 32 bytes of output. `key`: any length, uniformly random.
Hash hkdf(BytesView key, BytesView info);

// Derives many 32-byte keys from one: the HMAC key schedule of HKDF-Expand is set up once. derive(info) equals
// HKDF-Expand(prk, info, 32), and hkdf(key, info) = HkdfExpander::extract(key).derive(info). Thread-safe after
// construction.
class HkdfExpander {
 public:
  explicit HkdfExpander(const Hash& pseudorandom_key);
  ~HkdfExpander();
  HkdfExpander(const HkdfExpander&) = default;
  HkdfExpander& operator=(const HkdfExpander&) = default;
  static HkdfExpander extract(BytesView key);
  Hash derive(BytesView info) const;

 private:
  // crypto_auth_hmacsha256_state, kept opaque so that sodium.h stays out of this header.
  alignas(16) std::array<std::uint8_t, 256> state_;
};

}  // namespace probity
