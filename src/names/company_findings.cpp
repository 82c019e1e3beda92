#include "names/company_findings.h"

namespace probity::names {
namespace {

struct Row {
  Finding finding;
  Feature feature;
  std::string_view name;
  std::array<double, kSizes> log_odds;
};

#include "names/company_weights.inc"

}  // namespace

Feature feature_of(Finding finding) { return kRows[static_cast<std::size_t>(finding)].feature; }
std::string_view finding_name(Finding finding) { return kRows[static_cast<std::size_t>(finding)].name; }
double log_odds_of(Found found) { return kRows[static_cast<std::size_t>(found.finding)].log_odds[found.size]; }
double log_odds_at_the_start() { return kStart; }

}  // namespace probity::names
