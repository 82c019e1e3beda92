#include "code/observation.h"

#include <algorithm>
#include <cmath>

namespace probity::code {

Result<void> check_soft(std::span<const float> soft) {
  const bool sound = std::ranges::all_of(soft, [](float s) { return s >= -1.0F && s <= 1.0F; });
  if (!sound) return fail(ErrorCode::invalid_argument, "an observation holds values that are not between -1 and 1");
  return {};
}

Result<std::vector<float>> combine(std::span<const std::vector<float>> files) {
  if (files.empty()) return std::vector<float>{};
  std::vector<double> log_odds(files.front().size());
  for (const std::vector<float>& file : files) {
    if (file.size() != log_odds.size()) {
      return fail(ErrorCode::invalid_argument,
                  "the observations to combine are of different masters: cell counts differ");
    }
    TRY(check_soft(file));
    for (std::size_t i = 0; i < file.size(); ++i) {
      log_odds[i] += std::atanh(static_cast<double>(std::clamp(file[i], -kSoftLimit, kSoftLimit)));
    }
  }
  std::vector<float> combined(log_odds.size());
  std::ranges::transform(log_odds, combined.begin(), [](double value) {
    return std::clamp(static_cast<float>(std::tanh(value)), -kSoftLimit, kSoftLimit);
  });
  return combined;
}

}  // namespace probity::code
