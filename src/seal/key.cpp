#include "seal/key.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "base/check.h"
#include "seal/certificate.h"
#include "seal/key_state.h"
#include "seal/utf16.h"

namespace probity::seal {
namespace {

constexpr std::size_t kLongestName = 64;  // X.520's bound of both CN and O, in characters
constexpr long kSecondsPerDay = 86'400;
constexpr long kValidDays = 3'652;  // ten years

Result<void> check_name(std::string_view organisation) {
  const auto units = to_utf16(organisation);
  if (!units) return fail(ErrorCode::invalid_argument, "the organisation's name is not UTF-8");
  if (units->empty()) return fail(ErrorCode::invalid_argument, "the organisation has no name");
  if (units->size() > kLongestName)
    return fail(ErrorCode::invalid_argument, "the organisation's name is too long for a certificate",
                "At most 64 characters: take the short form.");
  return {};
}

bool add_extension(X509* certificate, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value), X509_EXTENSION_free);
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> serial{};
  if (RAND_bytes(serial.data(), static_cast<int>(serial.size())) != 1) return false;
  serial[0] = static_cast<unsigned char>((serial[0] & 0x3F) | 0x40);  // positive, and always of this length
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_bin2bn(serial.data(), serial.size(), nullptr), BN_free);
  return number != nullptr && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509* certificate, std::string_view organisation) {
  X509_NAME* const name = X509_get_subject_name(certificate);
  for (const char* entry : {"O", "CN"})
    if (X509_NAME_add_entry_by_txt(name, entry, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(organisation.data()),
                                   static_cast<int>(organisation.size()), -1, 0) != 1)
      return false;
  return X509_set_issuer_name(certificate, name) == 1;
}

bool set_validity(X509* certificate, TimeMs now_ms) {
  const auto now = static_cast<std::time_t>(now_ms / 1000);
  return ASN1_TIME_adj(X509_getm_notBefore(certificate), now - kSecondsPerDay, 0, 0) != nullptr &&
         ASN1_TIME_adj(X509_getm_notAfter(certificate), now, kValidDays, 0) != nullptr;
}

CertificateHandle self_signed(EVP_PKEY* key, std::string_view organisation, TimeMs now_ms) {
  CertificateHandle certificate(X509_new());
  const bool made = certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
                    set_serial(certificate.get()) && set_name(certificate.get(), organisation) &&
                    set_validity(certificate.get(), now_ms) && X509_set_pubkey(certificate.get(), key) == 1 &&
                    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE") &&
                    add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature,nonRepudiation") &&
                    add_extension(certificate.get(), NID_subject_key_identifier, "hash") &&
                    X509_sign(certificate.get(), key, EVP_sha256()) > 0;
  return made ? std::move(certificate) : nullptr;
}

// Never asks anybody for a passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

Result<KeyHandle> read_key(std::string_view pem) {
  const BioHandle text = read_from(pem);
  KeyHandle key(PEM_read_bio_PrivateKey(text.get(), nullptr, no_passphrase, nullptr));
  if (!key) {
    Error error = openssl_error(ErrorCode::corrupt, "the private key cannot be read");
    error.hint = "Give a PEM file without a passphrase.";
    return tl::unexpected(std::move(error));
  }
  return key;
}

Result<void> check_kind(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "RSA") == 1 && EVP_PKEY_get_bits(key) >= 2048) return {};
  if (EVP_PKEY_is_a(key, "EC") == 1) {
    std::array<char, 64> group{};
    std::size_t size = 0;
    EVP_PKEY_get_group_name(key, group.data(), group.size(), &size);
    const std::string_view curve(group.data(), size);
    if (curve == "prime256v1" || curve == "secp384r1") return {};
  }
  ERR_clear_error();
  return fail(ErrorCode::unsupported, "that kind of key cannot seal documents",
              "ECDSA on P-256 or P-384, or RSA of at least 2,048 bits.");
}

}  // namespace

SecretPem::SecretPem(SecretPem&& other) noexcept : text_(other.text_) { other.wipe(); }
SecretPem& SecretPem::operator=(SecretPem&& other) noexcept {
  if (this != &other) {
    wipe();
    text_ = other.text_;
    other.wipe();
  }
  return *this;
}
SecretPem::~SecretPem() { wipe(); }
void SecretPem::wipe() {
  OPENSSL_cleanse(text_.data(), text_.size());
  text_.clear();
}

Result<SealKey> SealKey::generate(std::string_view organisation, TimeMs now_ms) {
  TRY(check_name(organisation));
  auto state = std::make_unique<State>();
  state->key.reset(EVP_EC_gen("P-256"));
  if (!state->key) return tl::unexpected(openssl_error(ErrorCode::internal, "no key could be made"));
  CertificateHandle certificate = self_signed(state->key.get(), organisation, now_ms);
  if (!certificate) return tl::unexpected(openssl_error(ErrorCode::internal, "no certificate could be made"));
  state->chain.push_back(std::move(certificate));
  return SealKey(std::move(state));
}

Result<SealKey> SealKey::from_pem(std::string_view key_pem, std::string_view chain_pem) {
  auto state = std::make_unique<State>();
  TRY_ASSIGN(state->key, read_key(key_pem));
  TRY(check_kind(state->key.get()));
  TRY_ASSIGN(state->chain, read_certificates(chain_pem));
  X509* const own = state->chain.front().get();
  if (X509_check_private_key(own, state->key.get()) != 1) {
    ERR_clear_error();
    return fail(ErrorCode::corrupt, "the private key does not belong to the first certificate",
                "The certificate of the key comes first, then those that issued it.");
  }
  if (!may_sign(own))
    return fail(ErrorCode::unsupported, "the certificate is not for signing",
                "Its key usage must include digitalSignature or nonRepudiation.");
  return SealKey(std::move(state));
}

SealKey::SealKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealKey::SealKey(SealKey&&) noexcept = default;
SealKey& SealKey::operator=(SealKey&&) noexcept = default;
SealKey::~SealKey() = default;

Certificate SealKey::certificate() const { return describe(state_->chain.front().get()); }

std::string SealKey::chain_pem() const {
  std::string pem;
  for (const CertificateHandle& certificate : state_->chain) pem += to_pem(certificate.get());
  return pem;
}

SecretPem SealKey::key_pem() const {
  const BioHandle out(BIO_new(BIO_s_secmem()));  // wiped when it is freed
  PROBITY_CHECK(PEM_write_bio_PKCS8PrivateKey(out.get(), state_->key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
                1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return SecretPem(std::string(data, static_cast<std::size_t>(size)));
}

}  // namespace probity::seal
