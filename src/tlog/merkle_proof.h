// Inclusion and consistency proofs of RFC 6962 (section 2.1; verified as RFC 9162 section 2.1.3.2 and 2.1.4.2 say).
#pragma once

#include <vector>

#include "base/result.h"
#include "tlog/tree.h"

namespace probity::tlog {

using HashPath = std::vector<Hash>;

// No proof in a tree of less than 2^63 leaves is longer.
inline constexpr std::size_t kMostProofHashes = 64;

// Where the roots of complete subtrees come from, when a proof is made.
class SubtreeSource {
 public:
  virtual ~SubtreeSource() = default;
  // Errors: those of what it reads.
  virtual Result<Hash> root_of(const Subtree& subtree) = 0;
};

struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};
  bool operator==(const TreeHead&) const = default;
};

// The root of the first `size` leaves.
Result<Hash> root_at(SubtreeSource& source, std::uint64_t size);

// Errors: invalid_argument when `index` is not in the tree, or `old_size` is greater; those of the source.
Result<HashPath> inclusion_proof(SubtreeSource& source, std::uint64_t index, std::uint64_t size);
Result<HashPath> consistency_proof(SubtreeSource& source, std::uint64_t old_size, std::uint64_t size);

// Errors: invalid_argument when the proof does not prove it.
Result<void> verify_inclusion(const HashPath& proof, std::uint64_t index, const Hash& leaf, const TreeHead& head);
// That the tree of `head` begins with the tree of `old`. An empty tree is the beginning of every other, so that nothing
// could be proved: asking is an error, as in the test vectors of transparency-dev/merkle.
Result<void> verify_consistency(const HashPath& proof, const TreeHead& old, const TreeHead& head);

}  // namespace probity::tlog
