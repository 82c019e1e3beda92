#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/evp.h>

#include <algorithm>
#include <ctime>

#include "seal/certificate_stack.h"
#include "seal/cms.h"
#include "seal/der.h"

namespace probity::seal {
namespace {

constexpr unsigned kForm = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL;

tl::unexpected<Error> failed() { return tl::unexpected(openssl_error(ErrorCode::internal, "sealing failed")); }

// What is signed: the attributes as a DER SET, that is sorted by their bytes (RFC 5652, 5.4).
Bytes signed_bytes(const CMS_SignerInfo* signer) {
  std::vector<Bytes> attributes;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i)
    attributes.push_back(encoded<i2d_X509_ATTRIBUTE>(CMS_signed_get_attr(signer, i)));
  std::sort(attributes.begin(), attributes.end());
  return der(DerTag::set, {joined(attributes)});
}

// Names the whole chain by its hashes (RFC 5035), so that no certificate in the seal can be exchanged or altered.
bool add_signing_certificates(CMS_SignerInfo* signer, std::span<const CertificateHandle> chain) {
  const CertificateStack links = borrow(chain.subspan(1));
  const std::unique_ptr<ESS_SIGNING_CERT_V2, decltype(&ESS_SIGNING_CERT_V2_free)> named(
      OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), chain.front().get(), links.get(), 1), ESS_SIGNING_CERT_V2_free);
  if (!named) return false;
  const Bytes value = encoded<i2d_ESS_SIGNING_CERT_V2>(named.get());
  return CMS_signed_add1_attr_by_NID(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE, value.data(),
                                     static_cast<int>(value.size())) == 1;
}

bool add_signing_time(CMS_SignerInfo* signer, TimeMs time_ms) {
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> time(
      ASN1_TIME_set(nullptr, static_cast<std::time_t>(time_ms / 1000)), ASN1_TIME_free);
  return time != nullptr &&
         CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()), time.get(), -1) == 1;
}

bool add_attributes(CMS_SignerInfo* signer, std::span<const CertificateHandle> chain, const Hash& digest,
                    std::optional<TimeMs> signing_time_ms) {
  if (signing_time_ms && !add_signing_time(signer, *signing_time_ms)) return false;
  return CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) ==
             1 &&
         CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.data(),
                                     static_cast<int>(digest.size())) == 1 &&
         add_signing_certificates(signer, chain);
}

Result<Bytes> sign(EVP_PKEY* key, BytesView data) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  std::size_t size = 0;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, data.data(), data.size()) != 1)
    return failed();
  Bytes signature(size);
  if (EVP_DigestSign(context.get(), signature.data(), &size, data.data(), data.size()) != 1) return failed();
  signature.resize(size);
  return signature;
}

}  // namespace

// By hand where CMS_final would do, because CMS_final always adds a signing time, and takes it from the system's clock.
Result<Bytes> sign_detached(EVP_PKEY* key, std::span<const CertificateHandle> chain, const Hash& digest,
                            std::optional<TimeMs> signing_time_ms) {
  const CmsHandle cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, kForm));
  if (!cms) return failed();
  CMS_SignerInfo* const signer =
      CMS_add1_signer(cms.get(), chain.front().get(), key, EVP_sha256(), kForm | CMS_NOSMIMECAP);
  if (signer == nullptr || !add_attributes(signer, chain, digest, signing_time_ms)) return failed();
  for (const CertificateHandle& certificate : chain.subspan(1))
    if (CMS_add1_cert(cms.get(), certificate.get()) != 1) return failed();
  TRY_ASSIGN(const Bytes signature, sign(key, signed_bytes(signer)));
  if (ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), signature.data(), static_cast<int>(signature.size())) != 1)
    return failed();
  Bytes encoded_cms = encoded<i2d_CMS_ContentInfo>(cms.get());
  if (encoded_cms.empty()) return failed();
  return encoded_cms;
}

Result<Bytes> with_timestamp(BytesView signature_der, BytesView token) {
  const unsigned char* at = signature_der.data();
  const CmsHandle cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(signature_der.size())));
  STACK_OF(CMS_SignerInfo)* const signers = cms ? CMS_get0_SignerInfos(cms.get()) : nullptr;
  if (sk_CMS_SignerInfo_num(signers) != 1)
    return tl::unexpected(openssl_error(ErrorCode::corrupt, "the signature cannot be read"));
  CMS_SignerInfo* const signer = sk_CMS_SignerInfo_value(signers, 0);
  if (CMS_unsigned_get_attr_count(signer) > 0)
    return fail(ErrorCode::conflict, "the signature has a timestamp already");
  if (CMS_unsigned_add1_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token.data(),
                                    static_cast<int>(token.size())) != 1)
    return failed();
  Bytes stamped = encoded<i2d_CMS_ContentInfo>(cms.get());
  if (stamped.empty()) return failed();
  return stamped;
}

}  // namespace probity::seal
