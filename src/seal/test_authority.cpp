#include "seal/test_authority.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/pem.h>
#include <openssl/ts.h>

#include <memory>

#include "base/check.h"
#include "seal/certificate.h"
#include "seal/der.h"

namespace probity::seal {
namespace {

// By hand where TS_RESP_create_response would do, because that refuses to be wrong.
void set_statement(TS_TST_INFO* info, const Hash& imprint, const ASN1_INTEGER* nonce, const ReplyForm& form) {
  const std::unique_ptr<TS_MSG_IMPRINT, decltype(&TS_MSG_IMPRINT_free)> stamped(TS_MSG_IMPRINT_new(),
                                                                                TS_MSG_IMPRINT_free);
  const std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> digest(X509_ALGOR_new(), X509_ALGOR_free);
  X509_ALGOR_set0(digest.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr);
  TS_MSG_IMPRINT_set_algo(stamped.get(), digest.get());
  Hash message = imprint;
  TS_MSG_IMPRINT_set_msg(stamped.get(), message.data(), static_cast<int>(message.size()));
  TS_TST_INFO_set_version(info, form.version);
  TS_TST_INFO_set_msg_imprint(info, stamped.get());
  ASN1_OBJECT* const policy = OBJ_txt2obj("1.2.3.4.1", 1);
  TS_TST_INFO_set_policy_id(info, policy);
  ASN1_OBJECT_free(policy);
  ASN1_INTEGER* const serial = ASN1_INTEGER_new();
  ASN1_INTEGER_set(serial, 4711);
  TS_TST_INFO_set_serial(info, serial);
  ASN1_INTEGER_free(serial);
  ASN1_GENERALIZEDTIME* const time = ASN1_GENERALIZEDTIME_set(nullptr, form.time_ms / 1000);
  TS_TST_INFO_set_time(info, time);
  ASN1_GENERALIZEDTIME_free(time);
  if (nonce != nullptr) TS_TST_INFO_set_nonce(info, nonce);
  if (form.critical_extension) {
    ASN1_OCTET_STRING* const value = ASN1_OCTET_STRING_new();
    ASN1_OBJECT* const kind = OBJ_txt2obj("1.2.3.4.5", 1);
    X509_EXTENSION* const extension = X509_EXTENSION_create_by_OBJ(nullptr, kind, 1, value);
    TS_TST_INFO_add_ext(info, extension, -1);
    X509_EXTENSION_free(extension);
    ASN1_OBJECT_free(kind);
    ASN1_OCTET_STRING_free(value);
  }
}

void add_signer(PKCS7* token, const Identity& identity, const ReplyForm& form) {
  const EVP_MD* const digest = form.sha1 ? EVP_sha1() : EVP_sha256();
  const auto chain = read_certificates(identity.certificate_pem);
  const KeyHandle key(PEM_read_bio_PrivateKey(read_from(identity.key_pem).get(), nullptr, nullptr, nullptr));
  X509* const own = chain->front().get();
  if (form.holds_certificate)
    for (const CertificateHandle& certificate : *chain) PKCS7_add_certificate(token, certificate.get());
  PKCS7_SIGNER_INFO* const signer = PKCS7_add_signature(token, own, key.get(), digest);
  PROBITY_CHECK(signer != nullptr);
  PKCS7_add_signed_attribute(signer, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_id_smime_ct_TSTInfo));
  if (!form.names_certificate) return;
  ESS_SIGNING_CERT_V2* const named = OSSL_ESS_signing_cert_v2_new_init(EVP_sha256(), own, nullptr, 0);
  const Bytes der = encoded<i2d_ESS_SIGNING_CERT_V2>(named);
  ESS_SIGNING_CERT_V2_free(named);
  ASN1_STRING* const value = ASN1_STRING_new();
  ASN1_STRING_set(value, der.data(), static_cast<int>(der.size()));
  PKCS7_add_signed_attribute(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE, value);
}

PKCS7* make_token(const Identity& identity, const Hash& imprint, const ASN1_INTEGER* nonce, const ReplyForm& form) {
  PKCS7* const token = PKCS7_new();
  PKCS7_set_type(token, NID_pkcs7_signed);
  ASN1_INTEGER_set(token->d.sign->version, 3);
  add_signer(token, identity, form);
  PKCS7* const content = PKCS7_new();
  content->d.other = ASN1_TYPE_new();
  content->type = OBJ_nid2obj(NID_id_smime_ct_TSTInfo);
  ASN1_TYPE_set(content->d.other, V_ASN1_OCTET_STRING, ASN1_OCTET_STRING_new());
  PKCS7_set_content(token, content);
  const std::unique_ptr<TS_TST_INFO, decltype(&TS_TST_INFO_free)> info(TS_TST_INFO_new(), TS_TST_INFO_free);
  set_statement(info.get(), imprint, nonce, form);
  const BioHandle bio(PKCS7_dataInit(token, nullptr));
  i2d_TS_TST_INFO_bio(bio.get(), info.get());
  PROBITY_CHECK(PKCS7_dataFinal(token, bio.get()) == 1);
  return token;
}

Hash imprint_of(TS_REQ* request) {
  const ASN1_OCTET_STRING* const message = TS_MSG_IMPRINT_get_msg(TS_REQ_get_msg_imprint(request));
  Hash imprint{};
  PROBITY_CHECK(ASN1_STRING_length(message) == static_cast<int>(imprint.size()));
  std::copy_n(ASN1_STRING_get0_data(message), imprint.size(), imprint.begin());
  return imprint;
}

}  // namespace

