// A log's tree as it stands in files: tiles and bundles read with their widths, entries, and proofs.
#pragma once

#include "log/log_files.h"
#include "tlog/checkpoint.h"
#include "tlog/tiles.h"

namespace probity::log {

inline constexpr const char* kCheckpointFile = "checkpoint";

// A tile's bytes. A partial tile is cut out of the full one where only that is left. Errors: not_found, corrupt,
// storage.
Result<Bytes> read_tile(LogFiles& files, const tlog::Tile& tile);

tlog::TileSource tile_source(LogFiles& files, std::uint64_t size);

// Entries [begin, end) of a tree of `size`. Errors: those of read_tile.
Result<std::vector<Bytes>> read_entries(LogFiles& files, std::uint64_t begin, std::uint64_t end, std::uint64_t size);

// The tree's right edge in memory, checked against the root. Errors: corrupt when the files hold another tree, or none.
Result<tlog::CompactRange> load_range(LogFiles& files, const tlog::TreeHead& head);

// One bundle and the tile of its leaf hashes, hashed anew.
struct BundleCheck {
  std::optional<std::vector<Hash>> hashes;  // the tile's, where it could be read
  std::vector<std::string> wrong;
};
// Errors: as check_tree, which says all that this says of each bundle.
Result<BundleCheck> check_bundle(LogFiles& files, std::uint64_t index, std::uint64_t size);

// Reads every bundle and tile of the tree and hashes everything anew. Says each thing that is wrong.
// Errors: storage only when a file cannot be read although it is there.
Result<std::vector<std::string>> check_tree(LogFiles& files, const tlog::TreeHead& head);

}  // namespace probity::log
