// The roll of members as the hub signs it, so that key-holders need not admit anybody by hand, and what a key-holder
// checks before taking it: the hub's signature, and that the version never goes back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "alliance/roll.h"
#include "base/clock.h"

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
  std::string signed_text;  // {"hub","members","time","version"} as canonical JSON
  oprf::Signature signature{};

  // {"roll":{…},"signature"}
  std::string json() const;
  // Errors: corrupt; forbidden when the signature is not that of the hub it names.
  static Result<SignedRoll> parse(std::string_view json);
};

SignedRoll sign_roll(RollContent content, const oprf::Identity& hub);

// Whether `next` may follow `held`. Errors: forbidden (another hub; a version that goes back; the same version with
// other members: then the hub shows different rolls to different key-holders).
Result<void> check_succession(const SignedRoll& held, const SignedRoll& next);

}  // namespace probity::alliance
