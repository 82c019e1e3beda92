// The suite ristretto255-SHA512 of RFC 9497: how bytes become elements, scalars and key pairs, apart for each mode.
#pragma once

#include <string>
#include <string_view>

#include "oprf/group.h"

namespace probity::oprf {

inline constexpr std::string_view kSuiteName = "ristretto255-SHA512";

// RFC 9497 section 3.1. Without proof (base) or with one that the answer was made under a known key (verifiable). The
// alliance uses the second only; the first is there because the second is defined by it.
enum class Mode : std::uint8_t { base = 0, verifiable = 1 };

struct KeyPair {
  Scalar secret;
  Element public_key;
};

// SHA-512 spread over messages of any length: expand_message_xmd (RFC 9380 section 5.3.1) for 64 bytes of output.
// `tag` separates uses; at most 255 bytes.
std::array<std::uint8_t, 64> expand_message(BytesView message, std::string_view tag);

class Suite {
 public:
  explicit Suite(Mode mode);
  Mode mode() const { return mode_; }
  // "OPRFV1-" || mode || "-" || suite name
  const std::string& context() const { return context_; }

  // Never the identity: an input that maps there (nobody can find one) fails with invalid_argument.
  Result<Element> hash_to_group(BytesView input) const;
  Scalar hash_to_scalar(BytesView input) const;
  // Section 3.2.1. Errors: invalid_argument unless the seed has 32 bytes and info fewer than 65,536.
  Result<KeyPair> derive_key_pair(BytesView seed, BytesView info) const;

 private:
  Mode mode_;
  std::string context_;
};

// Appends I2OSP(size, 2) || bytes, as the RFC frames what it hashes.
void append_framed(Bytes& out, BytesView bytes);

}  // namespace probity::oprf
