#include "oprf/identity.h"

#include <sodium.h>

#include <algorithm>

namespace probity::oprf {
namespace {

using CurveKey = std::array<std::uint8_t, crypto_box_PUBLICKEYBYTES>;

// Seed and public key, as libsodium wants them; wiped.
struct SigningKey {
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> bytes;
  SigningKey(const SecretKey& seed, PublicIdentity& open) {
    crypto_sign_seed_keypair(open.data(), bytes.data(), seed.view().data());
  }
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;
  ~SigningKey() { sodium_memzero(bytes.data(), bytes.size()); }
};

Bytes with_domain(std::string_view domain, BytesView message) {
  Bytes bytes(domain.begin(), domain.end());
  bytes.push_back(0);
  bytes.insert(bytes.end(), message.begin(), message.end());
  return bytes;
}

}  // namespace

Result<PublicIdentity> parse_identity(BytesView bytes) {
  PublicIdentity identity;
  CurveKey curve;
  if (bytes.size() != identity.size() || crypto_sign_ed25519_pk_to_curve25519(curve.data(), bytes.data()) != 0)
    return fail(ErrorCode::invalid_argument, "this is no public key of an identity");
  std::ranges::copy(bytes, identity.begin());
  return identity;
}

Identity Identity::make(Random& random) {
  SecretKey seed;
  random.fill(seed.writable());
  return from_seed(seed);
}

Identity Identity::from_seed(const SecretKey& seed) {
  Identity identity;
  identity.seed_ = seed;
  const SigningKey key(seed, identity.open_);
  return identity;
}

Signature Identity::sign(std::string_view domain, BytesView message) const {
  PublicIdentity same;
  const SigningKey key(seed_, same);
  const Bytes signed_bytes = with_domain(domain, message);
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, signed_bytes.data(), signed_bytes.size(), key.bytes.data());
  return signature;
}

Result<Bytes> Identity::unseal(BytesView sealed) const {
  PublicIdentity same;
  const SigningKey key(seed_, same);
  CurveKey curve;
  SecretKey curve_secret;
  if (sealed.size() < crypto_box_SEALBYTES || crypto_sign_ed25519_pk_to_curve25519(curve.data(), open_.data()) != 0)
    return fail(ErrorCode::forbidden, "this was not sealed for this identity");
  crypto_sign_ed25519_sk_to_curve25519(curve_secret.writable().data(), key.bytes.data());
  Bytes message(sealed.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(message.data(), sealed.data(), sealed.size(), curve.data(), curve_secret.view().data()) != 0)
    return fail(ErrorCode::forbidden, "this was not sealed for this identity");
  return message;
}

Result<void> verify_signature(const PublicIdentity& signer, std::string_view domain, BytesView message,
                              BytesView signature) {
  const Bytes signed_bytes = with_domain(domain, message);
  if (signature.size() != kSignatureBytes ||
      crypto_sign_verify_detached(signature.data(), signed_bytes.data(), signed_bytes.size(), signer.data()) != 0)
    return fail(ErrorCode::forbidden, "the signature does not hold");
  return {};
}

Result<Bytes> seal_to(const PublicIdentity& recipient, BytesView message) {
  CurveKey curve;
  Bytes sealed(message.size() + crypto_box_SEALBYTES);
  if (crypto_sign_ed25519_pk_to_curve25519(curve.data(), recipient.data()) != 0 ||
      crypto_box_seal(sealed.data(), message.data(), message.size(), curve.data()) != 0)
    return fail(ErrorCode::invalid_argument, "nothing can be sealed to this key");
  return sealed;
}

}  // namespace probity::oprf
