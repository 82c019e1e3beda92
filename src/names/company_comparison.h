// How likely two company names are of one company, with the reasons: log-odds by part of the name.
#pragma once

#include <string_view>
#include <vector>

#include "names/company.h"

namespace probity::names {

// Names alone never confirm: "likely" is the most that they say. Identifiers decide.
enum class Likeness { different, possible, likely };
std::string_view likeness_name(Likeness likeness);

enum class Feature { brand, region, trade, legal_form };
std::string_view feature_name(Feature feature);

// One reason: what was compared, what was found ("same", "sounds alike", "differs") and its worth in log-odds.
struct Evidence {
  Feature feature{};
  std::string_view finding;
  double log_odds = 0;
};
struct CompanyComparison {
  std::vector<Evidence> evidence;  // in the order of Feature
  double log_odds = 0;             // their sum, and where two names start from
  double score = 0;                // 0 to 1, rising with log_odds; weights were set by judgement, so no probability
  Likeness likeness{};
};
// Symmetric. A region or trade that differs counts against: the same brand in 北京 and in 上海 is two companies.
CompanyComparison compare(const CompanyName& a, const CompanyName& b);

}  // namespace probity::names
