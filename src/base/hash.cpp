#include "base/hash.h"

#include <sodium.h>

#include <cstring>

namespace probity {

Hash sha256(BytesView bytes) {
  Hash hash;
  crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
  return hash;
}

Hash sha256(std::initializer_list<BytesView> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const BytesView part : parts) crypto_hash_sha256_update(&state, part.data(), part.size());
  Hash hash;
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

Hash hkdf(BytesView key, BytesView info) { return HkdfExpander::extract(key).derive(info); }

HkdfExpander::HkdfExpander(const Hash& pseudorandom_key) {
  static_assert(sizeof(crypto_auth_hmacsha256_state) <= sizeof(state_));
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, pseudorandom_key.data(), pseudorandom_key.size());
  std::memcpy(state_.data(), &state, sizeof state);
  sodium_memzero(&state, sizeof state);
}

HkdfExpander::~HkdfExpander() { sodium_memzero(state_.data(), state_.size()); }

HkdfExpander HkdfExpander::extract(BytesView key) {
  const Hash empty_salt{};  // RFC 5869 section 2.2: an absent salt is HashLen zeros
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, empty_salt.data(), empty_salt.size());
  crypto_auth_hmacsha256_update(&state, key.data(), key.size());
  Hash pseudorandom_key;
  crypto_auth_hmacsha256_final(&state, pseudorandom_key.data());
  HkdfExpander expander(pseudorandom_key);
  sodium_memzero(pseudorandom_key.data(), pseudorandom_key.size());
  return expander;
}

Hash HkdfExpander::derive(BytesView info) const {
  crypto_auth_hmacsha256_state state;
  std::memcpy(&state, state_.data(), sizeof state);
  const std::uint8_t first_block = 1;
  crypto_auth_hmacsha256_update(&state, info.data(), info.size());
  crypto_auth_hmacsha256_update(&state, &first_block, 1);
  Hash key;
  crypto_auth_hmacsha256_final(&state, key.data());
  return key;
}

}  // namespace probity
