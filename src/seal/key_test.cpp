#include "seal/key.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "seal/certificate.h"
#include "seal/test_pdf.h"

namespace probity::seal {
namespace {

ErrorCode code_of(const Result<SealKey>& key) { return key ? ErrorCode::internal : key.error().code; }

TEST(SealKey, GeneratedKeyHasACertificateForTenYears) {
  const SealKey key = node_key();
  const Certificate certificate = key.certificate();
  EXPECT_EQ(certificate.subject, "Lumen Motors");
  EXPECT_EQ(certificate.issuer, "Lumen Motors");
  EXPECT_TRUE(certificate.self_signed);
  EXPECT_EQ(to_rfc3339(certificate.not_before_ms), "2026-11-17T11:06:40.000Z");
  EXPECT_EQ(to_rfc3339(certificate.not_after_ms), "2036-11-17T11:06:40.000Z");
  EXPECT_EQ(certificate.serial.size(), 32U);
  EXPECT_NE(certificate.serial, node_key().certificate().serial);
  const auto chain = read_certificates(key.chain_pem());
  ASSERT_TRUE(chain);
  ASSERT_EQ(chain->size(), 1U);
  X509* const x509 = chain->front().get();
  EXPECT_EQ(X509_get_key_usage(x509), static_cast<std::uint32_t>(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION));
  EXPECT_EQ(X509_check_ca(x509), 0);
  EXPECT_EQ(X509_get_signature_nid(x509), NID_ecdsa_with_SHA256);
  EXPECT_EQ(certificate.fingerprint, sha256(to_der(x509)));
}

TEST(SealKey, NamesInAnyScript) {
  for (const char* name : {"流明汽车（上海）有限公司", "Škoda & Söhne \"X\", Kft.", "𠮷野家"}) {
    const auto key = SealKey::generate(name, kNow);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->certificate().subject, name);
  }
}

TEST(SealKey, BadNamesAreRefused) {
  EXPECT_EQ(code_of(SealKey::generate("", kNow)), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(SealKey::generate(std::string(65, 'x'), kNow)), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(SealKey::generate("\xFF", kNow)), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(SealKey::generate(std::string_view("a\0b", 3), kNow)), ErrorCode::invalid_argument);
}

TEST(SealKey, GoesThroughPemAndBack) {
  const SealKey key = node_key();
  const SecretPem pem = key.key_pem();
  EXPECT_TRUE(pem.view().starts_with("-----BEGIN PRIVATE KEY-----"));
  const auto again = SealKey::from_pem(pem.view(), key.chain_pem());
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->certificate().fingerprint, key.certificate().fingerprint);
  EXPECT_EQ(again->key_pem().view(), pem.view());
}

TEST(SealKey, MovedFromSecretIsEmpty) {
  SecretPem first = node_key().key_pem();
  SecretPem second = std::move(first);
  EXPECT_TRUE(first.view().empty());  // NOLINT(bugprone-use-after-move)
  EXPECT_FALSE(second.view().empty());
  first = std::move(second);
  EXPECT_TRUE(second.view().empty());  // NOLINT(bugprone-use-after-move)
}

TEST(SealKey, KindsOfKeys) {
  for (const KeyKind kind : {KeyKind::p256, KeyKind::p384, KeyKind::rsa2048}) {
    const Identity identity = make_identity({.kind = kind});
    EXPECT_TRUE(SealKey::from_pem(identity.key_pem, identity.certificate_pem));
  }
  for (const KeyKind kind : {KeyKind::p521, KeyKind::rsa1024, KeyKind::ed25519}) {
    const Identity identity = make_identity({.kind = kind});
    EXPECT_EQ(code_of(SealKey::from_pem(identity.key_pem, identity.certificate_pem)), ErrorCode::unsupported);
  }
}

TEST(SealKey, KeyAndCertificateMustBelongTogether) {
  const Identity one = make_identity({});
  const Identity other = make_identity({});
  const auto key = SealKey::from_pem(one.key_pem, other.certificate_pem);
  EXPECT_EQ(code_of(key), ErrorCode::corrupt);
  // The right certificate in the wrong place is wrong too.
  EXPECT_EQ(code_of(SealKey::from_pem(one.key_pem, other.certificate_pem + one.certificate_pem)), ErrorCode::corrupt);
  EXPECT_TRUE(SealKey::from_pem(one.key_pem, "our certificate:\n" + one.certificate_pem + other.certificate_pem));
}

TEST(SealKey, CertificateMustBeForSigning) {
  const Identity identity = make_identity({.key_usage = "critical,keyEncipherment"});
  EXPECT_EQ(code_of(SealKey::from_pem(identity.key_pem, identity.certificate_pem)), ErrorCode::unsupported);
  const Identity unstated = make_identity({.key_usage = ""});
  EXPECT_TRUE(SealKey::from_pem(unstated.key_pem, unstated.certificate_pem));
}

// Neither waits for a passphrase on the terminal, nor repeats what it was given.
TEST(SealKey, DamagedAndLockedKeysAreRefusedWithoutTheirContents) {
  const Identity identity = make_identity({});
  const BioHandle locked(BIO_new(BIO_s_mem()));
  const BioHandle source = read_from(identity.key_pem);
  EVP_PKEY* const key = PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr);
  PEM_write_bio_PKCS8PrivateKey(locked.get(), key, EVP_aes_256_cbc(), "secret", 6, nullptr, nullptr);
  EVP_PKEY_free(key);
  char* data = nullptr;
  const long size = BIO_get_mem_data(locked.get(), &data);
  const std::string locked_pem(data, static_cast<std::size_t>(size));
  std::string cut = identity.key_pem;
  cut.erase(80, 20);
  for (const std::string& bad :
       {locked_pem, cut, std::string(), std::string("-----BEGIN PRIVATE KEY-----"), identity.certificate_pem}) {
    const auto result = SealKey::from_pem(bad, identity.certificate_pem);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::corrupt);
    EXPECT_EQ(result.error().message.find(identity.key_pem.substr(30, 12)), std::string::npos);
    EXPECT_LT(result.error().message.size(), 160U);
  }
  EXPECT_EQ(code_of(SealKey::from_pem(identity.key_pem, "")), ErrorCode::corrupt);
  EXPECT_EQ(code_of(SealKey::from_pem(identity.key_pem, identity.certificate_pem.substr(0, 200))), ErrorCode::corrupt);
}

}  // namespace
}  // namespace probity::seal
