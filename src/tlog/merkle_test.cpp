// The tree against the definition of RFC 6962 written down plainly, and against the vectors of transparency-dev/merkle.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tlog/merkle_proof.h"
#include "tlog/note.h"

namespace probity::tlog {
namespace {

using Leaves = std::vector<Hash>;

Leaves some_leaves(std::uint64_t count, std::uint64_t seed = 0) {
  Leaves leaves;
  for (std::uint64_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(as_bytes(std::to_string(seed + i))));
  return leaves;
}

// MTH of section 2.1, word for word.
Hash plain_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return node_hash(plain_root(leaves.first(k)), plain_root(leaves.subspan(k)));
}

HashPath plain_path(std::size_t m, std::span<const Hash> leaves) {
  if (leaves.size() == 1) return {};
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  HashPath path = m < k ? plain_path(m, leaves.first(k)) : plain_path(m - k, leaves.subspan(k));
  path.push_back(m < k ? plain_root(leaves.subspan(k)) : plain_root(leaves.first(k)));
  return path;
}

HashPath plain_subproof(std::size_t m, std::span<const Hash> leaves, bool whole) {
  if (m == leaves.size()) return whole ? HashPath{} : HashPath{plain_root(leaves)};
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  HashPath path = m <= k ? plain_subproof(m, leaves.first(k), whole) : plain_subproof(m - k, leaves.subspan(k), false);
  path.push_back(m <= k ? plain_root(leaves.subspan(k)) : plain_root(leaves.first(k)));
  return path;
}

class Kept final : public SubtreeSource {
 public:
  explicit Kept(const Leaves& leaves) : leaves_(leaves) {}
  Result<Hash> root_of(const Subtree& subtree) override {
    const std::size_t begin = subtree.index << subtree.level, count = std::size_t{1} << subtree.level;
    EXPECT_LE(begin + count, leaves_.size());
    return plain_root(std::span(leaves_).subspan(begin, count));
  }

 private:
  const Leaves& leaves_;
};

TEST(Tree, grows_as_the_definition_says) {
  const Leaves leaves = some_leaves(70);
  CompactRange range;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    EXPECT_EQ(range.root(), plain_root(std::span(leaves).first(size)));
    EXPECT_EQ(range.size(), size);
    if (size == leaves.size()) break;
    std::vector<Subtree> completed;
    range.append(leaves[size], [&](const Subtree& subtree, const Hash& root) {
      const std::size_t begin = subtree.index << subtree.level;
      EXPECT_EQ(root, plain_root(std::span(leaves).subspan(begin, std::size_t{1} << subtree.level)));
      completed.push_back(subtree);
    });
    EXPECT_EQ(completed.front(), (Subtree{0, size}));
  }
}

TEST(Tree, goes_on_from_its_frontier) {
  const Leaves leaves = some_leaves(40);
  Kept kept(leaves);
  for (std::uint64_t size = 0; size < 40; ++size) {
    std::vector<Hash> roots;
    for (const Subtree& subtree : frontier(size)) roots.push_back(kept.root_of(subtree).value());
    CompactRange range(size, roots);
    for (std::uint64_t i = size; i < 40; ++i) range.append(leaves[i]);
    EXPECT_EQ(range.root(), plain_root(leaves));
  }
}

TEST(Proofs, are_the_ones_of_the_definition_and_verify) {
  const Leaves leaves = some_leaves(33);
  Kept kept(leaves);
  for (std::uint64_t size = 1; size <= 33; ++size) {
    const auto some = std::span(leaves).first(size);
    const TreeHead head{size, plain_root(some)};
    EXPECT_EQ(root_at(kept, size).value(), head.root);
    for (std::uint64_t index = 0; index < size; ++index) {
      const HashPath path = inclusion_proof(kept, index, size).value();
      EXPECT_EQ(path, plain_path(index, some));
      EXPECT_TRUE(verify_inclusion(path, index, leaves[index], head));
    }
    for (std::uint64_t old = 1; old <= size; ++old) {
      const HashPath path = consistency_proof(kept, old, size).value();
      EXPECT_EQ(path, plain_subproof(old, some, true));
      EXPECT_TRUE(verify_consistency(path, {old, plain_root(some.first(old))}, head));
    }
    EXPECT_FALSE(inclusion_proof(kept, size, size));
    EXPECT_FALSE(consistency_proof(kept, size + 1, size));
  }
}

