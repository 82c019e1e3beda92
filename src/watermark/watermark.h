// A visible watermark on a finished copy: text, slanted and tiled over the whole picture.
#pragma once

#include <string>

#include "base/bytes.h"

namespace probity::watermark {

// `text`: UTF-8, one line. The result has the same format, size in pixels, chroma sampling and colour profile; a JPEG
// is encoded at quality 92. The same input gives the same bytes. Thread-safe.
// Errors: invalid_argument (empty text, bad UTF-8); unsupported (CMYK, not JPEG or PNG); corrupt.
Result<Bytes> lay_over(BytesView copy, const std::string& text);

}  // namespace probity::watermark
