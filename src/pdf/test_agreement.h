// A pre-release agreement in English and Chinese that uses every kind of block, for tests.
#pragma once

#include "pdf/document.h"

namespace probity::pdf {

Document english_agreement();
Document chinese_agreement();

}  // namespace probity::pdf
