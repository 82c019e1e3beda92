// Text forms of bytes: lower-case hex and RFC 4648 base64; the letters A to Z in lower case.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace probity {

std::string to_hex(BytesView bytes);
// Errors: invalid_argument when the text is not an even number of hex digits (either case).
Result<Bytes> from_hex(std::string_view text);

std::string to_base64(BytesView bytes);
// Errors: invalid_argument when the text is not padded standard base64.
Result<Bytes> from_base64(std::string_view text);

// A to Z become a to z; every other byte stays, so that UTF-8 does, whatever the locale.
std::string ascii_lower(std::string_view text);

}  // namespace probity
