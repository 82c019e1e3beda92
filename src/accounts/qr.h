// QR codes as pictures that pages and mails can show.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace probity::accounts {

// An SVG image of its own (no script, no style, no outside reference): black on white with the quiet zone the standard
// asks for, error correction M. Errors: too_large when the text does not fit into a QR code (about 2,300 bytes).
Result<std::string> qr_svg(std::string_view text);

}  // namespace probity::accounts
