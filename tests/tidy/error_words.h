// The house rule that every sentence of an error can be read in Chinese: src/base/error_words_zh.txt has all of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tidy {

struct ErrorWordsReport {
  std::vector<std::string> failures;  // sentences without an entry, entries without a sentence, entries that do not fit
  // What is to be added to the table, in its form, with the place in the sources as a comment.
  std::vector<std::string> missing;
};

ErrorWordsReport check_error_words(const std::filesystem::path& project);

}  // namespace tidy
