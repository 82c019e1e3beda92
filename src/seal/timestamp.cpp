#include "seal/timestamp.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>

#include "base/check.h"
#include "base/encoding.h"
#include "seal/certificate.h"
#include "seal/der.h"
#include "seal/standing.h"

namespace probity::seal {
namespace {

constexpr int kMostCertificates = 10;
constexpr int kLeastSecurityBits = 112;  // RSA of 2,048 bits, P-256

template <class T, void (*Free)(T*)>
struct Freed {
  void operator()(T* object) const { Free(object); }
};
using Request = std::unique_ptr<TS_REQ, Freed<TS_REQ, TS_REQ_free>>;
using Response = std::unique_ptr<TS_RESP, Freed<TS_RESP, TS_RESP_free>>;
using Token = std::unique_ptr<PKCS7, Freed<PKCS7, PKCS7_free>>;
using Info = std::unique_ptr<TS_TST_INFO, Freed<TS_TST_INFO, TS_TST_INFO_free>>;

tl::unexpected<Error> malformed(const char* what) {
  ERR_clear_error();
  return fail(ErrorCode::corrupt, what);
}
tl::unexpected<Error> other_form(const char* what) {
  ERR_clear_error();
  return fail(ErrorCode::unsupported, what);
}

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
Bytes bytes_of(const ASN1_INTEGER* integer) {
  const Number number(ASN1_INTEGER_to_BN(integer, nullptr), BN_free);
  if (!number) return {};
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  return bytes;
}

// Leading zeros are not part of an ASN.1 integer.
Bytes significant(const Nonce& nonce) {
  return {std::find_if(nonce.begin(), nonce.end(), [](std::uint8_t byte) { return byte != 0; }), nonce.end()};
}

// The certificates of the token, the signer's own first.
Result<std::vector<CertificateHandle>> chain_of(PKCS7* token) {
  STACK_OF(X509)* const signers = PKCS7_get0_signers(token, nullptr, 0);
  X509* const own = sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : nullptr;
  sk_X509_free(signers);
  if (own == nullptr) return malformed("the timestamp does not hold its authority's certificate");
  const STACK_OF(X509)* const held = token->d.sign->cert;
  if (sk_X509_num(held) > kMostCertificates) return other_form("the timestamp holds too many certificates");
  std::vector<CertificateHandle> chain;
  const auto add = [&](X509* certificate) {
    X509_up_ref(certificate);
    chain.emplace_back(certificate);
  };
  add(own);
  for (int i = 0; i < sk_X509_num(held); ++i)
    if (sk_X509_value(held, i) != own) add(sk_X509_value(held, i));
  return chain;
}

// One signer, a digest that holds, and nothing that the signature leaves open.
Result<void> check_form(PKCS7* token) {
  if (OBJ_obj2nid(token->type) != NID_pkcs7_signed) return other_form("the timestamp is of another kind");
  STACK_OF(PKCS7_SIGNER_INFO)* const signers = PKCS7_get_signer_info(token);
  if (sk_PKCS7_SIGNER_INFO_num(signers) != 1) return other_form("the timestamp was not made by one authority");
  if (sk_X509_CRL_num(token->d.sign->crl) > 0) return other_form("the timestamp holds a revocation list");
  const PKCS7_SIGNER_INFO* const signer = sk_PKCS7_SIGNER_INFO_value(signers, 0);
  if (sk_X509_ATTRIBUTE_num(signer->unauth_attr) > 0) return other_form("the timestamp has unsigned attributes");
  const int digest = OBJ_obj2nid(signer->digest_alg->algorithm);
  if (digest != NID_sha256 && digest != NID_sha384 && digest != NID_sha512)
    return other_form("the timestamp is signed with a weak digest");
  return {};
}

// By its own certificate, whoever that is: who is to be relied on is judged apart. OpenSSL checks on the way that the
// certificate is for timestamping only and that the signature names it.
Result<void> check_signature(PKCS7* token, std::span<const CertificateHandle> chain, TimeMs time_ms) {
  if (EVP_PKEY_get_security_bits(X509_get0_pubkey(chain.front().get())) < kLeastSecurityBits)
    return other_form("the timestamp is signed with a weak key");
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
  PROBITY_CHECK(store != nullptr);
  X509_STORE_add_cert(store.get(), chain.front().get());
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), static_cast<std::time_t>(time_ms / 1000));
  if (TS_RESP_verify_signature(token, nullptr, store.get(), nullptr) != 1)
    return tl::unexpected(openssl_error(ErrorCode::corrupt, "the timestamp is not by a timestamping authority"));
  return {};
}

