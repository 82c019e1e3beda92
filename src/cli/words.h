// What the program says, in the reader's language: both texts stand side by side where they are said.
#pragma once

#include <fmt/format.h>

#include <string>

namespace probity::cli {

enum class Language { en, zh };

// Formats are checked when the program is compiled, in both languages.
class Words {
 public:
  explicit Words(Language language) : language_(language) {}

  template <class... Values>
  std::string operator()(fmt::format_string<Values...> en, fmt::format_string<Values...> zh, Values&&... values) const {
    return fmt::vformat(language_ == Language::zh ? fmt::string_view(zh) : fmt::string_view(en),
                        fmt::make_format_args(values...));
  }

  Language language() const { return language_; }

 private:
  Language language_;
};

// `choice` ("en", "zh") if it is one of these, else what $LC_ALL, $LC_MESSAGES or $LANG asks for, else English.
Language choose_language(const std::string& choice);

}  // namespace probity::cli
