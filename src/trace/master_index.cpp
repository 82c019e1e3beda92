#include "trace/master_index.h"

#include <algorithm>
#include <cmath>
#include <future>
#include <map>
#include <tuple>

#include "base/check.h"
#include "trace/master_index_parts.h"
#include "trace/pose_voting.h"

// How a query runs. Each feature of the leak is hashed into the tables and meets, of millions of indexed features, some
// dozens that look alike; most are chance. They are sorted by master, and each master's are asked how many agree on one
// view (pose_voting.h). A wrong master gets a few scattered ones, the right one even of a small crop gets several that
// agree: the best twenty are then verified by match_to_master. The leak is also asked for mirrored.
namespace probity::trace {
namespace {

constexpr int kGridCells = 10;         // along the longer side, when choosing features
constexpr int kMaxSignatureBits = 26;  // of 128 that may differ: right ones differ in 15 on the average
constexpr std::size_t kMaxHitsAQuery = 40;

constexpr std::size_t kMaxHitsAMaster = 400;

struct Hit {
  FeatureRef ref;
  std::uint32_t query;
  float weight;
};

// Small features vanish when a picture is shrunk or photographed: the finest scale gets half the share of the others.
double share_of_octave(int octave) { return octave < 0 ? 0.5 : 1.0; }

std::uint16_t share_of_side(float at, double side) {
  return static_cast<std::uint16_t>(std::clamp(std::lround(at / side * 65536), 0L, 65535L));
}

IndexedFeature index_feature(const Features& features, std::size_t i, double side) {
  const KeyPoint& point = features.points[i];
  IndexedFeature out;
  out.signature = signature_of(project(features.descriptor(i)));
  out.x = share_of_side(point.x, side);
  out.y = share_of_side(point.y, side);
  out.size = static_cast<std::uint8_t>(std::clamp(std::lround((std::log2(point.size / side) + 12) * 16), 0L, 255L));
  out.angle = static_cast<std::uint8_t>(std::lround(point.angle * 256 / 360) & 0xff);
  return out;
}

// Numbers of the features to index, in order of number.
std::vector<std::size_t> choose_features(const Features& features) {
  const double cell =
      std::max(1.0, static_cast<double>(std::max(features.frame.width, features.frame.height)) / kGridCells);
  std::vector<std::size_t> by_response(features.count());
  for (std::size_t i = 0; i < by_response.size(); ++i) by_response[i] = i;
  std::stable_sort(by_response.begin(), by_response.end(), [&](std::size_t a, std::size_t b) {
    return features.points[a].response > features.points[b].response;
  });
  std::map<std::tuple<int, int, int>, int> seen;
  std::vector<std::pair<double, std::size_t>> ranked;
  for (const std::size_t i : by_response) {
    const KeyPoint& point = features.points[i];
    const int octave = std::min<int>(point.octave, 4);
    const int rank = seen[{octave, static_cast<int>(point.x / cell), static_cast<int>(point.y / cell)}]++;
    ranked.emplace_back((rank + 0.5) / share_of_octave(octave), ranked.size());
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < std::min(ranked.size(), kMaxIndexedFeatures); ++i)
    chosen.push_back(by_response[ranked[i].second]);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

PoseHit pose_hit(const Hit& hit, const IndexedFeature& indexed, const KeyPoint& leak) {
  PoseHit out;
  out.query = hit.query;
  out.leak_at = {leak.x, leak.y};
  out.master_at = {indexed.x / 65536.0F, indexed.y / 65536.0F};
  out.turn = static_cast<float>(indexed.angle) * 360 / 256 - leak.angle;
  out.scale_log2 = static_cast<float>(indexed.size) / 16 - 12 - std::log2(leak.size);
  out.weight = hit.weight;
  return out;
}

}  // namespace

// The search of one leak in one handedness.
class IndexQuery {
 public:
  IndexQuery(const MasterIndexParts& parts, const Features& leak) : parts_(parts), leak_(leak) {}

