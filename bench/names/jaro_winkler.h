// What the search is compared with: Jaro-Winkler similarity of the asked name with every name, and nothing else.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "names/han.h"

namespace probity::bench {

inline double jaro_winkler(std::u32string_view a, std::u32string_view b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1 : 0;
  const auto window = std::max<std::size_t>(std::max(a.size(), b.size()) / 2, 1) - 1;
  std::vector<bool> in_a(a.size()), in_b(b.size());
  double matches = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = i > window ? i - window : 0; k < std::min(b.size(), i + window + 1); ++k)
      if (!in_b[k] && a[i] == b[k]) {
        in_a[i] = in_b[k] = true;
        ++matches;
        break;
      }
  if (matches == 0) return 0;
  double swapped = 0;
  for (std::size_t i = 0, k = 0; i < a.size(); ++i) {
    if (!in_a[i]) continue;
    while (!in_b[k]) ++k;
    swapped += a[i] != b[k++] ? 0.5 : 0;
  }
  const double jaro = (matches / static_cast<double>(a.size()) + matches / static_cast<double>(b.size()) +
                       (matches - swapped) / matches) /
                      3;
  std::size_t prefix = 0;
  while (prefix < std::min<std::size_t>({4, a.size(), b.size()}) && a[prefix] == b[prefix]) ++prefix;
  return jaro + 0.1 * static_cast<double>(prefix) * (1 - jaro);
}

class JaroWinkler {
 public:
  explicit JaroWinkler(const std::vector<std::string>& names) {
    for (const auto& name : names) names_.push_back(names::fold(name));
  }
  std::pair<double, std::size_t> best(const std::string& name) const {
    const auto asked = names::fold(name);
    std::pair<double, std::size_t> out{0, 0};
    for (std::size_t i = 0; i < names_.size(); ++i) out = std::max(out, {jaro_winkler(asked, names_[i]), i});
    return out;
  }

 private:
  std::vector<std::u32string> names_;
};

}  // namespace probity::bench
