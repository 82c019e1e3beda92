// Random 128-bit ids and their text form.
#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/random.h"

namespace probity {

// A value; compared and copied freely. Text form: 26 characters of Crockford base32, lower case, no i, l, o, u.
struct Id {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Id&) const = default;

  static Id random(Random& random);
  // Errors: invalid_argument when the text is not 26 base32 characters.
  static Result<Id> parse(std::string_view text);
  std::string text() const;
  BytesView view() const { return bytes; }
};

}  // namespace probity