Result<void> check_imprint(TS_TST_INFO* info, const Hash& imprint) {
  TS_MSG_IMPRINT* const stamped = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* digest = nullptr;
  X509_ALGOR_get0(&digest, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(stamped));
  if (OBJ_obj2nid(digest) != NID_sha256) return other_form("the timestamp is over another digest than SHA-256");
  const ASN1_OCTET_STRING* const value = TS_MSG_IMPRINT_get_msg(stamped);
  const BytesView bytes(ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value)));
  if (!std::equal(bytes.begin(), bytes.end(), imprint.begin(), imprint.end()))
    return malformed("the timestamp is of something else");
  return {};
}

Result<TimeMs> time_of(const TS_TST_INFO* info) {
  std::tm parts{};
  const ASN1_GENERALIZEDTIME* const time = TS_TST_INFO_get_time(info);
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return malformed("the timestamp states no time");
  return static_cast<TimeMs>(timegm(&parts)) * 1000;
}

std::optional<TimeMs> accuracy_of(TS_TST_INFO* info) {
  TS_ACCURACY* const accuracy = TS_TST_INFO_get_accuracy(info);
  if (accuracy == nullptr) return std::nullopt;
  const auto part = [](const ASN1_INTEGER* integer) -> TimeMs {
    std::int64_t value = 0;
    if (integer == nullptr || ASN1_INTEGER_get_int64(&value, integer) != 1) return 0;
    return std::clamp<TimeMs>(value, 0, 86'400);
  };
  ERR_clear_error();
  return part(TS_ACCURACY_get_seconds(accuracy)) * 1000 + part(TS_ACCURACY_get_millis(accuracy));
}

std::string policy_of(TS_TST_INFO* info) {
  std::array<char, 128> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), TS_TST_INFO_get_policy_id(info), 1);
  return text.data();
}

// The token's statement, once its form and imprint are right.
Result<Info> read_statement(PKCS7* token, const Hash& imprint) {
  TRY(check_form(token));
  Info info(PKCS7_to_TS_TST_INFO(token));
  if (!info) return malformed("the timestamp states nothing that can be read");
  if (TS_TST_INFO_get_version(info.get()) != 1) return other_form("the timestamp is of an unknown version");
  for (int at = -1; (at = TS_TST_INFO_get_ext_by_critical(info.get(), 1, at)) >= 0;)
    return other_form("the timestamp has an unknown critical extension");
  TRY(check_imprint(info.get(), imprint));
  return info;
}

Result<Token> parse_token(BytesView der) {
  if (der.size() > kMostTokenBytes) return fail(ErrorCode::too_large, "the timestamp is too large");
  const unsigned char* at = der.data();
  Token token(d2i_PKCS7(nullptr, &at, static_cast<long>(der.size())));
  if (!token) return malformed("the timestamp cannot be read");
  const Bytes again = encoded<i2d_PKCS7>(token.get());
  if (!std::equal(again.begin(), again.end(), der.begin(), der.end()))
    return malformed("the timestamp is written in another way, or something stands behind it");
  return token;
}

}  // namespace

