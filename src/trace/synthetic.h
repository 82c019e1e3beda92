// A textured picture with a marked copy of it, made from a seed: what the tests of registration and demodulation share.
#pragma once

#include <opencv2/imgproc.hpp>
#include <vector>

#include "mark/pattern.h"
#include "trace/reference.h"

namespace probity::trace {

struct SyntheticAsset {
  cv::Mat1f luma;
  Reference reference;
  std::vector<int> bits;  // +1 or -1 a cell
  cv::Mat1f copy;         // 0..255, rounded
};

// Smooth noise at several scales, brought to 20..235: `roughness` 1 has texture everywhere, 0.05 is a cloudy sky.
inline cv::Mat1f synthetic_luma(const cv::Size& size, double roughness, std::uint64_t seed) {
  cv::RNG random(seed);
  cv::Mat1f sum = cv::Mat1f::zeros(size);
  for (const double sigma_px : {60.0, 24.0, 9.0, 3.5, 1.4}) {
    cv::Mat1f noise(size);
    random.fill(noise, cv::RNG::NORMAL, 0, 1);
    cv::GaussianBlur(noise, noise, {}, sigma_px, sigma_px);
    cv::Scalar mean, deviation;
    cv::meanStdDev(noise, mean, deviation);
    sum += noise * ((sigma_px > 20 ? 25.0 : 14.0 * roughness) / deviation[0]);
  }
  return cv::min(cv::max(sum + 128, 20), 235);
}

inline SyntheticAsset synthetic_asset(const cv::Size& size, double roughness, std::uint64_t seed) {
  SyntheticAsset asset;
  asset.luma = synthetic_luma(size, roughness, seed);
  const mark::CellPlan plan = mark::plan_cells(size.width, size.height, {16, 16}).value();
  const cv::Mat1f delta = mark::mark_delta(asset.luma, plan, Hash{static_cast<std::uint8_t>(seed)}, {});
  asset.reference = make_reference(asset.luma, delta, plan, {});
  cv::RNG random(seed + 1);
  for (int cell = 0; cell < plan.cell_count(); ++cell) asset.bits.push_back(random.uniform(0, 2) != 0 ? 1 : -1);
  asset.copy = asset.luma.clone();
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const int cell = plan.cell_at(x, y);
      if (cell == mark::CellPlan::kNoCell) continue;
      asset.copy(y, x) =
          std::round(asset.copy(y, x) + static_cast<float>(asset.bits[static_cast<std::size_t>(cell)]) * delta(y, x));
    }
  }
  return asset;
}

}  // namespace probity::trace
