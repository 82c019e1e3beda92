// The Merkle tree of RFC 6962: its hashes, and a tree that grows at its right edge in memory of a few hashes.
#pragma once

#include <cstdint>
#include <vector>

#include "base/hash.h"

namespace probity::tlog {

// Section 2.1: SHA-256(0x00 || entry), SHA-256(0x01 || left || right), SHA-256 of nothing.
Hash leaf_hash(BytesView entry);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();

// A complete subtree: `level` 0 is a leaf, and it covers the leaves [index << level, (index + 1) << level).
struct Subtree {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const Subtree&) const = default;
};

// The complete subtrees that a tree of `size` leaves is made of, from left to right: one for each bit of `size`.
std::vector<Subtree> frontier(std::uint64_t size);

// A tree as the roots of its frontier: appending costs two hashes a leaf, and any number of leaves takes 64 hashes at
// most. A value.
class CompactRange {
 public:
  CompactRange() = default;
  // `roots` of frontier(size); as many of them is the caller's duty.
  CompactRange(std::uint64_t size, std::vector<Hash> roots);

  void append(const Hash& leaf) {
    append(leaf, [](const Subtree&, const Hash&) {});
  }
  // `on_complete(subtree, root)` for the leaf and each subtree that it completes, lowest first.
  template <class OnComplete>
  void append(const Hash& leaf, OnComplete&& on_complete) {
    Hash root = leaf;
    unsigned level = 0;
    on_complete(Subtree{0, size_}, root);
    for (std::uint64_t bits = size_; (bits & 1) != 0; bits >>= 1) {
      root = node_hash(roots_.back(), root);
      roots_.pop_back();
      ++level;
      on_complete(Subtree{level, size_ >> level}, root);
    }
    roots_.push_back(root);
    ++size_;
  }

  std::uint64_t size() const { return size_; }
  Hash root() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> roots_;
};

// The root over subtrees that stand side by side, the largest first; empty_root() for none.
Hash fold(const std::vector<Hash>& roots);

}  // namespace probity::tlog
