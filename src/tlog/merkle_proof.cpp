#include "tlog/merkle_proof.h"

#include <algorithm>
#include <bit>

namespace probity::tlog {
namespace {

tl::unexpected<Error> unproved(const char* what) { return fail(ErrorCode::invalid_argument, what); }

// The leaves [begin, end), where begin is a multiple of the largest power of two that fits in between.
struct Range {
  std::uint64_t begin, end;
  std::uint64_t size() const { return end - begin; }
  // The largest power of two that is smaller than the size: where RFC 6962 splits.
  std::uint64_t split() const { return begin + (std::bit_floor(size() - 1)); }
};

Result<Hash> root_of(SubtreeSource& source, const Range& range) {
  std::vector<Hash> roots;
  for (const Subtree& relative : frontier(range.size())) {
    const Subtree subtree{relative.level, relative.index + (range.begin >> relative.level)};
    TRY_ASSIGN(Hash root, source.root_of(subtree));
    roots.push_back(root);
  }
  return fold(roots);
}

// PROOF's SUBPROOF(m, D[n], b) of RFC 6962 2.1.2, from the root down.
Result<HashPath> subproof(SubtreeSource& source, std::uint64_t old_size, Range range) {
  HashPath path;
  bool whole = true;  // the old tree is the whole of what is left: its root is known to the verifier
  while (old_size != range.end) {
    const std::uint64_t split = range.split();
    const bool left = old_size <= split;
    TRY_ASSIGN(Hash root, root_of(source, left ? Range{split, range.end} : Range{range.begin, split}));
    path.push_back(root);
    if (!left) whole = false;
    range = left ? Range{range.begin, split} : Range{split, range.end};
  }
  if (!whole) {
    TRY_ASSIGN(Hash root, root_of(source, range));
    path.push_back(root);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace

Result<Hash> root_at(SubtreeSource& source, std::uint64_t size) { return root_of(source, {0, size}); }

Result<HashPath> inclusion_proof(SubtreeSource& source, std::uint64_t index, std::uint64_t size) {
  if (index >= size) return unproved("the entry is not in the tree");
  HashPath path;
  for (Range range{0, size}; range.size() > 1;) {
    const std::uint64_t split = range.split();
    const bool left = index < split;
    TRY_ASSIGN(Hash sibling, root_of(source, left ? Range{split, range.end} : Range{range.begin, split}));
    path.push_back(sibling);
    range = left ? Range{range.begin, split} : Range{split, range.end};
  }
  std::reverse(path.begin(), path.end());
  return path;
}

Result<HashPath> consistency_proof(SubtreeSource& source, std::uint64_t old_size, std::uint64_t size) {
  if (old_size > size) return unproved("the old tree is the larger one");
  if (old_size == 0 || old_size == size) return HashPath{};
  return subproof(source, old_size, {0, size});
}

Result<void> verify_inclusion(const HashPath& proof, std::uint64_t index, const Hash& leaf, const TreeHead& head) {
  if (index >= head.size) return unproved("the entry is not in the tree");
  std::uint64_t position = index, last = head.size - 1;
  Hash root = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return unproved("the inclusion proof is too long");
    if ((position & 1) != 0 || position == last) {
      root = node_hash(sibling, root);
      // A right edge that stands alone on its level has its sibling further up.
      while ((position & 1) == 0 && position != 0) {
        position >>= 1;
        last >>= 1;
      }
    } else {
      root = node_hash(root, sibling);
    }
    position >>= 1;
    last >>= 1;
  }
  if (last != 0) return unproved("the inclusion proof is too short");
  if (root != head.root) return unproved("the inclusion proof leads to another root");
  return {};
}

Result<void> verify_consistency(const HashPath& proof, const TreeHead& old, const TreeHead& head) {
  if (old.size > head.size) return unproved("the old tree is the larger one");
  if (old.size == 0) return unproved("consistency with an empty tree says nothing");
  if (old.size == head.size) {
    if (!proof.empty()) return unproved("the consistency proof is too long");
    if (old.root != head.root) return unproved("two trees of one size have different roots");
    return {};
  }
  const bool old_is_subtree = std::has_single_bit(old.size);
  if (proof.empty()) return unproved("the consistency proof is too short");
  std::uint64_t position = old.size - 1, last = head.size - 1;
  while ((position & 1) != 0) {
    position >>= 1;
    last >>= 1;
  }
  Hash old_root = old_is_subtree ? old.root : proof.front();
  Hash root = old_root;
  for (std::size_t i = old_is_subtree ? 0 : 1; i < proof.size(); ++i) {
    if (last == 0) return unproved("the consistency proof is too long");
    if ((position & 1) != 0 || position == last) {
      old_root = node_hash(proof[i], old_root);
      root = node_hash(proof[i], root);
      while ((position & 1) == 0 && position != 0) {
        position >>= 1;
        last >>= 1;
      }
    } else {
      root = node_hash(root, proof[i]);
    }
    position >>= 1;
    last >>= 1;
  }
  if (last != 0) return unproved("the consistency proof is too short");
  if (old_root != old.root) return unproved("the consistency proof leads to another old root");
  if (root != head.root) return unproved("the consistency proof leads to another root");
  return {};
}

}  // namespace probity::tlog
