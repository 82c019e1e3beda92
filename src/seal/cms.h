// The signature inside a seal: detached CMS (RFC 5652) with the attributes of CAdES B-B (ETSI EN 319 122-1).
#pragma once

#include <optional>
#include <span>

#include "base/clock.h"
#include "base/hash.h"
#include "seal/handles.h"

namespace probity::seal {

// Signs a document of which only the digest is given. Signed attributes are content type, message digest and
// signing-certificate-v2 (of the whole chain), without a signing time in a PDF, as PAdES demands: it stands there.
// Errors: internal.
// `signing_time_ms` adds the time as CAdES demands of signatures that stand beside what they sign.
Result<Bytes> sign_detached(evp_pkey_st* key, std::span<const CertificateHandle> chain, const Hash& digest,
                            std::optional<TimeMs> signing_time_ms = std::nullopt);

// The signature with a timestamp token as its one unsigned attribute. Errors: corrupt (not a signature), conflict (it
// has one already), internal.
Result<Bytes> with_timestamp(BytesView signature_der, BytesView token);

struct CmsSignature {
  std::vector<CertificateHandle> chain;  // the signer's own first; all of them named by the signature
  std::optional<TimeMs> signing_time_ms{};
  Hash value_digest{};       // SHA-256 of the signature value
  std::size_t der_size = 0;  // without what stands behind it
  std::optional<Bytes> timestamp_der{};
};

enum class CmsForm : std::uint8_t { pades, cades };  // without or with a signing time

// Checks a signature of exactly the form above (a timestamp token may be added) against the document's digest. `der`
// may be followed by zeros only. Says nothing about whether the certificate is to be trusted. Errors: corrupt
// (malformed, of another document, or the signature is wrong), unsupported (another form).
Result<CmsSignature> check_detached(BytesView der, const Hash& digest, CmsForm form = CmsForm::pades);

}  // namespace probity::seal
