// The roll of members as the hub signs it, so that key-holders need not admit anybody by hand, and what a key-holder
// checks before taking it: the hub's signature, and that the version never goes back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "alliance/roll.h"
#include "base/clock.h"
#include "base/hash.h"

namespace probity::alliance {

inline constexpr std::string_view kRollDomain = "probity member roll v1";

struct RollContent {
  std::uint64_t version = 0;  // how many acts of the operator made it
  TimeMs time_ms = 0;         // of the last of them
  MemberRoll members;
};

struct SignedRoll {
  oprf::PublicIdentity hub{};
  RollContent content;
  TimeMs shown_ms = 0;      // when the hub signed it: each time that it is asked
  std::string signed_text;  // {"hub","members","shown_ms","time","time_ms","version"} as canonical JSON
  oprf::Signature signature{};

  // {"roll":{…},"signature"}
  std::string json() const;
  // Errors: corrupt; forbidden when the signature is not that of the hub it names.
  static Result<SignedRoll> parse(std::string_view json);
};

SignedRoll sign_roll(RollContent content, const oprf::Identity& hub, TimeMs now_ms);
// Of what it says, whenever it was signed: the same for all key-holders that are shown the same roll.
Hash roll_digest(const RollContent& content);

// Whether `next` may follow `held`. Errors: forbidden (another hub; a version that goes back; the same version with
// other members: then the hub shows different rolls to different key-holders).
Result<void> check_succession(const SignedRoll& held, const SignedRoll& next);

}  // namespace probity::alliance
