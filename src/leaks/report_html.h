// The report as one page for people: no network, no script needed to read it, English or Chinese.
#pragma once

#include <string>

#include "leaks/investigate.h"
#include "leaks/words.h"

namespace probity::leaks {

// `investigation.pictures` may be empty (then the page shows none). Errors: internal when a picture cannot be encoded.
Result<std::string> report_html(const Investigation& investigation, Language language);

}  // namespace probity::leaks
