// A timestamping authority for tests, in this process: honest by default, and able to be wrong in each way there is.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "seal/stamp.h"
#include "seal/test_pdf.h"

namespace probity::seal {

// The certificate that timestamping needs: "critical,timeStamping".
Identity make_authority_identity(const Wanted& wanted = {}, const Identity* issuer = nullptr);

// How the next replies are made.
struct ReplyForm {
  TimeMs time_ms = kNow;
  int status = 0;                 // PKIStatus; from 2 on without a token
  std::optional<Hash> imprint{};  // instead of the one that was asked about
  bool with_nonce = true;
  std::optional<Nonce> nonce{};  // instead of the one that was asked with
  bool names_certificate = true;
  bool holds_certificate = true;
  bool critical_extension = false;
  int version = 1;
  bool sha1 = false;  // signs a SHA-1 digest
};

class TestAuthority final : public TimestampAuthority {
 public:
  explicit TestAuthority(Identity identity = make_authority_identity(), std::string roots_pem = {})
      : identity_(std::move(identity)), roots_pem_(std::move(roots_pem)) {}

  ReplyForm form{};
  std::atomic<int> asked = 0;

  std::string name() const override { return "a test's authority"; }
  std::string roots_pem() const override { return roots_pem_; }
  std::string certificate_pem() const { return identity_.certificate_pem; }
  Result<Bytes> reply(BytesView query) override;
  // The token alone, over this digest.
  Bytes token(const Hash& imprint);

 private:
  Identity identity_;
  std::string roots_pem_;
};

}  // namespace probity::seal
