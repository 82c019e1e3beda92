// The key hierarchy: one master key a workspace, one key an asset, one seed a copy.
#pragma once

#include <string>

#include "base/hash.h"
#include "base/id.h"
#include "base/secret.h"

namespace probity::copies {

// HKDF-SHA-256(master, "asset" || asset id || salt). The salt is the asset's `key_salt`.
SecretKey asset_key(const SecretKey& master, const Id& asset, const Hash& salt);

// A key of the asset for one use (such as "pattern"), independent of the copies' seeds.
SecretKey purpose_key(const SecretKey& asset_key, std::string_view purpose);

// What names a master key without telling anything about it: 32 hex digits.
std::string key_fingerprint(const SecretKey& master);

// What code::copy_seed derives the seeds of the asset's copies from. Holds secret state, wiped at the end.
HkdfExpander seed_expander(const SecretKey& asset_key);

}  // namespace probity::copies
