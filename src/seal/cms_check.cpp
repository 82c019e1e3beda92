#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "seal/certificate.h"
#include "seal/certificate_stack.h"
#include "seal/cms.h"
#include "seal/der.h"

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

struct Parsed {
  CmsHandle cms;
  BytesView der;  // without the zeros behind it
};

Result<Parsed> parse(BytesView bytes) {
  const unsigned char* at = bytes.data();
  CmsHandle cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(bytes.size())));
  if (!cms) return malformed("the seal's signature cannot be read");
  const auto used = static_cast<std::size_t>(at - bytes.data());
  if (std::any_of(at, bytes.data() + bytes.size(), [](std::uint8_t byte) { return byte != 0; }))
    return malformed("something stands behind the seal's signature");
  if (OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed) return other_form("the seal is of another kind");
  return Parsed{std::move(cms), bytes.first(used)};
}

// The value of an attribute that must stand exactly once, with one value.
const ASN1_TYPE* only_value(const CMS_SignerInfo* signer, int kind) {
  const int at = CMS_signed_get_attr_by_NID(signer, kind, -1);
  if (at < 0 || CMS_signed_get_attr_by_NID(signer, kind, at) >= 0) return nullptr;
  X509_ATTRIBUTE* const attribute = CMS_signed_get_attr(signer, at);
  return X509_ATTRIBUTE_count(attribute) == 1 ? X509_ATTRIBUTE_get0_type(attribute, 0) : nullptr;
}

BytesView view(const ASN1_STRING* string) {
  return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

Result<void> check_content(const CMS_SignerInfo* signer, const Hash& digest, CmsForm form) {
  const ASN1_TYPE* const type = only_value(signer, NID_pkcs9_contentType);
  const ASN1_TYPE* const stated = only_value(signer, NID_pkcs9_messageDigest);
  const int count = form == CmsForm::cades ? 4 : 3;  // the signing time, the signing certificate
  if (CMS_signed_get_attr_count(signer) != count || type == nullptr || stated == nullptr)
    return other_form("the seal's signature has unknown attributes");
  if (type->type != V_ASN1_OBJECT || OBJ_obj2nid(type->value.object) != NID_pkcs7_data ||
      stated->type != V_ASN1_OCTET_STRING)
    return malformed("the seal's attributes are malformed");
  const BytesView bytes = view(stated->value.octet_string);
  if (!std::equal(bytes.begin(), bytes.end(), digest.begin(), digest.end()))
    return malformed("the document was altered after it was sealed");
  return {};
}

Result<TimeMs> signing_time_of(const CMS_SignerInfo* signer) {
  const ASN1_TYPE* const value = only_value(signer, NID_pkcs9_signingTime);
  std::tm parts{};
  if (value == nullptr || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME) ||
      ASN1_TIME_to_tm(value->value.asn1_string, &parts) != 1)
    return other_form("the seal's signature states no time");
  return static_cast<TimeMs>(timegm(&parts)) * 1000;
}

struct Certificates {
  std::vector<CertificateHandle> all;  // in the order of the signature
  std::size_t signer = 0;
};

Result<Certificates> certificates_of(CMS_ContentInfo* cms, CMS_SignerInfo* signer) {
  STACK_OF(X509)* const stack = CMS_get1_certs(cms);
  Certificates certificates;
  for (int i = 0; i < sk_X509_num(stack); ++i) certificates.all.emplace_back(sk_X509_value(stack, i));
  sk_X509_free(stack);
  if (certificates.all.size() > kMostCertificates) return other_form("the seal holds too many certificates");
  const auto found = std::find_if(certificates.all.begin(), certificates.all.end(), [&](const CertificateHandle& one) {
    return CMS_SignerInfo_cert_cmp(signer, one.get()) == 0;
  });
  if (found == certificates.all.end()) return malformed("the seal does not hold its certificate");
  certificates.signer = static_cast<std::size_t>(found - certificates.all.begin());
  return certificates;
}

// That the signature names just these certificates, its own first (RFC 5035), so that none can take another's place.
Result<void> check_named(const CMS_SignerInfo* signer, std::span<const CertificateHandle> chain) {
  const ASN1_TYPE* const value = only_value(signer, NID_id_smime_aa_signingCertificateV2);
  if (value == nullptr || value->type != V_ASN1_SEQUENCE)
    return other_form("the seal's signature does not name its certificate");
  const BytesView der = view(value->value.sequence);
  const unsigned char* at = der.data();
  const std::unique_ptr<ESS_SIGNING_CERT_V2, decltype(&ESS_SIGNING_CERT_V2_free)> named(
      d2i_ESS_SIGNING_CERT_V2(nullptr, &at, static_cast<long>(der.size())), ESS_SIGNING_CERT_V2_free);
  if (!named) return malformed("the seal's signature names its certificate in a malformed way");
  const CertificateStack stack = borrow(chain);
  if (OSSL_ESS_check_signing_certs(nullptr, named.get(), stack.get(), 1) <= 0)
    return malformed("the seal's signature names other certificates");
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
  const BytesView token = view(X509_ATTRIBUTE_get0_type(attribute, 0)->value.sequence);
  return Bytes(token.begin(), token.end());
}

