// Errors in Chinese: the sentences of error_words_zh.txt by their English, with whatever varies put in its place.
#pragma once

#include <string>
#include <string_view>

namespace probity {

// The sentence in Chinese, or the sentence itself when nobody has translated it. Errors are made in English where they
// happen and are read in another language only at the edges: the HTTP problem, the command line, a job's failure.
std::string in_chinese(std::string_view sentence);

}  // namespace probity
