// A report in words, English and Chinese: the verdict, its bound, what was done to the leak, what the code cannot show.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "leaks/report.h"

namespace probity::leaks {

enum class Language { en, zh };

// Both texts stand side by side where they are said, and their formats are checked when the program is compiled.
class Say {
 public:
  explicit Say(Language language) : language_(language) {}

  template <class... Values>
  std::string operator()(fmt::format_string<Values...> en, fmt::format_string<Values...> zh, Values&&... values) const {
    return fmt::vformat(language_ == Language::zh ? fmt::string_view(zh) : fmt::string_view(en),
                        fmt::make_format_args(values...));
  }

  Language language() const { return language_; }

 private:
  Language language_;
};

// "5,000"
std::string number_in_words(std::uint64_t number);
// "1 in 3 billion" for a chance of at most 10^log10_chance, rounded so that the words never say less than the number:
// never 0, one leading digit, and a power of ten beyond a quadrillion. "1 in 1" for a chance of one.
std::string chance_in_words(double log10_chance, Language language);
// "12 Sep 2026, 20:29 UTC"
std::string time_in_words(TimeMs time_ms, Language language);
// "Mira Holloway, Motor Weekly"; the id where the record holds no name.
std::string recipient_in_words(const FindingRecord& finding);

// One or two words: "Identified".
std::string verdict_title(Outcome outcome, Language language);
// One or two sentences that can stand alone: whose copy, of which master.
std::string verdict_sentence(const Report& report, Language language);
// "The chance that any of the 4,999 innocent copies would score so is less than 1 in 3 billion."
std::string bound_sentence(const Report& report, Language language);

// One sentence for each thing that registration shows was done; for a file that was missed, why.
std::vector<std::string> what_was_done(const LeakFileRecord& file, Language language);
std::vector<std::string> what_it_cannot_show(const Report& report, Language language);
std::vector<std::string> what_would_change_it(const Report& report, Language language);

// "Issued", "Exported again", "Made as evidence".
std::string purpose_in_words(copies::Purpose purpose, Language language);
// One line a making of the named copies' bytes: "12 Sep 2026, 20:29 UTC: issued, by m.keller (register entry 17)".
std::vector<std::string> makings_in_words(const FindingRecord& finding, Language language);

}  // namespace probity::leaks
