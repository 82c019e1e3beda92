#include "seal/test_pdf.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "base/hash.h"
#include "seal/certificate.h"
#include "seal/cms.h"
#include "seal/update.h"

namespace probity::seal {
namespace {

KeyHandle make_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::p256:
      return KeyHandle(EVP_EC_gen("P-256"));
    case KeyKind::p384:
      return KeyHandle(EVP_EC_gen("P-384"));
    case KeyKind::p521:
      return KeyHandle(EVP_EC_gen("P-521"));
    case KeyKind::rsa2048:
      return KeyHandle(EVP_RSA_gen(2048));
    case KeyKind::rsa1024:
      return KeyHandle(EVP_RSA_gen(1024));
    case KeyKind::ed25519:
      break;
  }
  return KeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

KeyHandle key_of(const Identity& identity) {
  return KeyHandle(PEM_read_bio_PrivateKey(read_from(identity.key_pem).get(), nullptr, nullptr, nullptr));
}

std::string pem_of(EVP_PKEY* key) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void extend(X509* certificate, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

Bytes small_pdf(std::string_view catalogue, std::string_view page) {
  const std::string objects[] = {
      "<< /Length 50 >>\nstream\nBT /F1 24 Tf 72 700 Td (A small agreement.) Tj ET\nendstream",
      "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
      fmt::format("<< /Type /Page % 1\n   /Parent 4 0 R\n   /MediaBox [ 0 0 595.276 841.89 ]\n   /Contents 1 0 R\n"
                  "   /Resources 2 0 R\n{}>>",
                  page),
      "<< /Type /Pages\n   /Kids [ 3 0 R ]\n   /Count 1\n>>",
      "<< /Producer (a test)\n>>",
      fmt::format("<< /Type /Catalog\n   /Pages 4 0 R\n{}>>", catalogue)};
  std::string pdf = "%PDF-1.5\n%\xB5\xED\xAE\xFB\n";
  std::string table = "xref\n0 7\n0000000000 65535 f \n";
  int number = 0;
  for (const std::string& object : objects) {
    table += fmt::format("{:010} 00000 n \n", pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", ++number, object);
  }
  const std::size_t start = pdf.size();
  pdf += table + fmt::format("trailer\n<< /Size 7\n   /Root 6 0 R\n   /Info 5 0 R\n>>\nstartxref\n{}\n%%EOF\n", start);
  const BytesView bytes = as_bytes(pdf);
  return {bytes.begin(), bytes.end()};
}

SealKey node_key() {
  auto key = SealKey::generate("Lumen Motors", kNow);
  EXPECT_TRUE(key) << key.error().message;
  return std::move(*key);
}

Sealer node_sealer() {
  auto sealer = Sealer::create(node_key());
  EXPECT_TRUE(sealer);
  return std::move(*sealer);
}

Bytes sealed_pdf(const Sealer& sealer) {
  auto pdf = sealer.seal(small_pdf(), {.reason = "Agreement in force", .location = "Shanghai", .time_ms = kNow});
  EXPECT_TRUE(pdf) << pdf.error().message;
  return std::move(*pdf);
}

Identity make_identity(const Wanted& wanted, const Identity* issuer) {
  const KeyHandle key = make_key(wanted.kind);
  const CertificateHandle certificate(X509_new());
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), 0x1234567);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(wanted.name.c_str()), -1, -1, 0);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), wanted.from_ms / 1000);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), wanted.to_ms / 1000);
  X509_set_pubkey(certificate.get(), key.get());
  extend(certificate.get(), NID_basic_constraints, wanted.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (!wanted.key_usage.empty()) extend(certificate.get(), NID_key_usage, wanted.key_usage);
  if (!wanted.extended_key_usage.empty()) extend(certificate.get(), NID_ext_key_usage, wanted.extended_key_usage);
  const EVP_MD* const digest = wanted.kind == KeyKind::ed25519 ? nullptr : EVP_sha256();
  if (issuer == nullptr) {
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    X509_sign(certificate.get(), key.get(), digest);
  } else {
    const auto chain = read_certificates(issuer->certificate_pem);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(chain->front().get()));
    X509_sign(certificate.get(), key_of(*issuer).get(), EVP_sha256());
  }
  return {pem_of(key.get()), to_pem(certificate.get())};
}

Bytes forge(const Identity& forger, const Forgery& forgery) {
  auto open = append_update(small_pdf(), {.name = "Forger", .reason = "", .location = "", .time_ms = forgery.time_ms});
  EXPECT_TRUE(open) << open.error().message;
  if (forgery.change) {
    std::string text(as_text(open->pdf));
    forgery.change(text);
    EXPECT_EQ(text.size(), open->pdf.size());
    open->pdf.assign(as_bytes(text).begin(), as_bytes(text).end());
  }
  const auto chain = read_certificates(forger.certificate_pem);
  auto signature = sign_detached(key_of(forger).get(), *chain, sha256({open->before_gap(), open->after_gap()}));
  EXPECT_TRUE(signature) << signature.error().message;
  if (forgery.after) forgery.after(*signature);
  EXPECT_TRUE(close_gap(*open, *signature));
  return std::move(open->pdf);
}

void swap_text(std::string& text, std::string_view from, std::string_view to) {
  ASSERT_EQ(from.size(), to.size());
  const std::size_t at = text.rfind(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

}  // namespace probity::seal
