#include "leaks/master_region.h"

#include <opencv2/imgproc.hpp>

namespace probity::leaks {
namespace {

constexpr double kMostShown = 0.7;  // beyond this a part is no less than the whole
constexpr int kMarginShare = 12;    // of the long side

// 255 where the master is kept.
cv::Mat1b mask_of(const trace::Reference& reference, const Report& report, const Id& asset) {
  cv::Mat1b mask(reference.luma.size(), 0);
  for (const LeakFileRecord& file : report.files) {
    if (file.asset != asset || file.lay.outline.size() < 3) continue;
    std::vector<cv::Point> outline;
    for (const cv::Point2d& point : file.lay.outline)
      outline.emplace_back(cv::saturate_cast<int>(point.x * reference.scale),
                           cv::saturate_cast<int>(point.y * reference.scale));
    cv::fillConvexPoly(mask, outline, 255);
  }
  const int margin = std::max(mask.cols, mask.rows) / kMarginShare;
  cv::dilate(mask, mask, cv::getStructuringElement(cv::MORPH_RECT, {2 * margin + 1, 2 * margin + 1}));
  return mask;
}

void keep_features(trace::Features& features, const cv::Mat1b& mask) {
  trace::Features kept;
  kept.frame = features.frame;
  for (std::size_t i = 0; i < features.count(); ++i) {
    const trace::KeyPoint& point = features.points[i];
    const int x = std::clamp(cvRound(point.x), 0, mask.cols - 1);
    const int y = std::clamp(cvRound(point.y), 0, mask.rows - 1);
    if (mask(y, x) == 0) continue;
    kept.points.push_back(point);
    const auto descriptor = features.descriptor(i);
    kept.descriptors.insert(kept.descriptors.end(), descriptor.begin(), descriptor.end());
  }
  features = std::move(kept);
}

}  // namespace

trace::Reference region_of(const trace::Reference& reference, const Report& report, const Id& asset) {
  const cv::Mat1b mask = mask_of(reference, report, asset);
  const double shown = static_cast<double>(cv::countNonZero(mask)) / static_cast<double>(mask.total());
  if (shown == 0 || shown > kMostShown) return reference;
  trace::Reference region = reference;
  region.luma = reference.luma.clone();
  region.delta = reference.delta.clone();
  const cv::Mat outside = mask == 0;
  region.luma.setTo(cv::mean(reference.luma, mask)[0], outside);
  region.delta.setTo(0, outside);
  for (cv::Mat1b* plane : {&region.blue_difference, &region.red_difference}) {
    if (plane->empty()) continue;
    cv::Mat small;
    cv::resize(outside, small, plane->size(), 0, 0, cv::INTER_NEAREST);
    *plane = plane->clone();
    plane->setTo(128, small);
  }
  keep_features(region.features, mask);
  return region;
}

}  // namespace probity::leaks
