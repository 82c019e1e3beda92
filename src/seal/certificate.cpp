#include "seal/certificate.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "base/encoding.h"
#include "seal/der.h"

namespace probity::seal {
namespace {

// The last entry of one kind in a name, as UTF-8; empty when there is none.
std::string entry_of(const X509_NAME* name, int kind) {
  int last = -1;
  for (int at = -1; (at = X509_NAME_get_index_by_NID(name, kind, at)) >= 0;) last = at;
  if (last < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
  if (size < 0) return {};
  std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return text;
}

std::string readable(const X509_NAME* name) {
  const std::string organisation = entry_of(name, NID_organizationName);
  return organisation.empty() ? entry_of(name, NID_commonName) : organisation;
}

TimeMs to_ms(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return 0;
  return static_cast<TimeMs>(timegm(&parts)) * 1000;
}

std::string serial_of(const X509* certificate) {
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
      ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr), BN_free);
  if (!number) return {};
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  return to_hex(bytes);
}

}  // namespace

Result<std::vector<CertificateHandle>> read_certificates(std::string_view pem) {
  const BioHandle text = read_from(pem);
  std::vector<CertificateHandle> certificates;
  ERR_clear_error();
  while (X509* const certificate = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr))
    certificates.emplace_back(certificate);
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (!at_end) return tl::unexpected(openssl_error(ErrorCode::corrupt, "a certificate cannot be read"));
  ERR_clear_error();
  if (certificates.empty())
    return fail(ErrorCode::corrupt, "there is no certificate", "Give it as PEM: -----BEGIN CERTIFICATE-----");
  return certificates;
}

std::string to_pem(X509* certificate) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

Bytes to_der(X509* certificate) { return encoded<i2d_X509>(certificate); }

Certificate describe(X509* certificate) {
  return {.subject = readable(X509_get_subject_name(certificate)),
          .issuer = readable(X509_get_issuer_name(certificate)),
          .serial = serial_of(certificate),
          .not_before_ms = to_ms(X509_get0_notBefore(certificate)),
          .not_after_ms = to_ms(X509_get0_notAfter(certificate)),
          .fingerprint = sha256(to_der(certificate)),
          .self_signed = X509_self_signed(certificate, 1) == 1,
          .pem = to_pem(certificate)};
}

bool may_sign(X509* certificate) {
  const std::uint32_t usage = X509_get_key_usage(certificate);
  return usage == UINT32_MAX || (usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) != 0;
}

}  // namespace probity::seal
