#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/x509.h>

#include <algorithm>

#include "seal/certificate.h"
#include "seal/cms.h"

namespace probity::seal {
namespace {

constexpr int kMostCertificates = 10;

tl::unexpected<Error> malformed(const char* what) {
  ERR_clear_error();
  return fail(ErrorCode::corrupt, what);
}
tl::unexpected<Error> other_form(const char* what) {
  ERR_clear_error();
  return fail(ErrorCode::unsupported, what);
}

// The structure, if the bytes are its one DER form: no second way to write the same signature is taken.
Result<CmsHandle> parse(BytesView der) {
  const unsigned char* at = der.data();
  CmsHandle cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!cms) return malformed("the seal's signature cannot be read");
  const std::size_t used = static_cast<std::size_t>(at - der.data());
  if (std::any_of(at, der.data() + der.size(), [](std::uint8_t byte) { return byte != 0; }))
    return malformed("something stands behind the seal's signature");
  const int size = i2d_CMS_ContentInfo(cms.get(), nullptr);
  if (size <= 0 || static_cast<std::size_t>(size) != used) return malformed("the seal's signature is not in DER");
  Bytes again(used);
  unsigned char* out = again.data();
  i2d_CMS_ContentInfo(cms.get(), &out);
  if (!std::equal(again.begin(), again.end(), der.begin())) return malformed("the seal's signature is not in DER");
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(cms.get())) != NID_pkcs7_data || CMS_is_detached(cms.get()) != 1)
    return other_form("the seal's signature is of another kind");
  return cms;
}

// The value of an attribute that must stand exactly once, with one value.
const ASN1_TYPE* only_value(const CMS_SignerInfo* signer, int kind) {
  const int at = CMS_signed_get_attr_by_NID(signer, kind, -1);
  if (at < 0 || CMS_signed_get_attr_by_NID(signer, kind, at) >= 0) return nullptr;
  X509_ATTRIBUTE* const attribute = CMS_signed_get_attr(signer, at);
  return X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : nullptr;
}

Result<void> check_content(const CMS_SignerInfo* signer, const Hash& digest) {
  const ASN1_TYPE* const type = only_value(signer, NID_pkcs9_contentType);
  const ASN1_TYPE* const stated = only_value(signer, NID_pkcs9_messageDigest);
  if (CMS_signed_get_attr_count(signer) != 3 || type == nullptr || stated == nullptr)
    return other_form("the seal's signature has other attributes than PAdES B-B");
  if (type->type != V_ASN1_OBJECT || OBJ_obj2nid(type->value.object) != NID_pkcs7_data ||
      stated->type != V_ASN1_OCTET_STRING)
    return malformed("the seal's attributes are malformed");
  const ASN1_OCTET_STRING* const value = stated->value.octet_string;
  const BytesView bytes(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
  if (!std::equal(bytes.begin(), bytes.end(), digest.begin(), digest.end()))
    return malformed("the document was altered after it was sealed");
  return {};
}

// That the signature names this very certificate (RFC 5035), so that no other with the same key can take its place.
Result<void> check_signing_certificate(const CMS_SignerInfo* signer, X509* certificate) {
  const ASN1_TYPE* const value = only_value(signer, NID_id_smime_aa_signingCertificateV2);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE)
    return other_form("the seal's signature does not name its certificate");
  const unsigned char* at = ASN1_STRING_get0_data(value->value.sequence);
  const std::unique_ptr<ESS_SIGNING_CERT_V2, decltype(&ESS_SIGNING_CERT_V2_free)> named(
      d2i_ESS_SIGNING_CERT_V2(nullptr, &at, ASN1_STRING_length(value->value.sequence)), ESS_SIGNING_CERT_V2_free);
  const std::unique_ptr<STACK_OF(X509), void (*)(STACK_OF(X509)*)> chain(sk_X509_new_null(),
                                                                         [](STACK_OF(X509) * s) { sk_X509_free(s); });
  if (!named || !chain || sk_X509_push(chain.get(), certificate) == 0 ||
      OSSL_ESS_check_signing_certs(nullptr, named.get(), chain.get(), 1) <= 0)
    return malformed("the seal's signature names another certificate");
  return {};
}

Result<void> check_algorithms(CMS_SignerInfo* signer) {
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* signature = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &digest, &signature);
  const int kind = OBJ_obj2nid(signature->algorithm);
  if (OBJ_obj2nid(digest->algorithm) != NID_sha256 ||
      (kind != NID_ecdsa_with_SHA256 && kind != NID_rsaEncryption && kind != NID_sha256WithRSAEncryption))
    return other_form("the seal was made with other algorithms");
  return {};
}

// A token that an authority puts on the signature later; nothing else may be added.
Result<std::optional<Bytes>> timestamp_of(const CMS_SignerInfo* signer) {
  const int count = CMS_unsigned_get_attr_count(signer);
  if (count <= 0) return std::nullopt;
  X509_ATTRIBUTE* const attribute = CMS_unsigned_get_attr(signer, 0);
  if (count != 1 || OBJ_obj2nid(X509_ATTRIBUTE_get0_object(attribute)) != NID_id_smime_aa_timeStampToken ||
      X509_ATTRIBUTE_count(attribute) != 1 || X509_ATTRIBUTE_get0_type(attribute, 0)->type != V_ASN1_SEQUENCE)
    return other_form("the seal's signature has unknown attributes");
  const ASN1_STRING* const token = X509_ATTRIBUTE_get0_type(attribute, 0)->value.sequence;
  const unsigned char* const data = ASN1_STRING_get0_data(token);
  return Bytes(data, data + ASN1_STRING_length(token));
}

Result<CmsSignature> sort_certificates(CMS_ContentInfo* cms, CMS_SignerInfo* signer) {
  STACK_OF(X509)* const all = CMS_get1_certs(cms);
  CmsSignature found;
  const int count = sk_X509_num(all);
  for (int i = 0; i < count; ++i) {
    CertificateHandle certificate(sk_X509_value(all, i));
    const bool signs = CMS_SignerInfo_cert_cmp(signer, certificate.get()) == 0;
    if (signs && !found.signer) {
      found.signer = std::move(certificate);
    } else {
      found.others.push_back(std::move(certificate));
    }
  }
  sk_X509_free(all);
  if (!found.signer) return malformed("the seal does not hold its certificate");
  if (count > kMostCertificates) return other_form("the seal holds too many certificates");
  return found;
}

}  // namespace

Result<CmsSignature> check_detached(BytesView der, const Hash& digest) {
  TRY_ASSIGN(const CmsHandle cms, parse(der));
  STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(cms.get());
  if (sk_CMS_SignerInfo_num(signers) != 1) return other_form("the seal was not made by one signer");
  CMS_SignerInfo* const signer = sk_CMS_SignerInfo_value(signers, 0);
  TRY(check_algorithms(signer));
  TRY_ASSIGN(CmsSignature signature, sort_certificates(cms.get(), signer));
  TRY(check_content(signer, digest));
  TRY(check_signing_certificate(signer, signature.signer.get()));
  if (!may_sign(signature.signer.get())) return other_form("the seal's certificate is not for signing");
  CMS_SignerInfo_set1_signer_cert(signer, signature.signer.get());
  if (CMS_SignerInfo_verify(signer) != 1) return malformed("the seal's signature is not by its certificate");
  TRY_ASSIGN(signature.timestamp_der, timestamp_of(signer));
  ERR_clear_error();
  return signature;
}

}  // namespace probity::seal
