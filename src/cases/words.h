// The names of kinds, states and findings as people read them, in English and Chinese.
#pragma once

#include <string>
#include <string_view>

#include "commitments/terms.h"

namespace probity::cases {

// "early_publication" -> "early publication" or "提前发布". An unknown one is told as it is.
std::string word_of(std::string_view name, commitments::Locale locale);

}  // namespace probity::cases
