// Soft observations of the attacks, kept on disk for the calibration.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/options.h"

namespace probity::bench {

struct SavedObservation {
  std::string photo;
  std::vector<float> soft;
};

// Errors: storage.
Result<void> save_observation(const BenchOptions& options, const std::string& photo, std::string_view chain,
                              std::span<const float> soft);

// All that are on disk, in the order of their names. Errors: not_found when there are none, storage.
Result<std::vector<SavedObservation>> saved_observations(const BenchOptions& options);

}  // namespace probity::bench
