// The entries of a PDF's catalogue that Cairo cannot write.
#pragma once

#include "base/bytes.h"
#include "pdf/document.h"

namespace probity::pdf {

// Adds the language, and that viewers show the title instead of the file's name. Cairo writes the catalogue as its last
// object; a PDF of any other form is left as it is.
void mark_language(Bytes& pdf, Language language);

}  // namespace probity::pdf
