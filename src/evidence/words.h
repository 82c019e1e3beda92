// Custody steps in words, English and Chinese.
#pragma once

#include <string>

#include "evidence/custody.h"

namespace probity::evidence {

struct Sentence {
  std::string en, zh;
};

// "Received", "Looked at the result" …; an unknown action is told as itself with spaces for underscores.
Sentence action_in_words(std::string_view action);

}  // namespace probity::evidence
