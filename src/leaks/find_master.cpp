#include "leaks/find_master.h"

#include <algorithm>

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
  std::optional<trace::MatchResult> match;  // when features were compared

  int inliers() const { return match && match->leak_to_reference ? match->inliers : 0; }
};

// Candidates with more matching features first; ties stay in the order given.
Result<std::vector<Ranked>> rank(const LeakFile& file, trace::PreparedLeak& leak, Masters& masters) {
  TRY_ASSIGN(std::vector<Id> candidates, masters.candidates(file.luma));
  candidates.resize(std::min(candidates.size(), kMastersTried));
  std::vector<Ranked> ranked;
  for (const Id& asset : candidates) ranked.push_back({asset, {}});
  if (ranked.size() < 2) return ranked;
  const auto& [features, mirrored] = leak.usual_features();
  for (Ranked& candidate : ranked) {
    TRY_ASSIGN(const auto reference, masters.reference(candidate.asset));
    candidate.match = trace::match_to_master(features, mirrored, reference->features);
    if (candidate.inliers() >= kSureInliers) break;
  }
  std::ranges::stable_sort(ranked, std::greater(), &Ranked::inliers);
  return ranked;
}

// The reading of a leak that lies over this master, or why there is none.
struct Attempt {
  std::optional<Reading> reading;
  Miss miss = Miss::no_alignment;
};

Attempt read_against(trace::PreparedLeak& leak, const Ranked& candidate,
                     std::shared_ptr<const trace::Reference> reference) {
  auto read = trace::read_leak(leak, *reference, candidate.match ? &*candidate.match : nullptr);
  if (!read) return {{}, read.error().code == ErrorCode::unsupported ? Miss::too_few_cells : Miss::no_alignment};
  const auto view = trace::make_view(leak.picture(), read->alignment, *reference, read->displacement, 2.0);
  const double agreement = view ? trace::structure_correlation(*view) : 0;
  return {Reading{std::move(*read), candidate.asset, std::move(reference), agreement}, Miss::none};
}

bool shows_mark(const Reading& reading) { return reading.observation.evidence >= trace::kPlentyEvidence; }

bool ends_search(const Reading& reading) {
  if (shows_mark(reading)) return true;
  if (reading.alignment.method == "features") return reading.alignment.inliers >= kSureInliers;
  Lay lay;
  lay.structure_agreement = reading.structure_agreement;
  lay.cells_seen = reading.observation.cells_seen;
  return is_sure(lay);
}

bool better(const Reading& a, const Reading& b) {
  if (shows_mark(a) != shows_mark(b)) return shows_mark(a);
  return a.structure_agreement > b.structure_agreement;
}

}  // namespace

Result<Search> find_master(const LeakFile& file, Masters& masters) {
  Search search;
  if (std::min(file.luma.cols, file.luma.rows) < kLeastSidePx) {
    search.miss = Miss::too_small;
    return search;
  }
  trace::PreparedLeak leak(file.picture.empty() ? trace::LeakPicture(file.luma) : trace::leak_picture(file.picture));
  TRY_ASSIGN(const std::vector<Ranked> candidates, rank(file, leak, masters));
  search.miss = candidates.empty() ? Miss::no_masters : Miss::no_alignment;
  for (const Ranked& candidate : candidates) {
    const bool has_features = candidate.inliers() > 0;
    if (!has_features && search.masters_tried >= kTriedWithoutFeatures) break;
    if (!has_features && search.reading && search.reading->alignment.method == "features") break;
    TRY_ASSIGN(auto reference, masters.reference(candidate.asset));
    ++search.masters_tried;
    Attempt attempt = read_against(leak, candidate, std::move(reference));
    if (!attempt.reading) {
      if (!search.reading && attempt.miss == Miss::too_few_cells) search.miss = attempt.miss;
      continue;
    }
    ++search.masters_passed;
    search.miss = Miss::none;
    const bool sure = ends_search(*attempt.reading);
    if (!search.reading || better(*attempt.reading, *search.reading)) search.reading = std::move(attempt.reading);
    if (sure) break;
  }
  return search;
}

}  // namespace probity::leaks
