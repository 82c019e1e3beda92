#include "oprf/tags.h"

#include <sodium.h>

#include <algorithm>

namespace probity::oprf {
namespace {

constexpr std::string_view kDomain = "probity list v1";
constexpr std::size_t kMostIdentifierBytes = 64;

bool is_printable(char character) { return character > ' ' && character < '\x7f'; }

}  // namespace

Result<SecretKey> slow_hash(const KeySet& keys, IdentifierKind kind, std::string_view normalised) {
  static_assert(kSaltBytes == crypto_pwhash_argon2id_SALTBYTES);
  if (normalised.empty() || normalised.size() > kMostIdentifierBytes || !std::ranges::all_of(normalised, is_printable))
    return fail(ErrorCode::invalid_argument, "an identifier has 1 to 64 letters and digits");
  TRY(check_slow_hash(keys.slow_hash));
  Bytes input(kDomain.begin(), kDomain.end());
  input.push_back(static_cast<std::uint8_t>(kind));
  input.insert(input.end(), normalised.begin(), normalised.end());
  SecretKey hashed;
  const int outcome = crypto_pwhash_argon2id(
      hashed.writable().data(), hashed.writable().size(), as_text(input).data(), input.size(), keys.salt.data(),
      keys.slow_hash.passes, std::size_t{keys.slow_hash.memory_kib} << 10, crypto_pwhash_argon2id_ALG_ARGON2ID13);
  sodium_memzero(input.data(), input.size());
  if (outcome != 0)
    return fail(ErrorCode::unavailable, "there is not enough memory for the slow hash", "try again in a moment");
  return hashed;
}

ListKeys list_keys(const Output& output) {
  ListKeys keys;
  Hash derived = hkdf(output.view(), as_bytes("probity list tag v1"));
  std::copy_n(derived.begin(), keys.tag.size(), keys.tag.begin());
  derived = hkdf(output.view(), as_bytes("probity label key v1"));
  keys.label_key = SecretKey(derived);
  sodium_memzero(derived.data(), derived.size());
  return keys;
}

}  // namespace probity::oprf
