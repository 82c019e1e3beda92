// The signature inside a seal: detached CMS (RFC 5652) with the attributes of CAdES B-B (ETSI EN 319 122-1).
#pragma once

#include <optional>
#include <span>

#include "base/hash.h"
#include "seal/handles.h"

namespace probity::seal {

// Signs a document of which only the digest is given. Signed attributes are content type, message digest and
// signing-certificate-v2 (of the whole chain), and no signing time, as PAdES demands: the time stands in the PDF.
// Errors: internal.
Result<Bytes> sign_detached(evp_pkey_st* key, std::span<const CertificateHandle> chain, const Hash& digest);

struct CmsSignature {
  std::vector<CertificateHandle> chain;  // the signer's own first; all of them named by the signature
  std::optional<Bytes> timestamp_der{};
};

// Checks a signature of exactly the form above (a timestamp token may be added) against the document's digest. `der`
// may be followed by zeros only. Says nothing about whether the certificate is to be trusted. Errors: corrupt
// (malformed, of another document, or the signature is wrong), unsupported (another form).
Result<CmsSignature> check_detached(BytesView der, const Hash& digest);

}  // namespace probity::seal
