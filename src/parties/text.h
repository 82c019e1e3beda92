// Names as people type them: checked UTF-8, one normal form, and a folded form for comparing.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace probity::parties {

// True for well-formed UTF-8 (RFC 3629) without NUL.
bool is_utf8(std::string_view text);

// One line of text in Unicode normal form C, without outer space and with single spaces inside.
// `what` names the field in the error's message. Errors: invalid_argument when the text is not UTF-8, is longer than
// `max_characters`, or holds control characters or characters that turn the reading direction (a name is shown in
// reports, where it must look like what it is).
Result<std::string> tidy_line(std::string_view what, std::string_view text, std::size_t max_characters);

// The same for text of several lines: line ends become LF, tabs stay, spaces inside stay as they are; outer space goes.
Result<std::string> tidy_text(std::string_view what, std::string_view text, std::size_t max_characters);

// Enough to catch a swapped column; a mail address is only ever shown and sent to.
bool looks_like_email(std::string_view email);

// The form under which two spellings of one name meet: compatibility forms and case folded (NFKC_Casefold of Unicode
// Standard Annex 31), so that full-width letters and capitals do not matter. For comparing only, never shown.
std::string fold_for_lookup(std::string_view tidy_text);

}  // namespace probity::parties
