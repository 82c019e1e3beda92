// Putting an authority's time on a seal that exists: PAdES B-T, without touching a sealed byte.
#pragma once

#include <string>
#include <vector>

#include "seal/timestamp.h"

namespace probity::seal {

// A port: somebody who stamps digests, as bytes in and bytes out. Thread-safe.
class TimestampAuthority {
 public:
  virtual ~TimestampAuthority() = default;
  // For people: "https://time.example/tsa".
  virtual std::string name() const = 0;
  // The authority's own roots as PEM, to rely on; may be empty: then any whole token is taken.
  virtual std::string roots_pem() const = 0;
  // Answers a TimeStampReq with a TimeStampResp, which nobody has checked. Errors: unavailable.
  virtual Result<Bytes> reply(BytesView query) = 0;
};

struct Stamped {
  Bytes token{};
  Timestamp timestamp{};
  std::string authority{};  // its name
};

// What an authority may be off from our own clock.
inline constexpr TimeMs kMostClockDifferenceMs = 5 * 60 * 1'000;

// One authority's token of this digest. Errors: unavailable (no reply, or refused), corrupt or unsupported (a reply
// that is wrong, by an authority outside its roots, or more than kMostClockDifferenceMs off `now_ms`).
Result<Stamped> stamp(TimestampAuthority& authority, const Hash& imprint, const Nonce& nonce, TimeMs now_ms);

// The sealed PDF with the token inside: the gap changes, nothing else. Errors: those of check(); conflict (it has a
// timestamp); corrupt (the token is not of this seal); internal (it does not fit).
Result<Bytes> add_timestamp(BytesView sealed_pdf, BytesView token);

}  // namespace probity::seal
