// Checking and cleaning a document before it is set, so that setting it cannot meet a bad text.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "pdf/document.h"

namespace probity::pdf {

inline constexpr std::size_t kMostTextBytes = 4U << 20;
inline constexpr std::uint64_t kMostPicturePixels = 16'000'000;

// The text with line ends as '\n', tabs as spaces, and every other character that does not show or that turns the
// reading direction written out as "[U+202E]". Errors: invalid_argument (not UTF-8, or a NUL).
Result<std::string> tidy_text(std::string_view text);

// The document with all its texts tidied. Errors: those of typeset() that concern its input.
Result<Document> tidy_document(const Document& document);

}  // namespace probity::pdf
