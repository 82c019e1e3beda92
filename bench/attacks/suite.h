// The attack suite: every row of the table of results, as a chain, with the share of photos that must be identified.
#pragma once

#include <string_view>
#include <vector>

namespace probity::bench {

struct SuiteRow {
  std::string_view group;  // a heading of the table
  std::string_view title;  // in words
  std::string_view chain;
  int required_percent;  // 0: shown for information, nothing promised
};

const std::vector<SuiteRow>& attack_suite();

}  // namespace probity::bench
