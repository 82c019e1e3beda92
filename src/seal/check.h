// Checking a sealed PDF: is it, to the last byte, what the certificate's holder sealed?
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "seal/key.h"
#include "seal/timestamp.h"

namespace probity::seal {

struct CheckOptions {
  std::string trusted_pem{};       // certificates to rely on (roots, or the very sealing certificate); may be empty
  std::string authorities_pem{};   // the same for timestamping authorities
  std::optional<TimeMs> now_ms{};  // judges validity today; without it only the claimed time is judged
};

struct SealCheck {
  std::string name{};
  std::string reason{};
  std::string location{};
  TimeMs claimed_time_ms = 0;  // the sealer's own clock; proves nothing by itself
  Certificate certificate{};
  Standing standing = Standing::unknown;
  std::string standing_reason{};   // why it is not trusted; empty when it is
  Hash document_digest{};          // SHA-256 of the sealed ranges, as signed
  std::uint64_t sealed_bytes = 0;  // all of the file but the seal's own signature value
  Hash signature_digest{};         // SHA-256 of the signature value: what a timestamp stamps
  // An authority's word that the seal existed at that time, as far as the authority can be relied on. Without it the
  // document is sealed, and its time not attested.
  std::optional<Timestamp> timestamp{};
  std::optional<Bytes> timestamp_der{};
};

// A value only when the seal is whole: its range starts at the first byte and ends with the last, the gap holds the
// signature and nothing else, digest and signature agree with the certificate, it certifies that nothing may change,
// the claimed time lies within the certificate's validity, and a timestamp, if there is one, is of this seal. Reads
// nothing but the given bytes; safe on hostile ones. Errors: not_found (a PDF without a seal), corrupt (altered,
// extended, truncated or malformed; the message says which), unsupported (a seal of another form), invalid_argument
// (`trusted_pem`), internal.
Result<SealCheck> check(BytesView pdf, const CheckOptions& options = {});

}  // namespace probity::seal
