// The key that seals documents, and the certificate that says whose it is.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/hash.h"

namespace probity::seal {

// PEM text of a private key: wiped when it goes out of scope, and without any way into a log. Movable only.
class SecretPem {
 public:
  explicit SecretPem(std::string text) : text_(std::move(text)) {}
  SecretPem(SecretPem&& other) noexcept;
  SecretPem& operator=(SecretPem&& other) noexcept;
  ~SecretPem();
  std::string_view view() const { return text_; }

 private:
  void wipe();
  std::string text_;
};

// What a certificate says, for people to read.
struct Certificate {
  std::string subject;  // organisation or common name
  std::string issuer;
  std::string serial;  // hex
  TimeMs not_before_ms = 0;
  TimeMs not_after_ms = 0;
  Hash fingerprint{};  // SHA-256 of its DER form
  bool self_signed = false;
  std::string pem;
};

// A private key and its certificate chain, the key's own certificate first. Movable; the key is wiped on destruction.
class SealKey {
 public:
  // A new P-256 key under a self-signed certificate: CN and O are `organisation` (UTF-8, at most 64 characters), valid
  // for ten years from a day before `now_ms`, for digital signatures and non-repudiation only.
  // Errors: invalid_argument (the name is empty, too long or not UTF-8), internal.
  static Result<SealKey> generate(std::string_view organisation, TimeMs now_ms);

  // A key that exists. `chain_pem`: one or more certificates. Accepts ECDSA on P-256 or P-384, and RSA of at least
  // 2,048 bits; keys under a passphrase are refused. Errors: corrupt (not PEM, or key and first certificate do not
  // belong together), unsupported (another kind of key, or a certificate that is not for signing).
  static Result<SealKey> from_pem(std::string_view key_pem, std::string_view chain_pem);

  SealKey(SealKey&&) noexcept;
  SealKey& operator=(SealKey&&) noexcept;
  ~SealKey();

  Certificate certificate() const;
  std::string chain_pem() const;
  // For the caller's key file, which must be readable by the owner only.
  SecretPem key_pem() const;

 private:
  friend class Sealer;
  struct State;
  explicit SealKey(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace probity::seal
