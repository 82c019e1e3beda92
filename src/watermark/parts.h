// The formats of lay_over(), one function each.
#pragma once

#include "base/bytes.h"
#include "watermark/text_tile.h"

namespace probity::watermark {

Result<Bytes> lay_over_jpeg(BytesView copy, const std::string& text);
Result<Bytes> lay_over_png(BytesView copy, const std::string& text);

}  // namespace probity::watermark
