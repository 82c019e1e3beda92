// Who signs in the alliance: an Ed25519 key of a member, a key-holder or the hub, which can also be sealed to.
#pragma once

#include <array>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"
#include "base/secret.h"

namespace probity::oprf {

inline constexpr std::size_t kSignatureBytes = 64;
using Signature = std::array<std::uint8_t, kSignatureBytes>;
using PublicIdentity = std::array<std::uint8_t, 32>;

// Errors: invalid_argument unless these are 32 bytes of a point that can be an Ed25519 key.
Result<PublicIdentity> parse_identity(BytesView bytes);

class Identity {
 public:
  static Identity make(Random& random);
  static Identity from_seed(const SecretKey& seed);

  const SecretKey& seed() const { return seed_; }
  const PublicIdentity& open() const { return open_; }
  // Over domain || 0 || message: no signature for one use is one for another.
  Signature sign(std::string_view domain, BytesView message) const;
  // What was sealed to this identity. Errors: forbidden.
  Result<Bytes> unseal(BytesView sealed) const;

 private:
  SecretKey seed_;
  PublicIdentity open_{};
};

// Errors: forbidden.
Result<void> verify_signature(const PublicIdentity& signer, std::string_view domain, BytesView message,
                              BytesView signature);
// Anonymous public-key encryption (X25519 of the same key, XSalsa20-Poly1305): only its holder reads it, and nobody can
// tell from it who wrote it. Sign it where that matters. Errors: invalid_argument for a key that cannot be sealed to.
Result<Bytes> seal_to(const PublicIdentity& recipient, BytesView message);

}  // namespace probity::oprf
