#include "base/error_words.h"

#include "base/phrasebook.h"

namespace probity {

extern const std::string_view kErrorWordsZh;  // made from error_words_zh.txt

std::string in_chinese(std::string_view sentence) {
  static const Phrasebook kWords(kErrorWordsZh);
  return kWords.translated(sentence).value_or(std::string(sentence));
}

}  // namespace probity
