#include "trace/reading.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "trace/correlate.h"

namespace probity::trace {
namespace {

// Features alone place a leak to a few pixels when there are so many; fewer are settled on the pixels.
constexpr int kPlentyOfInliers = 60;
// Less evidence is what accidents reach where a grid of cells fits but lies on the wrong ones.
constexpr double kSomeEvidence = 20;
constexpr double kLeastStructureCorrelation = 0.3;
// Agreement times the square root of the cells it holds on: accidents on smooth pictures reach about 10, more where
// they are large and their structure agrees loosely.
constexpr double kSureConfidence = 15;
constexpr double kSureStructureCorrelation = 0.65;

// An alignment by correlation and how far it is from an accident.
struct Candidate {
  Alignment alignment;
  double structure = 0;
  double confidence = 0;

  bool sure() const { return confidence >= kSureConfidence && structure >= kSureStructureCorrelation; }
};

bool more_confident(const Candidate& a, const Candidate& b) { return a.confidence > b.confidence; }

std::optional<Candidate> candidate_at(const LeakPicture& leak, const Alignment& alignment, const Reference& reference,
                                      double divisor) {
  const DisplacementField still{1, 1, {{0, 0}}};
  const auto view = make_view(leak, alignment, reference, still, divisor);
  if (!view) return std::nullopt;
  const double structure = structure_correlation(*view);
  const double cell_area_px = reference.cell_width_px() * reference.cell_height_px() * view->scale * view->scale;
  return Candidate{alignment, structure, structure * std::sqrt(cv::sum(view->weight)[0] / cell_area_px)};
}

// Cells where the master itself is nearly white or black: there a leak is "clipped" without anybody having edited it.
std::vector<bool> cells_at_the_limits(const Reference& reference) {
  constexpr float kNearlyBlack = 8;
  constexpr float kNearlyWhite = 242;
  const cv::Rect cells(0, 0, static_cast<int>(std::lround(reference.plan.columns * reference.cell_width_px())),
                       static_cast<int>(std::lround(reference.plan.rows * reference.cell_height_px())));
  cv::Mat1f means;
  cv::resize(reference.luma(cells & cv::Rect({0, 0}, reference.luma.size())), means,
             {reference.plan.columns, reference.plan.rows}, 0, 0, cv::INTER_AREA);
  std::vector<bool> result;
  for (const float mean : means) result.push_back(mean <= kNearlyBlack || mean >= kNearlyWhite);
  return result;
}

// The cells of `seen`, and at the limits those that only `more` shows.
Observation completed(Observation seen, const Observation& more, const std::vector<bool>& at_the_limits) {
  for (std::size_t i = 0; i < seen.soft.size(); ++i) {
    if (seen.variance[i] > 0 || more.variance[i] <= 0 || !at_the_limits[i]) continue;
    seen.soft[i] = more.soft[i];
    seen.projection[i] = more.projection[i];
    seen.variance[i] = more.variance[i];
    ++seen.cells_seen;
  }
  return seen;
}

// One leak and one master: every way of aligning them, and the reading of each.
class Reader {
 public:
  Reader(PreparedLeak& leak, const Reference& reference) : leak_(leak), reference_(reference) {}

  std::optional<Alignment> by_features(const MatchResult* known) {
    const auto match = [&](const PreparedLeak::WithMirrored& leak) {
      return match_to_master(leak.features, leak.mirrored, reference_.features);
    };
    MatchResult result = known != nullptr ? *known : match(leak_.usual_features());
    if (!result.leak_to_reference && leak_.fine_features() != nullptr) result = match(*leak_.fine_features());
    if (!result.leak_to_reference) return std::nullopt;
    const Alignment found{result.leak_to_reference->inv(), leak_.picture().size(), result.inliers, "features"};
    if (found.inliers >= kPlentyOfInliers) return found;
    const auto settled = settle(leak_.picture(), found, reference_, 2, 1);
    return settled && agreement(*settled) > agreement(found) ? *settled : found;
  }

  // Settles every peak on coarse views, the most promising on fine ones. The most confident first.
  std::vector<Candidate> by_correlation(bool turned_and_mirrored) {
    std::vector<Candidate> rough;
    const LeakPicture& leak = leak_.picture();
    for (const CorrelationPeak& peak :
         correlate(leak.luma, reference_, {.turned_and_mirrored = turned_and_mirrored, .keep_per_band = 2})) {
      const auto settled = settle(leak, peak.alignment, reference_, 8, 4);
      const auto candidate = settled ? candidate_at(leak, *settled, reference_, 4) : std::nullopt;
      if (candidate) rough.push_back(*candidate);
    }
    std::stable_sort(rough.begin(), rough.end(), more_confident);
    constexpr std::size_t kPromising = 3;
    rough.resize(std::min(rough.size(), kPromising));
    std::vector<Candidate> fine;
    for (const Candidate& promising : rough) {
      const auto settled = settle(leak, promising.alignment, reference_, 4, 1);
      const auto candidate = settled ? candidate_at(leak, *settled, reference_, 2) : std::nullopt;
      if (candidate && candidate->structure >= kLeastStructureCorrelation) fine.push_back(*candidate);
    }
    std::stable_sort(fine.begin(), fine.end(), more_confident);
    return fine;
  }

