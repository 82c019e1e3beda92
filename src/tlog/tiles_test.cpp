// Tiles: the example of C2SP, addresses that are written one way, and proofs read out of tiles.
#include "tlog/tiles.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace probity::tlog {
namespace {

TEST(Tiles, of_c2sp) {
  EXPECT_EQ(tile_path({Tile::Kind::hashes, 0, 1234067, 256}), "tile/0/x001/x234/067");
  std::map<std::pair<unsigned, bool>, int> count;
  unsigned level0 = 0, level1 = 0, level2 = 0;
  for (const Tile& tile : new_tiles(0, 70000)) {
    if (tile.kind == Tile::Kind::entries) continue;
    ++count[{tile.level, tile.width == kTileWidth}];
    if (tile.width == kTileWidth) continue;
    if (tile.level == 0) level0 = tile.width;
    if (tile.level == 1) level1 = tile.width;
    if (tile.level == 2) level2 = tile.width;
  }
  EXPECT_EQ((count[{0, true}]), 273);
  EXPECT_EQ(level0, 112U);
  EXPECT_EQ((count[{1, true}]), 1);
  EXPECT_EQ(level1, 17U);
  EXPECT_EQ((count[{2, true}]), 0);
  EXPECT_EQ(level2, 1U);
}

TEST(Tiles, have_one_address_each) {
  for (const char* path :
       {"tile/0/000", "tile/63/x001/x234/067", "tile/entries/005.p/255", "tile/5/999.p/1", "tile/0/x001/000"})
    EXPECT_EQ(tile_path(parse_tile_path(path).value()), path);
  for (const char* path : {"",
                           "tile",
                           "tile/0",
                           "tile/0/",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/0/0",
                           "tile/0/0000",
                           "tile/0/x000/000",
                           "tile/0/x01/000",
                           "tile/0/001/000",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/",
                           "tile/0/000/",
                           "tile/entries/00a",
                           "tile/Entries/000",
                           "tile/0/../000",
                           "/tile/0/000",
                           "tile/-1/000",
                           "tile/0/x999/x999/x999/x999/x999/x999/x999/999"})
    EXPECT_FALSE(parse_tile_path(path)) << path;
}

TEST(Tiles, are_new_once) {
  std::set<std::string> seen;
  for (std::uint64_t size = 1; size <= 1000; ++size) {
    for (const Tile& tile : new_tiles(size - 1, size)) {
      EXPECT_TRUE(seen.insert(tile_path(tile)).second) << tile_path(tile);
      EXPECT_TRUE(has_tile(tile, size));
      EXPECT_FALSE(has_tile(tile, size - 1));
    }
  }
  EXPECT_TRUE(new_tiles(1000, 1000).empty());
}

TEST(Bundles, give_back_their_entries) {
  Bytes bundle;
  const Bytes large(kMostEntryBytes, 7);
  append_to_bundle(bundle, as_bytes("one"));
  append_to_bundle(bundle, {});
  append_to_bundle(bundle, large);
  const auto entries = parse_bundle(bundle, 3).value();
  EXPECT_EQ(as_text(entries[0]), "one");
  EXPECT_TRUE(entries[1].empty());
  EXPECT_EQ(entries[2].size(), large.size());
  EXPECT_FALSE(parse_bundle(bundle, 2));
  EXPECT_FALSE(parse_bundle(bundle, 4));
  EXPECT_FALSE(parse_bundle(BytesView(bundle).first(bundle.size() - 1), 3));
  EXPECT_FALSE(parse_bundle(BytesView(bundle).first(6), 2));
}

// A log's tiles in memory, as a writer would leave them.
std::map<std::string, Bytes> tiles_of(std::uint64_t size) {
  std::map<std::string, Bytes> files;
  std::vector<Bytes> rows(4);
  CompactRange range;
  for (std::uint64_t i = 0; i < size; ++i)
    range.append(leaf_hash(as_bytes(std::to_string(i))), [&](const Subtree& subtree, const Hash& root) {
      if (subtree.level % kTileHeight != 0) return;
      Bytes& row = rows[subtree.level / kTileHeight];
      row.insert(row.end(), root.begin(), root.end());
    });
  for (const Tile& tile : new_tiles(0, size)) {
    if (tile.kind == Tile::Kind::entries) continue;
    const auto begin = rows[tile.level].begin() + static_cast<std::ptrdiff_t>(tile.index * kTileWidth * 32);
    files[tile_path(tile)] = Bytes(begin, begin + tile.width * 32);
  }
  return files;
}

TEST(Tiles, give_every_proof) {
  for (const std::uint64_t size : {1, 2, 255, 256, 257, 700, 66000}) {
    const auto files = tiles_of(size);
    CompactRange whole;
    std::map<std::uint64_t, Hash> roots;
    for (std::uint64_t i = 0; i < size; ++i) {
      whole.append(leaf_hash(as_bytes(std::to_string(i))));
      roots[whole.size()] = whole.root();
    }
    TileSource source(size, [&](const Tile& tile) -> Result<Bytes> {
      const auto found = files.find(tile_path(tile));
      if (found == files.end()) return fail(ErrorCode::not_found, tile_path(tile));
      return found->second;
    });
    const TreeHead head{size, whole.root()};
    EXPECT_EQ(root_at(source, size).value(), head.root);
    const std::uint64_t step = size < 1000 ? 1 : 977;
    for (std::uint64_t i = 0; i < size; i += step) {
      const auto path = inclusion_proof(source, i, size);
      ASSERT_TRUE(path) << path.error().message;
      EXPECT_TRUE(verify_inclusion(*path, i, leaf_hash(as_bytes(std::to_string(i))), head));
      const auto growth = consistency_proof(source, i + 1, size).value();
      EXPECT_TRUE(verify_consistency(growth, {i + 1, roots[i + 1]}, head));
    }
  }
}

}  // namespace
}  // namespace probity::tlog
