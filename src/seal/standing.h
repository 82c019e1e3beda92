// Whether a certificate leads to one that is relied on.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "seal/handles.h"
#include "seal/trust.h"

namespace probity::seal {

struct Judged {
  Standing standing = Standing::unknown;
  std::string reason;
};

enum class Purpose : std::uint8_t { any, timestamping };

// Trust::roots_pem; nothing when it is empty. Errors: invalid_argument.
Result<std::vector<CertificateHandle>> read_roots(std::string_view pem);

// Judges the first certificate of `chain`, with the rest as links, at `claimed_ms` and, if given, at `now_ms`. `roots`
// are relied on whether they are roots, intermediates or the very certificate.
Judged judge(std::span<const CertificateHandle> chain, std::span<const CertificateHandle> roots, TimeMs claimed_ms,
             std::optional<TimeMs> now_ms, Purpose purpose = Purpose::any);

}  // namespace probity::seal
