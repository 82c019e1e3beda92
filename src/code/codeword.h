// Codewords: the secret seed of each copy, the bits it expands to, and the commitment that fixes it in advance.
#pragma once

#include <span>
#include <vector>

#include "base/hash.h"
#include "base/id.h"
#include "base/secret.h"

namespace probity::code {

// HKDF-Expand(asset key, "copy" || id): unpredictable without the asset key, and one seed tells nothing of another.
SecretKey copy_seed(const HkdfExpander& asset_key, const Id& copy);

// One bit (0 or 1) a cell: 1 exactly when byte i of the seed's ChaCha20 key stream (RFC 8439, zero nonce, counter from
// 0) is below thresholds[i], which happens with probability thresholds[i]/256.
std::vector<std::uint8_t> codeword(const SecretKey& seed, std::span<const std::uint8_t> thresholds);

// SHA-256("probity seed commitment v1" || salt || seed). Registered before a copy's first byte leaves, it proves later
// that the seed was not chosen to fit a leak; the salt keeps commitments of equal seeds apart.
Hash seed_commitment(const SecretKey& seed, const Hash& salt);
// Whether (seed, salt) is what `commitment` was made from.
bool opens(const Hash& commitment, const SecretKey& seed, const Hash& salt);

}  // namespace probity::code
