#include <openssl/cms.h>
#include <openssl/evp.h>

#include <algorithm>

#include "base/check.h"
#include "seal/cms.h"

namespace probity::seal {
namespace {

constexpr unsigned kForm = CMS_BINARY | CMS_DETACHED | CMS_PARTIAL;

tl::unexpected<Error> failed() { return tl::unexpected(openssl_error(ErrorCode::internal, "sealing failed")); }

Bytes attribute_der(const X509_ATTRIBUTE* attribute) {
  Bytes der(static_cast<std::size_t>(i2d_X509_ATTRIBUTE(attribute, nullptr)));
  unsigned char* at = der.data();
  i2d_X509_ATTRIBUTE(attribute, &at);
  return der;
}

// What is signed: the attributes as a DER SET, that is sorted by their bytes (RFC 5652, 5.4).
Bytes signed_bytes(const CMS_SignerInfo* signer) {
  std::vector<Bytes> attributes;
  std::size_t size = 0;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i) {
    attributes.push_back(attribute_der(CMS_signed_get_attr(signer, i)));
    size += attributes.back().size();
  }
  std::sort(attributes.begin(), attributes.end());
  PROBITY_CHECK(size >= 128 && size < 65'536);
  Bytes set{0x31};
  if (size > 255) {
    set.insert(set.end(), {0x82, static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size & 0xFF)});
  } else {
    set.insert(set.end(), {0x81, static_cast<std::uint8_t>(size)});
  }
  for (const Bytes& attribute : attributes) set.insert(set.end(), attribute.begin(), attribute.end());
  return set;
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
Result<Bytes> sign_detached(EVP_PKEY* key, std::span<const CertificateHandle> chain, const Hash& digest) {
  const CmsHandle cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, kForm));
  if (!cms) return failed();
  CMS_SignerInfo* const signer =
      CMS_add1_signer(cms.get(), chain.front().get(), key, EVP_sha256(), kForm | CMS_CADES | CMS_NOSMIMECAP);
  if (signer == nullptr) return failed();
  for (const CertificateHandle& certificate : chain.subspan(1))
    if (CMS_add1_cert(cms.get(), certificate.get()) != 1) return failed();
  if (CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) != 1 ||
      CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest.data(),
                                  static_cast<int>(digest.size())) != 1)
    return failed();
  TRY_ASSIGN(const Bytes signature, sign(key, signed_bytes(signer)));
  if (ASN1_STRING_set(CMS_SignerInfo_get0_signature(signer), signature.data(), static_cast<int>(signature.size())) != 1)
    return failed();
  const int size = i2d_CMS_ContentInfo(cms.get(), nullptr);
  if (size <= 0) return failed();
  Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_CMS_ContentInfo(cms.get(), &at);
  return der;
}

}  // namespace probity::seal
