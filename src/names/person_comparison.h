// How likely two spellings are one person's name: Han, pinyin, Cantonese, Wade-Giles, either order. For confirming a
// hit that an identifier made, never for finding a person: people are looked up by identifier only.
#pragma once

#include <string_view>
#include <vector>

#include "names/company_comparison.h"

namespace probity::names {

enum class PersonFeature { surname, given_name, other_names };
std::string_view person_feature_name(PersonFeature feature);

struct PersonEvidence {
  PersonFeature feature{};
  std::string_view finding;  // "same", "same sound", "spelt by pinyin", "differs"; a closed list, see the source
  double log_odds = 0;
};
struct PersonComparison {
  std::vector<PersonEvidence> evidence;
  double log_odds = 0;  // their sum, and where two names start from
  double score = 0;     // 0 to 1, rising with log_odds, never 1; set by judgement, so no probability
  Likeness likeness{};  // "likely" at most; a surname and nothing else is at most "possible"
};

// Takes "許智峯", "Ted Hui Chi-fung", "HUI, Chi Fung Ted", "Chifung Hui", "Hui C.F."; a name may hold both scripts.
// Symmetric. The same name is still not the same person: 张伟 is the name of hundreds of thousands.
PersonComparison compare_person_names(std::string_view a, std::string_view b);

}  // namespace probity::names