// Whatever one thing is changed, nothing is proved any more.
RC_GTEST_PROP(Proofs, no_changed_inclusion_proof_verifies, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 300);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
  const Leaves leaves = some_leaves(size, *rc::gen::arbitrary<std::uint32_t>());
  Kept kept(leaves);
  HashPath path = inclusion_proof(kept, index, size).value();
  TreeHead head{size, plain_root(leaves)};
  Hash leaf = leaves[index];
  RC_ASSERT(verify_inclusion(path, index, leaf, head).has_value());
  const auto place = *rc::gen::inRange<std::size_t>(0, 32);
  const auto bit = static_cast<std::uint8_t>(1 << *rc::gen::inRange(0, 8));
  std::uint64_t claimed = index;
  switch (*rc::gen::inRange(0, 6)) {
    case 0:
      leaf[place] ^= bit;
      break;
    case 1:
      head.root[place] ^= bit;
      break;
    case 2:
      path.push_back(leaf);
      break;
    case 3:
      RC_PRE(!path.empty());
      path.pop_back();
      break;
    case 4:
      RC_PRE(!path.empty());
      path[*rc::gen::inRange<std::size_t>(0, path.size())][place] ^= bit;
      break;
    default:
      claimed = *rc::gen::inRange<std::uint64_t>(0, size + 5);
      RC_PRE(claimed != index);
  }
  RC_ASSERT(!verify_inclusion(path, claimed, leaf, head).has_value());
}

RC_GTEST_PROP(Proofs, no_changed_consistency_proof_verifies, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(2, 300);
  const auto old_size = *rc::gen::inRange<std::uint64_t>(1, size);
  const Leaves leaves = some_leaves(size);
  Kept kept(leaves);
  HashPath path = consistency_proof(kept, old_size, size).value();
  TreeHead old{old_size, plain_root(std::span(leaves).first(old_size))}, head{size, plain_root(leaves)};
  RC_ASSERT(verify_consistency(path, old, head).has_value());
  const auto place = *rc::gen::inRange<std::size_t>(0, 32);
  const auto bit = static_cast<std::uint8_t>(1 << *rc::gen::inRange(0, 8));
  switch (*rc::gen::inRange(0, 5)) {
    case 0:
      old.root[place] ^= bit;
      break;
    case 1:
      head.root[place] ^= bit;
      break;
    case 2:
      path.push_back(old.root);
      break;
    case 3:
      path.pop_back();
      break;
    default:
      path[*rc::gen::inRange<std::size_t>(0, path.size())][place] ^= bit;
  }
  RC_ASSERT(!verify_consistency(path, old, head).has_value());
}

nlohmann::json vectors() {
  std::ifstream file("tests/vectors/tlog/transparency-dev-merkle/proofs.json");
  return nlohmann::json::parse(file);
}

Result<HashPath> path_of(const nlohmann::json& vector) {
  HashPath path;
  if (vector["proof"].is_null()) return path;
  for (const auto& hash : vector["proof"]) {
    TRY_ASSIGN(const Hash parsed, parse_hash(hash.get<std::string>()));
    path.push_back(parsed);
  }
  return path;
}

Result<void> run_inclusion(const nlohmann::json& vector) {
  TRY_ASSIGN(const HashPath path, path_of(vector));
  TRY_ASSIGN(const Hash leaf, parse_hash(vector["leafHash"].get<std::string>()));
  TRY_ASSIGN(const Hash root, parse_hash(vector["root"].get<std::string>()));
  return verify_inclusion(path, vector["leafIdx"].get<std::uint64_t>(), leaf,
                          {vector["treeSize"].get<std::uint64_t>(), root});
}

Result<void> run_consistency(const nlohmann::json& vector) {
  TRY_ASSIGN(const HashPath path, path_of(vector));
  TRY_ASSIGN(const Hash old_root, parse_hash(vector["root1"].get<std::string>()));
  TRY_ASSIGN(const Hash root, parse_hash(vector["root2"].get<std::string>()));
  return verify_consistency(path, {vector["size1"].get<std::uint64_t>(), old_root},
                            {vector["size2"].get<std::uint64_t>(), root});
}

TEST(Vectors, of_inclusion_behave_as_named) {
  const auto all = vectors()["inclusion"];
  ASSERT_EQ(all.size(), 98U);
  for (const auto& [name, vector] : all.items())
    EXPECT_EQ(run_inclusion(vector).has_value(), !vector["wantErr"].get<bool>()) << name;
}

TEST(Vectors, of_consistency_behave_as_named) {
  const auto all = vectors()["consistency"];
  ASSERT_EQ(all.size(), 98U);
  for (const auto& [name, vector] : all.items()) {
    // Its "roots" are 12 bytes long: equal, and for us no hashes at all.
    const bool short_roots = name == "consistency/additional/sizes-are-equal-one-and-proof-is-empty.json";
    EXPECT_EQ(run_consistency(vector).has_value(), !vector["wantErr"].get<bool>() && !short_roots) << name;
    if (short_roots) {
      EXPECT_TRUE(verify_consistency({}, {1, Hash{7}}, {1, Hash{7}})) << "the same case with roots of 32 bytes";
    }
  }
}

}  // namespace
}  // namespace probity::tlog
