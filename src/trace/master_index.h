// Which of many masters a leak may show: an inverted index of signatures, and PDQ for whole pictures.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "trace/features.h"
#include "trace/pdq.h"
#include "trace/signature.h"

namespace probity::trace {

// One feature of a master as the index keeps it, 22 bytes in files.
struct IndexedFeature {
  Signature signature;
  std::uint16_t x = 0;  // 65,536ths of the longer side of the master
  std::uint16_t y = 0;
  std::uint8_t size = 0;   // 16ths of an octave; 0 is 1/4096 of the longer side
  std::uint8_t angle = 0;  // 256ths of a turn
};

// What the index knows of a master. A value.
struct MasterSketch {
  Id id;
  PdqHash pdq;
  std::uint8_t pdq_quality = 0;
  std::vector<IndexedFeature> features;
};

inline constexpr std::size_t kMaxIndexedFeatures = 660;

// Chooses up to kMaxIndexedFeatures features, of all parts of the picture and of all sizes, large ones preferred: they
// are what is left of a picture after shrinking. `features`: as of extract_features(…, master_features()).
MasterSketch sketch_master(const Id& id, const Features& features, const Pdq& pdq);

// A master that the leak may show, best first.
struct Candidate {
  Id id;
  double score = 0;        // weight of the features that agree on one view; for comparison within one answer only
  int votes = 0;           // how many these are
  bool mirrored = false;   // the leak agrees when mirrored
  int pdq_distance = 256;  // of the nearest of the eight forms; 256 when either picture is too flat to say
};

struct MasterIndexParts;

// Holds up to some ten thousand sketches. Not thread-safe for writing; query() may run in several threads once
// prepare() has been called after the last change.
class MasterIndex {
 public:
  MasterIndex();
  ~MasterIndex();
  MasterIndex(MasterIndex&&) noexcept;
  MasterIndex& operator=(MasterIndex&&) noexcept;

  // Replaces an earlier sketch of the same id.
  void add(MasterSketch sketch);
  // False when there is none of that id.
  bool remove(const Id& id);
  std::size_t size() const;
  bool contains(const Id& id) const;

  // Builds what queries need of the sketches added since; the work grows with these, not with all of them, but for an
  // occasional rebuild as of a growing hash table.
  void prepare();

  // The `count` best candidates; all masters, the improbable ones last, when there are no more than that. Works on up
  // to two threads. Deterministic. prepare() must have run.
  std::vector<Candidate> query(const Features& leak, const Pdq& pdq, std::size_t count = 20) const;

  // Memory held, for all masters together.
  std::size_t memory_bytes() const;

 private:
  friend Bytes serialise(const MasterIndex&);
  std::unique_ptr<MasterIndexParts> parts_;
};

// Our own form, about 14 KB a master (docs/formats.md, "Master index"), ending in a SHA-256 of all before it.
Bytes serialise(const MasterIndex& index);
// The index comes back prepared. Errors: corrupt.
Result<MasterIndex> parse_master_index(BytesView bytes);

}  // namespace probity::trace
