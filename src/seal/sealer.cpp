#include "seal/sealer.h"

#include "seal/certificate.h"
#include "seal/cms.h"
#include "seal/key_state.h"
#include "seal/update.h"

namespace probity::seal {
namespace {

constexpr std::size_t kLongestText = 500;

Result<void> check_info(const SealInfo& info) {
  for (const std::string* text : {&info.name, &info.reason, &info.location})
    if (text->size() > kLongestText)
      return fail(ErrorCode::invalid_argument, "a text of the seal is too long", "At most 500 bytes each.");
  return {};
}

Result<void> check_time(TimeMs time_ms, const Certificate& certificate) {
  if (time_ms < certificate.not_before_ms || time_ms > certificate.not_after_ms)
    return fail(ErrorCode::invalid_argument,
                "the certificate is not valid at that time: it is from " + to_rfc3339(certificate.not_before_ms) +
                    " to " + to_rfc3339(certificate.not_after_ms),
                "Renew the sealing certificate, or set the clock.");
  return {};
}

}  // namespace

struct Sealer::State {
  std::unique_ptr<SealKey::State> key;
  Certificate certificate;
};

Result<Sealer> Sealer::create(SealKey key) {
  auto state = std::make_unique<State>();
  state->certificate = key.certificate();
  state->key = std::move(key.state_);
  return Sealer(std::move(state));
}

Sealer::Sealer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Sealer::Sealer(Sealer&&) noexcept = default;
Sealer& Sealer::operator=(Sealer&&) noexcept = default;
Sealer::~Sealer() = default;

const Certificate& Sealer::certificate() const { return state_->certificate; }

std::string Sealer::chain_pem() const {
  std::string pem;
  for (const CertificateHandle& certificate : state_->key->chain) pem += to_pem(certificate.get());
  return pem;
}

Result<Bytes> Sealer::sign(const Hash& digest, TimeMs time_ms) const {
  TRY(check_time(time_ms, state_->certificate));
  return sign_detached(state_->key->key.get(), state_->key->chain, digest, time_ms);
}

Result<Bytes> Sealer::seal(BytesView pdf, const SealInfo& info) const {
  TRY(check_info(info));
  TRY(check_time(info.time_ms, state_->certificate));
  SealInfo complete = info;
  if (complete.name.empty()) complete.name = state_->certificate.subject;
  TRY_ASSIGN(OpenSeal seal, append_update(pdf, complete));
  const Hash digest = sha256({seal.before_gap(), seal.after_gap()});
  TRY_ASSIGN(const Bytes signature, sign_detached(state_->key->key.get(), state_->key->chain, digest));
  TRY(close_gap(seal, signature));
  return std::move(seal.pdf);
}

}  // namespace probity::seal
