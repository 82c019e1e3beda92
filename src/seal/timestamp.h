// Time by somebody else (RFC 3161): what an authority is asked, and what its token proves.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "seal/key.h"
#include "seal/trust.h"

namespace probity::seal {

// Random, fresh for each question: an old answer cannot be given again.
using Nonce = std::array<std::uint8_t, 16>;

// A token of more bytes is refused; with a signature it would not fit into a sealed PDF.
inline constexpr std::size_t kMostTokenBytes = 12'000;
inline constexpr std::size_t kMostReplyBytes = 64 << 10;

// What a token says and how far that can be relied on: something with the stamped digest existed at `time_ms`.
struct Timestamp {
  TimeMs time_ms = 0;
  std::optional<TimeMs> accuracy_ms{};  // either way, if the authority states it
  std::string serial{};                 // hex
  std::string policy{};                 // the authority's, as a dotted object identifier
  Certificate authority{};
  Standing standing = Standing::unknown;  // of the authority, at `time_ms` and now
  std::string standing_reason{};
};

// The DER of a TimeStampReq: version 1, SHA-256, with the nonce, and asking for the authority's certificate.
Bytes timestamp_query(const Hash& imprint, const Nonce& nonce);

// The token of an authority's reply (a TimeStampResp of at most kMostReplyBytes) to that query, checked like below and
// for the nonce; in DER. Errors: unavailable (the authority refused), corrupt or unsupported (the answer is not one to
// this question, or not what an authority may give).
Result<Bytes> token_of_reply(BytesView reply, const Hash& imprint, const Nonce& nonce);

// A value only when the token, as DER without anything behind it, stamps `imprint` (SHA-256) and is signed, with
// SHA-256 or better, by a certificate that is for timestamping and nothing else (a critical extended key usage), valid
// at the stated time, and named by the signature (RFC 5816). Critical extensions, revocation lists and unsigned
// attributes are refused. Errors: corrupt, unsupported; invalid_argument (`trust.roots_pem`).
Result<Timestamp> check_timestamp(BytesView token, const Hash& imprint, const Trust& trust = {});

}  // namespace probity::seal
