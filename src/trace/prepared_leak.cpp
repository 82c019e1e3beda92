#include "trace/prepared_leak.h"

#include <algorithm>

namespace probity::trace {
namespace {

PreparedLeak::WithMirrored extract(const cv::Mat1f& luma, int long_side_px) {
  cv::Mat1b grey;
  luma.convertTo(grey, CV_8U);
  FeatureOptions options = leak_features();
  options.long_side_px = long_side_px;
  Features features = extract_features(grey, options);
  Features mirrored = mirror_features(features);
  return {std::move(features), std::move(mirrored)};
}

}  // namespace

PreparedLeak::PreparedLeak(LeakPicture picture) : picture_(std::move(picture)) {
  constexpr double kManyClipped = 0.1;
  if (cv::mean(picture_.usable)[0] < 1 - kManyClipped)
    with_clipped_ = LeakPicture(picture_.luma, cv::Mat1f::ones(picture_.luma.size()));
}

const PreparedLeak::WithMirrored& PreparedLeak::usual_features() {
  if (!usual_) usual_ = extract(picture_.luma, leak_features().long_side_px);
  return *usual_;
}

const PreparedLeak::WithMirrored* PreparedLeak::fine_features() {
  const int usual_px = leak_features().long_side_px;
  const int leak_px = std::max(picture_.luma.cols, picture_.luma.rows);
  if (leak_px <= usual_px * 5 / 4) return nullptr;
  if (!fine_) fine_ = extract(picture_.luma, std::min(leak_px, 2 * usual_px));
  return &*fine_;
}

const std::vector<Lattice>& PreparedLeak::lattices(double cell_shape) {
  const auto known = lattices_.find(cell_shape);
  if (known != lattices_.end()) return known->second;
  constexpr std::size_t kKept = 6;
  std::vector<Lattice> found = find_lattices(picture_, cell_shape, sizes_of_crops(picture_.size()), kKept);
  if (with_clipped_)
    for (const Lattice& lattice : find_lattices(*with_clipped_, cell_shape, sizes_of_crops(picture_.size()), kKept))
      found.push_back(lattice);
  return lattices_[cell_shape] = std::move(found);
}

}  // namespace probity::trace