  // By number of the master.
  std::vector<PoseVotes> run() const {
    std::vector<Hit> hits;
    for (std::uint32_t i = 0; i < leak_.count(); ++i) find_hits(i, hits);
    std::stable_sort(hits.begin(), hits.end(),
                     [](const Hit& a, const Hit& b) { return a.ref.master() < b.ref.master(); });
    std::vector<PoseVotes> votes(parts_.masters.size());
    for (std::size_t i = 0; i < hits.size();) {
      std::size_t end = i;
      while (end < hits.size() && hits[end].ref.master() == hits[i].ref.master()) ++end;
      votes[hits[i].ref.master()] = vote(std::span(hits).subspan(i, end - i));
      i = end;
    }
    return votes;
  }

 private:
  void find_hits(std::uint32_t query, std::vector<Hit>& hits) const {
    const Projections projections = project(leak_.descriptor(query));
    const Signature signature = signature_of(projections);
    std::vector<FeatureRef> met;
    for (const IndexSegment& segment : parts_.segments) segment.tables.look_up(projections, met);
    std::sort(met.begin(), met.end());
    met.erase(std::unique(met.begin(), met.end()), met.end());
    std::vector<std::pair<int, FeatureRef>> near;
    for (const FeatureRef ref : met) {
      const IndexedMaster& master = parts_.masters[ref.master()];
      if (!master.alive) continue;
      const int bits = hamming_distance(signature, master.sketch.features[ref.feature()].signature);
      if (bits <= kMaxSignatureBits) near.emplace_back(bits, ref);
    }
    std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    // What looks like many things says little about which master.
    const float rarity = 1 / std::sqrt(1 + static_cast<float>(near.size()) / 4);
    if (near.size() > kMaxHitsAQuery) near.resize(kMaxHitsAQuery);
    for (const auto& [bits, ref] : near)
      hits.push_back({ref, query, rarity * static_cast<float>(kMaxSignatureBits + 8 - bits) / kMaxSignatureBits});
  }

  PoseVotes vote(std::span<const Hit> hits) const {
    std::vector<PoseHit> poses;
    for (const Hit& hit : hits.first(std::min(hits.size(), kMaxHitsAMaster)))
      poses.push_back(
          pose_hit(hit, parts_.masters[hit.ref.master()].sketch.features[hit.ref.feature()], leak_.points[hit.query]));
    return vote_on_pose(poses);
  }

