#include "code/codeword.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/random.h"

namespace probity::code {

SecretKey copy_seed(const HkdfExpander& asset_key, const Id& copy) {
  std::array<std::uint8_t, 20> info{'c', 'o', 'p', 'y'};
  std::ranges::copy(copy.bytes, info.begin() + 4);
  return SecretKey(asset_key.derive(info));
}

std::vector<std::uint8_t> codeword(const SecretKey& seed, std::span<const std::uint8_t> thresholds) {
  if (thresholds.empty()) return {};
  init_crypto();
  std::vector<std::uint8_t> bits(thresholds.size());
  const std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
  crypto_stream_chacha20_ietf(bits.data(), bits.size(), nonce.data(), seed.view().data());
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = bits[i] < thresholds[i] ? 1 : 0;
  return bits;
}

Hash seed_commitment(const SecretKey& seed, const Hash& salt) {
  return sha256({as_bytes("probity seed commitment v1"), salt, seed.view()});
}

bool opens(const Hash& commitment, const SecretKey& seed, const Hash& salt) {
  return seed_commitment(seed, salt) == commitment;
}

}  // namespace probity::code
