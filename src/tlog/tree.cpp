#include "tlog/tree.h"

#include <bit>

#include "base/check.h"

namespace probity::tlog {

Hash leaf_hash(BytesView entry) {
  const std::uint8_t prefix = 0;
  return sha256({BytesView(&prefix, 1), entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 65> bytes;
  bytes[0] = 1;
  std::copy(left.begin(), left.end(), bytes.begin() + 1);
  std::copy(right.begin(), right.end(), bytes.begin() + 33);
  return sha256(bytes);
}

Hash empty_root() { return sha256(BytesView{}); }

std::vector<Subtree> frontier(std::uint64_t size) {
  std::vector<Subtree> subtrees;
  std::uint64_t start = 0;
  for (unsigned level = 64; level-- > 0;) {
    if ((size >> level & 1) == 0) continue;
    subtrees.push_back({level, start >> level});
    start += std::uint64_t{1} << level;
  }
  return subtrees;
}

Hash fold(const std::vector<Hash>& roots) {
  if (roots.empty()) return empty_root();
  Hash root = roots.back();
  for (std::size_t i = roots.size() - 1; i-- > 0;) root = node_hash(roots[i], root);
  return root;
}

CompactRange::CompactRange(std::uint64_t size, std::vector<Hash> roots) : size_(size), roots_(std::move(roots)) {
  PROBITY_CHECK(roots_.size() == static_cast<std::size_t>(std::popcount(size)));
}

Hash CompactRange::root() const { return fold(roots_); }

}  // namespace probity::tlog