  std::vector<Alignment> by_lattice() {
    std::vector<Alignment> alignments;
    const LeakPicture& leak = leak_.with_clipped() != nullptr ? *leak_.with_clipped() : leak_.picture();
    const auto& lattices = leak_.lattices(reference_.cell_width_px() / reference_.cell_height_px());
    for (const LatticePlace& place : place_lattices(leak, lattices, reference_)) alignments.push_back(place.alignment);
    return alignments;
  }

  // Nothing where too few cells are shown.
  std::optional<Reading> read(const Alignment& alignment) const {
    std::optional<Reading> reading = read(leak_.picture(), alignment);
    constexpr double kNoMoreNeeded = 300;
    if (leak_.with_clipped() == nullptr || (reading && reading->observation.evidence >= kNoMoreNeeded)) return reading;
    std::optional<Reading> with_clipped = read(*leak_.with_clipped(), alignment);
    if (!reading || !with_clipped) return reading ? std::move(reading) : std::move(with_clipped);
    reading->observation =
        completed(std::move(reading->observation), with_clipped->observation, cells_at_the_limits(reference_));
    return better(std::move(reading), std::move(with_clipped));
  }

  // The one with the most evidence.
  std::optional<Reading> best(const std::vector<Alignment>& alignments) const {
    std::vector<std::optional<Reading>> readings(alignments.size());
    cv::parallel_for_({0, static_cast<int>(alignments.size())}, [&](const cv::Range& range) {
      for (int i = range.start; i < range.end; ++i)
        readings[static_cast<std::size_t>(i)] = read(alignments[static_cast<std::size_t>(i)]);
    });
    std::optional<Reading> result;
    for (auto& reading : readings) result = better(std::move(result), std::move(reading));
    return result;
  }

  static std::optional<Reading> better(std::optional<Reading> a, std::optional<Reading> b) {
    if (!a || !b) return a ? std::move(a) : std::move(b);
    return b->observation.evidence > a->observation.evidence ? std::move(b) : std::move(a);
  }

 private:
  double agreement(const Alignment& alignment) const {
    const DisplacementField still{1, 1, {{0, 0}}};
    const auto view = make_view(leak_.picture(), alignment, reference_, still, 2.0);
    return view ? structure_correlation(*view) : 0.0;
  }

  std::optional<Reading> read(const LeakPicture& leak, const Alignment& alignment) const {
    auto displacement = refine(leak, alignment, reference_);
    if (!displacement) return std::nullopt;
    auto observation = demodulate(leak, alignment, reference_, *displacement);
    if (!observation) return std::nullopt;
    return Reading{alignment, std::move(*displacement), std::move(*observation)};
  }

  PreparedLeak& leak_;
  const Reference& reference_;
};

bool shows_mark(const std::optional<Reading>& reading, double evidence) {
  return reading && reading->observation.evidence >= evidence;
}

std::vector<Alignment> alignments_of(const std::vector<Candidate>& candidates) {
  std::vector<Alignment> alignments;
  for (const Candidate& candidate : candidates) alignments.push_back(candidate.alignment);
  return alignments;
}

}  // namespace

Result<Reading> read_leak(PreparedLeak& leak, const Reference& reference, const MatchResult* known) {
  Reader reader(leak, reference);
  const auto conclude = [](std::optional<Reading> reading) -> Result<Reading> {
    if (reading) return std::move(*reading);
    return fail(ErrorCode::unsupported, "the picture shows too few code cells of the master");
  };
  const std::optional<Alignment> featured = reader.by_features(known);
  std::optional<Reading> by_features = featured ? reader.read(*featured) : std::nullopt;
  const bool plenty = featured && featured->inliers >= kPlentyOfInliers;
  if (plenty || shows_mark(by_features, kPlentyEvidence)) return conclude(std::move(by_features));

  std::optional<Reading> marked = reader.best(reader.by_lattice());
  if (shows_mark(marked, kPlentyEvidence)) return conclude(std::move(marked));
  std::vector<Candidate> candidates = reader.by_correlation(false);
  std::optional<Reading> correlated = reader.best(alignments_of(candidates));
  if (!featured && !shows_mark(correlated, kSomeEvidence) && (candidates.empty() || !candidates.front().sure())) {
    const std::vector<Candidate> turned = reader.by_correlation(true);
    correlated = Reader::better(std::move(correlated), reader.best(alignments_of(turned)));
    candidates.insert(candidates.end(), turned.begin(), turned.end());
    std::stable_sort(candidates.begin(), candidates.end(), more_confident);
  }
  marked = Reader::better(Reader::better(by_features, std::move(correlated)), std::move(marked));
  if (shows_mark(marked, kSomeEvidence)) return conclude(std::move(marked));
  // No mark anywhere: what the pictures say.
  if (featured) return conclude(std::move(by_features));
  if (candidates.empty()) return fail(ErrorCode::not_found, "the picture does not lie over this master");
  return conclude(reader.read(candidates.front().alignment));
}

}  // namespace probity::trace
