// Secrets that travel once and are kept as hashes: session references, links of invitations, keys of the API.
#pragma once

#include <string>
#include <string_view>

#include "base/hash.h"
#include "base/random.h"

namespace probity::accounts {

// 256 random bits as 43 characters of URL-safe base64 without padding.
std::string new_token(Random& random);

// What is kept of it. The token is uniformly random, so a fast hash suffices: there is nothing to guess. `purpose`
// keeps a token of one kind from being taken for one of another.
Hash token_hash(std::string_view purpose, std::string_view token);

// Takes the same time wherever the texts differ; only the lengths may be learnt from it.
bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace probity::accounts