Bytes timestamp_query(const Hash& imprint, const Nonce& nonce) {
  const Request request(TS_REQ_new());
  const std::unique_ptr<TS_MSG_IMPRINT, decltype(&TS_MSG_IMPRINT_free)> stamped(TS_MSG_IMPRINT_new(),
                                                                                TS_MSG_IMPRINT_free);
  const std::unique_ptr<X509_ALGOR, decltype(&X509_ALGOR_free)> digest(X509_ALGOR_new(), X509_ALGOR_free);
  const Number number(BN_bin2bn(nonce.data(), nonce.size(), nullptr), BN_free);
  PROBITY_CHECK(request && stamped && digest && number);
  const std::unique_ptr<ASN1_INTEGER, decltype(&ASN1_INTEGER_free)> integer(BN_to_ASN1_INTEGER(number.get(), nullptr),
                                                                            ASN1_INTEGER_free);
  Hash message = imprint;
  PROBITY_CHECK(X509_ALGOR_set0(digest.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
                TS_MSG_IMPRINT_set_algo(stamped.get(), digest.get()) == 1 &&
                TS_MSG_IMPRINT_set_msg(stamped.get(), message.data(), static_cast<int>(message.size())) == 1 &&
                TS_REQ_set_version(request.get(), 1) == 1 &&
                TS_REQ_set_msg_imprint(request.get(), stamped.get()) == 1 &&
                TS_REQ_set_nonce(request.get(), integer.get()) == 1 && TS_REQ_set_cert_req(request.get(), 1) == 1);
  return encoded<i2d_TS_REQ>(request.get());
}

Result<Bytes> token_of_reply(BytesView reply, const Hash& imprint, const Nonce& nonce) {
  if (reply.size() > kMostReplyBytes) return fail(ErrorCode::too_large, "the authority's reply is too large");
  const unsigned char* at = reply.data();
  const Response response(d2i_TS_RESP(nullptr, &at, static_cast<long>(reply.size())));
  if (!response || at != reply.data() + reply.size()) return malformed("the authority's reply cannot be read");
  const ASN1_INTEGER* const status = TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response.get()));
  const long granted = status == nullptr ? -1 : ASN1_INTEGER_get(status);
  if (granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) {
    ERR_clear_error();
    return fail(ErrorCode::unavailable, "the authority refused to stamp (status " + std::to_string(granted) + ")");
  }
  PKCS7* const token = TS_RESP_get_token(response.get());
  if (token == nullptr) return malformed("the authority's reply holds no timestamp");
  TRY_ASSIGN(const Info info, read_statement(token, imprint));
  const ASN1_INTEGER* const given = TS_TST_INFO_get_nonce(info.get());
  if (given == nullptr || ASN1_STRING_type(given) != V_ASN1_INTEGER || bytes_of(given) != significant(nonce))
    return malformed("the authority answered another question");
  Bytes der = encoded<i2d_PKCS7>(token);
  TRY(check_timestamp(der, imprint));
  return der;
}

Result<Timestamp> check_timestamp(BytesView der, const Hash& imprint, const Trust& trust) {
  TRY_ASSIGN(const auto roots, read_roots(trust.roots_pem));
  TRY_ASSIGN(const Token token, parse_token(der));
  TRY_ASSIGN(const Info info, read_statement(token.get(), imprint));
  Timestamp timestamp;
  TRY_ASSIGN(timestamp.time_ms, time_of(info.get()));
  TRY_ASSIGN(const auto chain, chain_of(token.get()));
  TRY(check_signature(token.get(), chain, timestamp.time_ms));
  timestamp.accuracy_ms = accuracy_of(info.get());
  timestamp.serial = to_hex(bytes_of(TS_TST_INFO_get_serial(info.get())));
  timestamp.policy = policy_of(info.get());
  timestamp.authority = describe(chain.front().get());
  Judged judged = judge(chain, roots, timestamp.time_ms, trust.now_ms, Purpose::timestamping);
  timestamp.standing = judged.standing;
  timestamp.standing_reason = std::move(judged.reason);
  ERR_clear_error();
  return timestamp;
}

}  // namespace probity::seal
