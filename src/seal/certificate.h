// Reading X.509 certificates: from PEM, and what they say.
#pragma once

#include <string_view>
#include <vector>

#include "seal/handles.h"
#include "seal/key.h"

namespace probity::seal {

// The certificates of a PEM text, in its order; other PEM blocks and text between are passed over.
// Errors: corrupt (a damaged certificate, or none).
Result<std::vector<CertificateHandle>> read_certificates(std::string_view pem);

std::string to_pem(x509_st* certificate);
Bytes to_der(x509_st* certificate);
Certificate describe(x509_st* certificate);

// Whether its key usage, if it states any, includes signatures.
bool may_sign(x509_st* certificate);

}  // namespace probity::seal
