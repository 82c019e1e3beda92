// One-time passwords by time (RFC 6238) and recovery codes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/random.h"
#include "base/secret.h"

namespace probity::accounts {

enum class TotpHash { sha1, sha256, sha512 };

// The code of one step (30 s since 1970). Authenticator apps know SHA-1 with 6 digits only.
std::string totp_code(BytesView seed, std::int64_t step, int digits = 6, TotpHash hash = TotpHash::sha1);
std::int64_t totp_step(TimeMs now_ms);

// The step whose code this is: the present one, the one before or the one after, and later than `used_step`. The
// comparison takes the same time for every wrong code.
std::optional<std::int64_t> matching_step(BytesView seed, std::string_view code, TimeMs now_ms, std::int64_t used_step);

// 160 random bits, as RFC 4226 recommends.
Bytes new_totp_seed(Random& random);
std::string to_base32(BytesView bytes);  // RFC 4648, without padding
// otpauth://totp/… as authenticator apps read it from a QR code.
std::string totp_uri(BytesView seed, std::string_view issuer, std::string_view email);

// Seeds are kept sealed (XChaCha20-Poly1305) and bound to their account: the database alone gives none away, and one
// cannot be moved to another account. Hex of nonce and box.
std::string seal_seed(const SecretKey& key, const Id& account, BytesView seed, Random& random);
// Errors: corrupt.
Result<Bytes> open_seed(const SecretKey& key, const Id& account, std::string_view sealed);

// "k7m2qp-…": four groups of six, 120 random bits, so that a plain hash of it may be kept. Each works once.
std::string new_recovery_code(Random& random);
// As typed: capitals, spaces and missing dashes are forgiven, i, l and o read as 1, 1 and 0.
Hash recovery_code_hash(const Id& account, std::string_view code);
bool looks_like_recovery_code(std::string_view code);

inline constexpr int kRecoveryCodes = 10;

}  // namespace probity::accounts
