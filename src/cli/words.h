// What the program says, in the reader's language.
#pragma once

#include <string>

#include "leaks/words.h"

namespace probity::cli {

using Language = leaks::Language;
using Words = leaks::Say;

// `choice` ("en", "zh") if it is one of these, else what $LC_ALL, $LC_MESSAGES or $LANG asks for, else English.
Language choose_language(const std::string& choice);

}  // namespace probity::cli
