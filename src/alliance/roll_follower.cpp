#include "alliance/roll_follower.h"

#include <cstdlib>

namespace probity::alliance {

Result<void> check_fresh(const SignedRoll& roll, TimeMs now_ms) {
  if (std::llabs(now_ms - roll.shown_ms) <= kMostRollAgeMs) return {};
  return fail(ErrorCode::forbidden,
              "the roll was not signed by the hub just now: somebody may be holding back a newer one",
              "compare the clocks of hub and key-holder, and the way between them");
}

Result<std::optional<SignedRoll>> RollFollower::look(const std::optional<SignedRoll>& held) {
  const HttpReply reply = sender_.send("GET", url_ + "/alliance/v1/roll", {}, "");
  if (reply.status != 200) return fail(ErrorCode::unavailable, "the hub does not answer with its roll");
  TRY_ASSIGN(SignedRoll roll, SignedRoll::parse(reply.body));
  if (roll.hub != hub_) return fail(ErrorCode::forbidden, "this roll is another hub's");
  TRY(check_fresh(roll, clock_.now_ms()));
  if (held) {
    TRY(check_succession(*held, roll));
    if (held->content.version == roll.content.version) return std::optional<SignedRoll>();
  }
  return std::optional(std::move(roll));
}

}  // namespace probity::alliance
