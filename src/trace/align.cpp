#include "trace/align.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "trace/correlate.h"
#include "trace/features.h"
#include "trace/matching.h"

namespace probity::trace {
namespace {

// Features alone place a leak to a few pixels when there are so many; fewer are settled on the pixels.
constexpr int kPlentyOfInliers = 60;
constexpr double kLeastStructureCorrelation = 0.3;
// Agreement times the square root of the cells it holds on: accidents on smooth pictures reach about 10, more where
// they are large and their structure agrees loosely.
constexpr double kSureConfidence = 15;
constexpr double kSureStructureCorrelation = 0.65;

std::optional<Alignment> align_by_features(const LeakPicture& leak, const Reference& reference, int long_side_px) {
  cv::Mat1b grey;
  leak.luma.convertTo(grey, CV_8U);
  FeatureOptions options = leak_features();
  options.long_side_px = long_side_px;
  const Features features = extract_features(grey, options);
  const MatchResult match = match_to_master(features, mirror_features(features), reference.features);
  if (!match.leak_to_reference) return std::nullopt;
  return Alignment{match.leak_to_reference->inv(), leak.size(), match.inliers, "features"};
}

double agreement(const LeakPicture& leak, const Alignment& alignment, const Reference& reference) {
  const DisplacementField still{1, 1, {{0, 0}}};
  const auto view = make_view(leak, alignment, reference, still, 2.0);
  return view ? structure_correlation(*view) : 0.0;
}

// An alignment by correlation and how far it is from an accident.
struct Candidate {
  Alignment alignment;
  double structure = 0;
  double confidence = 0;

  bool sure() const { return confidence >= kSureConfidence && structure >= kSureStructureCorrelation; }
};

std::optional<Candidate> candidate_at(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                                      double divisor) {
  const DisplacementField still{1, 1, {{0, 0}}};
  const auto view = make_view(leak, alignment, reference, still, divisor);
  if (!view) return std::nullopt;
  const double structure = structure_correlation(*view);
  const double cell_area_px = reference.cell_width_px() * reference.cell_height_px() * view->scale * view->scale;
  return Candidate{alignment, structure, structure * std::sqrt(cv::sum(view->weight)[0] / cell_area_px)};
}

// Settles every peak on coarse views, the most promising on fine ones, and keeps the one whose structure agrees
// best. A wrong one is harmless: it shows no copy's code.
std::optional<Candidate> align_by_correlation(const LeakPicture& leak, const Reference& reference,
                                              bool turned_and_mirrored) {
  std::vector<Candidate> rough;
  for (const CorrelationPeak& peak :
       correlate(leak.luma, reference, {.turned_and_mirrored = turned_and_mirrored, .keep_per_band = 2})) {
    const auto settled = settle(leak, peak.alignment, reference, 8, 4);
    const auto candidate = settled ? candidate_at(leak, *settled, reference, 4) : std::nullopt;
    if (candidate) rough.push_back(*candidate);
  }
  std::stable_sort(rough.begin(), rough.end(),
                   [](const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; });
  constexpr std::size_t kPromising = 3;
  rough.resize(std::min(rough.size(), kPromising));
  std::optional<Candidate> best;
  for (const Candidate& promising : rough) {
    const auto settled = settle(leak, promising.alignment, reference, 4, 1);
    const auto candidate = settled ? candidate_at(leak, *settled, reference, 2) : std::nullopt;
    if (!candidate || candidate->structure < kLeastStructureCorrelation) continue;
    if (!best || candidate->confidence > best->confidence) best = candidate;
  }
  return best;
}

}  // namespace

Result<Alignment> align(const LeakPicture& leak, const Reference& reference) {
  const int usual_px = leak_features().long_side_px;
  std::optional<Alignment> found = align_by_features(leak, reference, usual_px);
  const int leak_px = std::max(leak.luma.cols, leak.luma.rows);
  if (!found && leak_px > usual_px * 5 / 4) found = align_by_features(leak, reference, std::min(leak_px, 2 * usual_px));
  if (found) {
    if (found->inliers >= kPlentyOfInliers) return *found;
    const auto settled = settle(leak, *found, reference, 2, 1);
    return settled && agreement(leak, *settled, reference) > agreement(leak, *found, reference) ? *settled : *found;
  }
  std::optional<Candidate> candidate = align_by_correlation(leak, reference, false);
  if (!candidate || !candidate->sure()) {
    const auto turned = align_by_correlation(leak, reference, true);
    if (turned && (!candidate || turned->confidence > candidate->confidence)) candidate = turned;
  }
  if (candidate) return candidate->alignment;
  return fail(ErrorCode::not_found, "the picture does not lie over this master");
}

}  // namespace probity::trace
