// Labelled pairs of made-up companies, and the weights of company_weights.inc fitted to half of them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "names/company_findings.h"

namespace probity::bench {

struct JudgedPair {
  std::string left, right;
  bool same = false;
  std::array<names::Found, 4> found{};
};
// `companies` made-up companies, each with its variants and as many look-alikes.
std::vector<JudgedPair> judged_pairs(std::uint64_t seed, std::size_t companies);

// Logistic regression on one feature a finding and size, drawn towards the weights that the program has now; prints the
// rows for company_weights.inc.
void print_fitted_weights(const std::vector<JudgedPair>& pairs);

// Of pairs: what score they got and how often that was right.
void print_calibration(const std::vector<JudgedPair>& pairs);

}  // namespace probity::bench
