#include "leaks/find_master.h"

#include <algorithm>

#include "trace/align.h"
#include "trace/features.h"
#include "trace/matching.h"

namespace probity::leaks {
namespace {

constexpr int kLeastSidePx = 32;
// Above this an alignment cannot be an accident, and no other master needs to be looked at.
constexpr int kSureInliers = 40;
// Aligning without features is slow: only so many masters are tried when nothing matches.
constexpr std::size_t kTriedWithoutFeatures = 8;

struct Ranked {
  Id asset;
  int inliers = 0;
};

// Candidates with more matching features first; ties stay in the order given.
Result<std::vector<Ranked>> rank(const LeakFile& file, Masters& masters) {
  TRY_ASSIGN(std::vector<Id> candidates, masters.candidates(file.luma));
  candidates.resize(std::min(candidates.size(), kMastersTried));
  std::vector<Ranked> ranked;
  for (const Id& asset : candidates) ranked.push_back({asset, 0});
  if (ranked.size() < 2) return ranked;
  cv::Mat1b grey;
  file.luma.convertTo(grey, CV_8U);
  const trace::Features features = trace::extract_features(grey, trace::leak_features());
  const trace::Features mirrored = trace::mirror_features(features);
  for (Ranked& candidate : ranked) {
    TRY_ASSIGN(const auto reference, masters.reference(candidate.asset));
    const trace::MatchResult match = trace::match_to_master(features, mirrored, reference->features);
    candidate.inliers = match.leak_to_reference ? match.inliers : 0;
    if (candidate.inliers >= kSureInliers) break;
  }
  std::ranges::stable_sort(ranked, std::greater(), &Ranked::inliers);
  return ranked;
}

// The reading of a leak that lies over this master, or why there is none.
struct Attempt {
  std::optional<Reading> reading;
  Miss miss = Miss::no_alignment;
};

Attempt read_against(const trace::LeakPicture& leak, const Id& asset,
                     std::shared_ptr<const trace::Reference> reference) {
  const auto alignment = trace::align(leak, *reference);
  if (!alignment) return {};
  const auto displacement = trace::refine(leak, *alignment, *reference);
  if (!displacement) return {{}, Miss::too_few_cells};
  auto observation = trace::demodulate(leak, *alignment, *reference, *displacement);
  if (!observation) return {{}, Miss::too_few_cells};
  const auto view = trace::make_view(leak, *alignment, *reference, *displacement, 2.0);
  const double agreement = view ? trace::structure_correlation(*view) : 0;
  return {Reading{asset, std::move(reference), *alignment, *displacement, std::move(*observation), agreement},
          Miss::none};
}

bool ends_search(const Reading& reading) {
  if (reading.alignment.method == "features") return reading.alignment.inliers >= kSureInliers;
  Lay lay;
  lay.structure_agreement = reading.structure_agreement;
  lay.cells_seen = reading.observation.cells_seen;
  return is_sure(lay);
}

}  // namespace

Result<Search> find_master(const LeakFile& file, Masters& masters) {
  Search search;
  if (std::min(file.luma.cols, file.luma.rows) < kLeastSidePx) {
    search.miss = Miss::too_small;
    return search;
  }
  TRY_ASSIGN(const std::vector<Ranked> candidates, rank(file, masters));
  const trace::LeakPicture leak =
      file.picture.empty() ? trace::LeakPicture(file.luma) : trace::leak_picture(file.picture);
  search.miss = candidates.empty() ? Miss::no_masters : Miss::no_alignment;
  for (const Ranked& candidate : candidates) {
    const bool has_features = candidate.inliers > 0;
    if (!has_features && search.masters_tried >= kTriedWithoutFeatures) break;
    if (!has_features && search.reading && search.reading->alignment.method == "features") break;
    TRY_ASSIGN(auto reference, masters.reference(candidate.asset));
    ++search.masters_tried;
    Attempt attempt = read_against(leak, candidate.asset, std::move(reference));
    if (!attempt.reading) {
      if (!search.reading && attempt.miss == Miss::too_few_cells) search.miss = attempt.miss;
      continue;
    }
    ++search.masters_passed;
    search.miss = Miss::none;
    const bool sure = ends_search(*attempt.reading);
    if (!search.reading || attempt.reading->structure_agreement > search.reading->structure_agreement)
      search.reading = std::move(attempt.reading);
    if (sure) break;
  }
  return search;
}

}  // namespace probity::leaks
