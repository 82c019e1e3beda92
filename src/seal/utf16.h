// Between UTF-8 and the UTF-16 of PDF text strings.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace probity::seal {

// Errors: invalid_argument (not UTF-8, or a NUL).
Result<std::u16string> to_utf16(std::string_view utf8);
// Errors: corrupt (a surrogate without its other half, or a NUL).
Result<std::string> to_utf8(std::u16string_view utf16);

}  // namespace probity::seal
