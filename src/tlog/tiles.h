// Tiles and entry bundles (c2sp.org/tlog-tiles): what they hold, what their files are called, and proofs out of them.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tlog/merkle_proof.h"

namespace probity::tlog {

inline constexpr unsigned kTileHeight = 8;
inline constexpr unsigned kTileWidth = 256;
inline constexpr std::size_t kMostEntryBytes = 65535;

// A tile of hashes (level 0 has the leaves'), or a bundle of entries. `width` 256 is a full one.
struct Tile {
  enum class Kind { hashes, entries };
  Kind kind = Kind::hashes;
  unsigned level = 0;
  std::uint64_t index = 0;
  unsigned width = kTileWidth;
  auto operator<=>(const Tile&) const = default;
};

// "tile/0/x001/x234/067.p/5", "tile/entries/000".
std::string tile_path(const Tile& tile);
// Only what tile_path gives, so that one tile has one address. Errors: invalid_argument.
Result<Tile> parse_tile_path(std::string_view path);

// How many hashes a tree of `size` has at a level; its last tile is partial unless this is a multiple of 256.
std::uint64_t hashes_at(unsigned level, std::uint64_t size);
// The tile of a level that holds hash number `at` there, as wide as it is in a tree of `size`.
Tile tile_holding(unsigned level, std::uint64_t at, std::uint64_t size);
// Every tile and bundle of a tree of `size` that a tree of `old_size` does not have: what a log writes when it grows.
std::vector<Tile> new_tiles(std::uint64_t old_size, std::uint64_t size);
// Whether a tree of `size` has it, full or as a partial tile of that tree or of an earlier one.
bool has_tile(const Tile& tile, std::uint64_t size);

// Entries with their lengths as 16-bit big-endian numbers before them. An entry has at most 65,535 bytes.
void append_to_bundle(Bytes& bundle, BytesView entry);
// Exactly `count` entries. Errors: corrupt.
Result<std::vector<BytesView>> parse_bundle(BytesView bundle, unsigned count);
// Errors: corrupt unless it is `width` hashes.
Result<std::vector<Hash>> parse_tile(BytesView bytes, unsigned width);

// Subtrees of a tree of `size` out of its tiles, each read once. `read` gives a tile of exactly its width.
class TileSource final : public SubtreeSource {
 public:
  using Read = std::function<Result<Bytes>(const Tile&)>;
  TileSource(std::uint64_t size, Read read) : size_(size), read_(std::move(read)) {}
  Result<Hash> root_of(const Subtree& subtree) override;

 private:
  std::uint64_t size_;
  Read read_;
  std::map<Tile, std::vector<Hash>> tiles_;
};

}  // namespace probity::tlog
