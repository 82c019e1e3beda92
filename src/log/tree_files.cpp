#include "log/tree_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace probity::log {
namespace {

using tlog::kTileHeight;
using tlog::kTileWidth;
using tlog::Tile;

// The first `count` entries of a bundle, as bytes. Errors: corrupt.
Result<Bytes> cut_bundle(Bytes bundle, unsigned count) {
  TRY_ASSIGN(const auto entries, tlog::parse_bundle(bundle, kTileWidth));
  Bytes cut;
  for (unsigned i = 0; i < count; ++i) tlog::append_to_bundle(cut, entries[i]);
  return cut;
}

Result<Bytes> read_partial_from_full(LogFiles& files, const Tile& tile) {
  Tile full = tile;
  full.width = kTileWidth;
  TRY_ASSIGN(Bytes bytes, files.read(tlog::tile_path(full)));
  if (tile.kind == Tile::Kind::entries) return cut_bundle(std::move(bytes), tile.width);
  TRY(tlog::parse_tile(bytes, kTileWidth));
  bytes.resize(tile.width * sizeof(Hash));
  return bytes;
}

// What `read` found, or nothing after a remark.
template <class Value>
Result<std::optional<Value>> expect(const Tile& tile, Result<Value> read, std::vector<std::string>& wrong) {
  if (read) return std::optional<Value>(std::move(*read));
  if (read.error().code == ErrorCode::storage) return tl::unexpected(read.error());
  wrong.push_back(fmt::format("{}: {}", tlog::tile_path(tile), read.error().message));
  return std::optional<Value>();
}

Result<std::optional<std::vector<Hash>>> expect_hashes(LogFiles& files, const Tile& tile,
                                                       std::vector<std::string>& wrong) {
  return expect(
      tile, read_tile(files, tile).and_then([&](const Bytes& bytes) { return tlog::parse_tile(bytes, tile.width); }),
      wrong);
}

// Goes through a whole tree once, from the entries up.
class TreeCheck {
 public:
  TreeCheck(LogFiles& files, const tlog::TreeHead& head) : files_(files), head_(head) {}

  Result<std::vector<std::string>> run() {
    for (std::uint64_t bundle = 0; bundle * kTileWidth < head_.size; ++bundle) {
      TRY_ASSIGN(auto checked, check_bundle(files_, bundle, head_.size));
      std::move(checked.wrong.begin(), checked.wrong.end(), std::back_inserter(wrong_));
      if (checked.hashes) append(*checked.hashes);
    }
    for (unsigned level = 1; tlog::hashes_at(level, head_.size) > 0; ++level) TRY(check_level(level));
    if (wrong_.empty() && range_.root() != head_.root)
      wrong_.push_back(fmt::format("the tree of {} entries has another root than the checkpoint", head_.size));
    return std::move(wrong_);
  }

 private:
  void append(const std::vector<Hash>& hashes) {
    for (const Hash& hash : hashes)
      range_.append(hash, [&](const tlog::Subtree& subtree, const Hash& root) {
        if (subtree.level > 0 && subtree.level % kTileHeight == 0) {
          const unsigned level = subtree.level / kTileHeight;
          if (rows_.size() <= level) rows_.resize(level + 1);
          rows_[level].push_back(root);
        }
      });
  }

  Result<void> check_level(unsigned level) {
    const std::uint64_t count = tlog::hashes_at(level, head_.size);
    for (std::uint64_t at = 0; at < count; at += kTileWidth) {
      const Tile tile = tlog::tile_holding(level, at, head_.size);
      TRY_ASSIGN(const auto hashes, expect_hashes(files_, tile, wrong_));
      if (!hashes) continue;
      const bool have = rows_.size() > level && rows_[level].size() >= at + tile.width;
      if (!have || !std::equal(hashes->begin(), hashes->end(), rows_[level].begin() + static_cast<std::ptrdiff_t>(at)))
        wrong_.push_back(fmt::format("{}: not the roots of the tiles below", tlog::tile_path(tile)));
    }
    return {};
  }

  LogFiles& files_;
  tlog::TreeHead head_;
  tlog::CompactRange range_;
  std::vector<std::vector<Hash>> rows_;  // by level, the roots of full tiles below
  std::vector<std::string> wrong_;
};

}  // namespace

Result<Bytes> read_tile(LogFiles& files, const Tile& tile) {
  auto bytes = files.read(tlog::tile_path(tile));
  if (!bytes && bytes.error().code == ErrorCode::not_found && tile.width < kTileWidth)
    return read_partial_from_full(files, tile);
  return bytes;
}

tlog::TileSource tile_source(LogFiles& files, std::uint64_t size) {
  return tlog::TileSource(size, [&files](const Tile& tile) { return read_tile(files, tile); });
}

Result<std::vector<Bytes>> read_entries(LogFiles& files, std::uint64_t begin, std::uint64_t end, std::uint64_t size) {
  std::vector<Bytes> found;
  for (std::uint64_t at = begin; at < end;) {
    Tile tile = tlog::tile_holding(0, at, size);
    tile.kind = Tile::Kind::entries;
    TRY_ASSIGN(const Bytes bundle, read_tile(files, tile));
    TRY_ASSIGN(const auto entries, tlog::parse_bundle(bundle, tile.width));
    for (; at < end && at < tile.index * kTileWidth + tile.width; ++at) {
      const BytesView entry = entries[at % kTileWidth];
      found.emplace_back(entry.begin(), entry.end());
    }
  }
  return found;
}

Result<tlog::CompactRange> load_range(LogFiles& files, const tlog::TreeHead& head) {
  tlog::TileSource source = tile_source(files, head.size);
  std::vector<Hash> roots;
  for (const tlog::Subtree& subtree : tlog::frontier(head.size)) {
    TRY_ASSIGN(Hash root, source.root_of(subtree));
    roots.push_back(root);
  }
  tlog::CompactRange range(head.size, std::move(roots));
  if (range.root() != head.root) return fail(ErrorCode::corrupt, "the tiles are not those of the checkpoint");
  return range;
}

Result<BundleCheck> check_bundle(LogFiles& files, std::uint64_t index, std::uint64_t size) {
  BundleCheck check;
  Tile tile = tlog::tile_holding(0, index * kTileWidth, size);
  TRY_ASSIGN(check.hashes, expect_hashes(files, tile, check.wrong));
  tile.kind = Tile::Kind::entries;
  TRY_ASSIGN(const auto bundle, expect(tile, read_tile(files, tile), check.wrong));
  if (!bundle) return check;
  TRY_ASSIGN(const auto entries, expect(tile, tlog::parse_bundle(*bundle, tile.width), check.wrong));
  if (!entries || !check.hashes) return check;
  std::vector<Hash> leaves;
  for (const BytesView entry : *entries) leaves.push_back(tlog::leaf_hash(entry));
  if (leaves != *check.hashes)
    check.wrong.push_back(fmt::format("{}: the entries are not those of tile/0", tlog::tile_path(tile)));
  return check;
}

Result<std::vector<std::string>> check_tree(LogFiles& files, const tlog::TreeHead& head) {
  return TreeCheck(files, head).run();
}

}  // namespace probity::log
