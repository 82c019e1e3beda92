#include "seal/check.h"

#include "seal/certificate.h"
#include "seal/cms.h"
#include "seal/seal_form.h"
#include "seal/standing.h"

namespace probity::seal {
namespace {

// Clocks differ by seconds; a seal that says it was made long after an authority saw it does not tell the truth.
constexpr TimeMs kClockToleranceMs = 10 * 60 * 1'000;

bool valid_at(const Certificate& certificate, TimeMs time_ms) {
  return time_ms >= certificate.not_before_ms && time_ms <= certificate.not_after_ms;
}

Result<void> check_times(const SealCheck& check) {
  if (!valid_at(check.certificate, check.claimed_time_ms))
    return fail(ErrorCode::corrupt, "the seal's certificate was not valid at the time it states");
  if (!check.timestamp) return {};
  if (check.timestamp->time_ms < check.claimed_time_ms - kClockToleranceMs)
    return fail(ErrorCode::corrupt, "the seal states a later time than its timestamp attests");
  if (!valid_at(check.certificate, check.timestamp->time_ms))
    return fail(ErrorCode::corrupt, "the seal's certificate was not valid at the time its timestamp attests");
  return {};
}

}  // namespace

Result<SealCheck> check(BytesView pdf, const CheckOptions& options) {
  TRY_ASSIGN(const auto roots, read_roots(options.trusted_pem));
  TRY_ASSIGN(SealForm form, read_form(pdf));
  SealCheck check;
  check.document_digest = sha256({pdf.first(form.gap_begin), pdf.subspan(form.gap_end)});
  check.sealed_bytes = pdf.size() - (form.gap_end - form.gap_begin);
  check.name = std::move(form.name);
  check.reason = std::move(form.reason);
  check.location = std::move(form.location);
  check.claimed_time_ms = form.claimed_time_ms;
  TRY_ASSIGN(CmsSignature signature, check_detached(form.signature_der, check.document_digest));
  check.certificate = describe(signature.chain.front().get());
  check.signature_digest = signature.value_digest;
  if (signature.timestamp_der) {
    TRY_ASSIGN(check.timestamp, check_timestamp(*signature.timestamp_der, signature.value_digest,
                                                {options.authorities_pem, options.now_ms}));
  }
  check.timestamp_der = std::move(signature.timestamp_der);
  TRY(check_times(check));
  const bool attested = check.timestamp && check.timestamp->standing == Standing::trusted;
  Judged judged =
      judge(signature.chain, roots, attested ? check.timestamp->time_ms : check.claimed_time_ms, options.now_ms);
  check.standing = judged.standing;
  check.standing_reason = std::move(judged.reason);
  return check;
}

}  // namespace probity::seal
