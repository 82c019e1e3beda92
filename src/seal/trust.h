// How far a certificate can be relied on: the answer, and what the caller relies on to begin with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace probity::seal {

// Only `trusted` names the holder; everything else is a claim, to be compared by fingerprint.
enum class Standing : std::uint8_t {
  trusted,        // leads to one of the given roots, and is valid at the time in question and now
  unknown,        // no root was given, or the chain leads to none of them
  expired,        // trusted but for the time: over at `now_ms`
  not_yet_valid,  // trusted but for the time: not begun at `now_ms`
};

struct Trust {
  std::string roots_pem{};         // certificates to rely on (roots, or the very certificate in question); may be empty
  std::optional<TimeMs> now_ms{};  // judges validity today too; without it only at the time in question
};

// Whether a text of roots can be read. Errors: invalid_argument.
Result<void> check_roots(std::string_view pem);

}  // namespace probity::seal
