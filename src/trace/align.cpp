#include "trace/align.h"

#include "trace/features.h"
#include "trace/matching.h"

namespace probity::trace {

Result<Alignment> align(const cv::Mat1f& leak, const Reference& reference) {
  cv::Mat1b grey;
  leak.convertTo(grey, CV_8U);
  const Features features = extract_features(grey, leak_features());
  const MatchResult match = match_to_master(features, mirror_features(features), reference.features);
  if (!match.leak_to_reference) return fail(ErrorCode::not_found, "the picture does not lie over this master");
  return Alignment{match.leak_to_reference->inv(), leak.size(), match.inliers, "features"};
}

}  // namespace probity::trace