  const MasterIndexParts& parts_;
  const Features& leak_;
};

MasterSketch sketch_master(const Id& id, const Features& features, const Pdq& pdq) {
  MasterSketch sketch;
  sketch.id = id;
  sketch.pdq = pdq.hash();
  sketch.pdq_quality = static_cast<std::uint8_t>(pdq.quality);
  const double side = std::max({1, features.frame.width, features.frame.height});
  const std::vector<std::size_t> chosen = choose_features(features);
  sketch.features.reserve(chosen.size());
  for (const std::size_t i : chosen) sketch.features.push_back(index_feature(features, i, side));
  return sketch;
}

MasterIndex::MasterIndex() : parts_(std::make_unique<MasterIndexParts>()) {}
MasterIndex::~MasterIndex() = default;
MasterIndex::MasterIndex(MasterIndex&&) noexcept = default;
MasterIndex& MasterIndex::operator=(MasterIndex&&) noexcept = default;

void MasterIndex::add(MasterSketch sketch) {
  remove(sketch.id);
  if (sketch.features.size() > kMaxIndexedFeatures) sketch.features.resize(kMaxIndexedFeatures);
  parts_->numbers[sketch.id] = static_cast<std::uint32_t>(parts_->masters.size());
  parts_->masters.push_back({std::move(sketch), true});
}

bool MasterIndex::remove(const Id& id) {
  const auto found = parts_->numbers.find(id);
  if (found == parts_->numbers.end()) return false;
  IndexedMaster& master = parts_->masters[found->second];
  master.alive = false;
  master.sketch.features = {};
  parts_->numbers.erase(found);
  return true;
}

std::size_t MasterIndex::size() const { return parts_->numbers.size(); }
bool MasterIndex::contains(const Id& id) const { return parts_->numbers.contains(id); }

void MasterIndex::prepare() {
  MasterIndexParts& parts = *parts_;
  if (parts.masters.size() > 2 * parts.numbers.size()) {
    std::erase_if(parts.masters, [](const IndexedMaster& master) { return !master.alive; });
    for (std::uint32_t i = 0; i < parts.masters.size(); ++i) parts.numbers[parts.masters[i].sketch.id] = i;
    parts.segments.clear();
  }
  const auto end = static_cast<std::uint32_t>(parts.masters.size());
  std::uint32_t first = parts.segments.empty() ? 0 : parts.segments.back().end;
  if (first == end) return;
  // A segment swallows its neighbour unless that is more than twice as large: few segments, little rebuilding.
  while (!parts.segments.empty() && parts.segments.back().end - parts.segments.back().first <= 2 * (end - first)) {
    first = parts.segments.back().first;
    parts.segments.pop_back();
  }
  std::vector<PostingTables::Entry> entries;
  for (std::uint32_t number = first; number < end; ++number) {
    const auto& features = parts.masters[number].sketch.features;
    for (std::uint32_t i = 0; i < features.size(); ++i) entries.push_back({{number, i}, features[i].signature});
  }
  parts.segments.push_back({first, end, PostingTables(entries)});
}

std::vector<Candidate> MasterIndex::query(const Features& leak, const Pdq& pdq, std::size_t count) const {
  const MasterIndexParts& parts = *parts_;
  PROBITY_CHECK(parts.masters.empty() ||
                (!parts.segments.empty() && parts.segments.back().end == parts.masters.size()));
  const Features mirrored_leak = mirror_features(leak);
  auto mirrored_votes = std::async(std::launch::async, [&] { return IndexQuery(parts, mirrored_leak).run(); });
  const std::vector<PoseVotes> plain = IndexQuery(parts, leak).run(), mirrored = mirrored_votes.get();
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < parts.masters.size(); ++i) {
    const MasterSketch& sketch = parts.masters[i].sketch;
    if (!parts.masters[i].alive) continue;
    Candidate candidate{.id = sketch.id, .mirrored = mirrored[i].score > plain[i].score};
    const PoseVotes& votes = candidate.mirrored ? mirrored[i] : plain[i];
    candidate.score = votes.score;
    candidate.votes = votes.votes;
    if (std::min<int>(pdq.quality, sketch.pdq_quality) >= kPdqMinQuality)
      for (const PdqHash& form : pdq.forms)
        candidate.pdq_distance = std::min(candidate.pdq_distance, hamming_distance(form, sketch.pdq));
    candidates.push_back(candidate);
  }
  const auto order = [](const Candidate& candidate) {
    const bool same = candidate.pdq_distance <= kPdqSame;
    return std::tuple(!same, same ? candidate.pdq_distance : 0, -candidate.score, candidate.pdq_distance, candidate.id);
  };
  const std::size_t kept = std::min(count, candidates.size());
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(kept), candidates.end(),
                    [&](const Candidate& a, const Candidate& b) { return order(a) < order(b); });
  candidates.resize(kept);
  return candidates;
}

std::size_t MasterIndex::memory_bytes() const {
  std::size_t bytes = parts_->masters.capacity() * sizeof(IndexedMaster) + parts_->numbers.size() * 64;
  for (const IndexedMaster& master : parts_->masters)
    bytes += master.sketch.features.capacity() * sizeof(IndexedFeature);
  for (const IndexSegment& segment : parts_->segments) bytes += segment.tables.memory_bytes();
  return bytes;
}

}  // namespace probity::trace
