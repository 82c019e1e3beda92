// From what was read of each asset to scores, verdict and opened evidence in the report. Internal to investigate().
#pragma once

#include "leaks/investigate.h"

namespace probity::leaks {

struct ScoredAsset {
  TracedAsset asset;
  cv::Size size_px;
  std::vector<std::int8_t> soft;
  std::vector<Id> recipients;  // of asset.copies; empty when there is one asset only
};

// Fills in outcome, assets, trials, findings and plot. One asset: candidates are its copies. Several: candidates are
// recipients, scored over all assets together, and if that names nobody over each alone; every such reading counts as
// an alignment in the bound. Errors: those of `masters` and of code::accuse.
Result<void> score(std::span<const ScoredAsset> assets, std::uint64_t masters_counted, Masters& masters,
                   const code::ScoringOptions& options, Report& report);

}  // namespace probity::leaks
