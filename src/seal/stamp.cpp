#include "seal/stamp.h"

#include <fmt/format.h>

#include "seal/check.h"
#include "seal/cms.h"
#include "seal/seal_form.h"
#include "seal/update.h"

namespace probity::seal {

Result<Stamped> stamp(TimestampAuthority& authority, const Hash& imprint, const Nonce& nonce, TimeMs now_ms) {
  TRY_ASSIGN(const Bytes reply, authority.reply(timestamp_query(imprint, nonce)));
  Stamped stamped{.authority = authority.name()};
  TRY_ASSIGN(stamped.token, token_of_reply(reply, imprint, nonce));
  const std::string roots = authority.roots_pem();
  TRY_ASSIGN(stamped.timestamp, check_timestamp(stamped.token, imprint, {roots, now_ms}));
  if (!roots.empty() && stamped.timestamp.standing != Standing::trusted)
    return fail(ErrorCode::corrupt,
                "the timestamp does not lead to the authority's roots: " + stamped.timestamp.standing_reason);
  const TimeMs difference = stamped.timestamp.time_ms - now_ms;
  if (difference > kMostClockDifferenceMs || difference < -kMostClockDifferenceMs)
    return fail(ErrorCode::corrupt, fmt::format("the authority's time is {} s off this machine's", difference / 1000),
                "Set the clock of this machine, or ask another authority.");
  return stamped;
}

Result<Bytes> add_timestamp(BytesView sealed_pdf, BytesView token) {
  TRY_ASSIGN(const SealCheck before, check(sealed_pdf));
  if (before.timestamp) return fail(ErrorCode::conflict, "the seal has a timestamp already");
  TRY(check_timestamp(token, before.signature_digest));
  TRY_ASSIGN(const SealForm form, read_form(sealed_pdf));
  TRY_ASSIGN(const Bytes signature, with_timestamp(form.signature_der, token));
  OpenSeal seal{Bytes(sealed_pdf.begin(), sealed_pdf.end()), form.gap_begin, form.gap_end};
  TRY(close_gap(seal, signature));
  TRY(check(seal.pdf));
  return std::move(seal.pdf);
}

}  // namespace probity::seal