Identity make_authority_identity(const Wanted& wanted, const Identity* issuer) {
  Wanted complete = wanted;
  if (complete.extended_key_usage.empty()) complete.extended_key_usage = "critical,timeStamping";
  return make_identity(complete, issuer);
}

Result<Bytes> TestAuthority::reply(BytesView query) {
  ++asked;
  const unsigned char* at = query.data();
  const std::unique_ptr<TS_REQ, decltype(&TS_REQ_free)> request(
      d2i_TS_REQ(nullptr, &at, static_cast<long>(query.size())), TS_REQ_free);
  if (!request) return fail(ErrorCode::invalid_argument, "not a query");
  const ASN1_INTEGER* nonce = form.with_nonce ? TS_REQ_get_nonce(request.get()) : nullptr;
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> other(
      form.nonce ? BN_bin2bn(form.nonce->data(), static_cast<int>(form.nonce->size()), nullptr) : BN_new(), BN_free);
  const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> other_nonce(
      BN_to_ASN1_INTEGER(other.get(), nullptr), ASN1_INTEGER_free);
  if (form.nonce) nonce = other_nonce.get();
  const std::unique_ptr<TS_RESP, decltype(&TS_RESP_free)> response(TS_RESP_new(), TS_RESP_free);
  const std::unique_ptr<TS_STATUS_INFO, decltype(&TS_STATUS_INFO_free)> status(TS_STATUS_INFO_new(),
                                                                               TS_STATUS_INFO_free);
  TS_STATUS_INFO_set_status(status.get(), form.status);
  TS_RESP_set_status_info(response.get(), status.get());
  if (form.status < 2) {
    PKCS7* const token = make_token(identity_, form.imprint.value_or(imprint_of(request.get())), nonce, form);
    const std::unique_ptr<TS_TST_INFO, decltype(&TS_TST_INFO_free)> info(PKCS7_to_TS_TST_INFO(token), TS_TST_INFO_free);
    TS_RESP_set_tst_info(response.get(), token, TS_TST_INFO_dup(info.get()));
  }
  return encoded<i2d_TS_RESP>(response.get());
}

Bytes TestAuthority::token(const Hash& imprint) {
  PKCS7* const token = make_token(identity_, imprint, nullptr, form);
  Bytes der = encoded<i2d_PKCS7>(token);
  PKCS7_free(token);
  return der;
}

}  // namespace probity::seal
