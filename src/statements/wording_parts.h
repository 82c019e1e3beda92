// The two languages of the built-in wordings, in the order of Kind.
#pragma once

#include "statements/wording.h"

namespace probity::statements {

// What placeholders become.
struct Sentences {
  std::string reply_given, no_reply, decided, amount, no_amount, party, second_party;
};
std::vector<Text> english_wordings();
Sentences english_sentences();
std::vector<Text> chinese_wordings();
Sentences chinese_sentences();

}  // namespace probity::statements