// The signature as the sealer writes it, made anew from what was read. Comparing the two covers every field that no
// digest covers: versions, algorithm names and their parameters, order, ways to write a length.
Bytes rebuilt(CMS_SignerInfo* signer, const Certificates& certificates) {
  static constexpr std::array<std::uint8_t, 3> kVersion{0x02, 0x01, 0x01};
  static constexpr std::array<std::uint8_t, 13> kSha256{0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48,
                                                        0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
  static constexpr std::array<std::uint8_t, 12> kEcdsa{0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86,
                                                       0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02};
  static constexpr std::array<std::uint8_t, 15> kRsa{0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                                     0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00};
  static constexpr std::array<std::uint8_t, 13> kDetachedData{0x30, 0x0B, 0x06, 0x09, 0x2A, 0x86, 0x48,
                                                              0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01};
  static constexpr std::array<std::uint8_t, 11> kSignedData{0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
                                                            0xF7, 0x0D, 0x01, 0x07, 0x02};
  X509* const own = certificates.all[certificates.signer].get();
  const bool is_rsa = EVP_PKEY_is_a(X509_get0_pubkey(own), "RSA") == 1;
  std::vector<Bytes> held;
  for (const CertificateHandle& certificate : certificates.all) held.push_back(to_der(certificate.get()));
  std::vector<Bytes> attributes;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i)
    attributes.push_back(encoded<i2d_X509_ATTRIBUTE>(CMS_signed_get_attr(signer, i)));
  std::sort(held.begin(), held.end());
  std::sort(attributes.begin(), attributes.end());
  const Bytes identifier = der(DerTag::sequence, {encoded<i2d_X509_NAME>(X509_get_issuer_name(own)),
                                                  encoded<i2d_ASN1_INTEGER>(X509_get0_serialNumber(own))});
  const Bytes added = CMS_unsigned_get_attr_count(signer) != 1
                          ? Bytes{}
                          : der(DerTag::context_1, {encoded<i2d_X509_ATTRIBUTE>(CMS_unsigned_get_attr(signer, 0))});
  const Bytes signed_attributes = der(DerTag::context_0, {joined(attributes)});
  const Bytes value = der(DerTag::octets, {view(CMS_SignerInfo_get0_signature(signer))});
  const Bytes info = der(DerTag::sequence, {kVersion, identifier, kSha256, signed_attributes,
                                            is_rsa ? BytesView(kRsa) : BytesView(kEcdsa), value, added});
  const Bytes data = der(DerTag::sequence, {kVersion, der(DerTag::set, {kSha256}), kDetachedData,
                                            der(DerTag::context_0, {joined(held)}), der(DerTag::set, {info})});
  return der(DerTag::sequence, {kSignedData, der(DerTag::context_0, {data})});
}

}  // namespace

Result<CmsSignature> check_detached(BytesView der, const Hash& digest, CmsForm form) {
  TRY_ASSIGN(const Parsed parsed, parse(der));
  STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(parsed.cms.get());
  if (sk_CMS_SignerInfo_num(signers) != 1) return other_form("the seal was not made by one signer");
  CMS_SignerInfo* const signer = sk_CMS_SignerInfo_value(signers, 0);
  TRY_ASSIGN(Certificates certificates, certificates_of(parsed.cms.get(), signer));
  TRY(check_content(signer, digest, form));
  CmsSignature signature;
  if (form == CmsForm::cades) {
    TRY_ASSIGN(signature.signing_time_ms, signing_time_of(signer));
  }
  signature.der_size = parsed.der.size();
  signature.value_digest = sha256(view(CMS_SignerInfo_get0_signature(signer)));
  TRY_ASSIGN(signature.timestamp_der, timestamp_of(signer));
  const Bytes expected = rebuilt(signer, certificates);
  if (!std::equal(expected.begin(), expected.end(), parsed.der.begin(), parsed.der.end()))
    return other_form("the seal's signature is written in another way");
  std::rotate(certificates.all.begin(), certificates.all.begin() + static_cast<std::ptrdiff_t>(certificates.signer),
              certificates.all.begin() + static_cast<std::ptrdiff_t>(certificates.signer) + 1);
  TRY(check_named(signer, certificates.all));
  X509* const own = certificates.all.front().get();
  if (!may_sign(own)) return other_form("the seal's certificate is not for signing");
  if ((X509_get_extension_flags(own) & EXFLAG_CRITICAL) != 0)
    return other_form("the seal's certificate has an unknown critical extension");
  CMS_SignerInfo_set1_signer_cert(signer, own);
  if (CMS_SignerInfo_verify(signer) != 1) return malformed("the seal's signature is not by its certificate");
  ERR_clear_error();
  signature.chain = std::move(certificates.all);
  return signature;
}

}  // namespace probity::seal
