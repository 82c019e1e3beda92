// Whether a certificate leads to one that is relied on.
#pragma once

#include <optional>
#include <span>

#include "seal/check.h"
#include "seal/handles.h"

namespace probity::seal {

struct Judged {
  Standing standing = Standing::unknown;
  std::string reason;
};

// Judges the first certificate of `chain`, with the rest as links, at `claimed_ms` and, if given, at `now_ms`. `roots`
// are relied on whether they are roots, intermediates or the very certificate.
Judged judge(std::span<const CertificateHandle> chain, std::span<const CertificateHandle> roots, TimeMs claimed_ms,
             std::optional<TimeMs> now_ms);

}  // namespace probity::seal
