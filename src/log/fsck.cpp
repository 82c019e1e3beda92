#include "log/fsck.h"

#include <fmt/format.h>

#include <algorithm>

#include "log/tree_files.h"

namespace probity::log {
namespace {

using tlog::Tile;

class Fsck {
 public:
  Fsck(LogFiles& files, CheckpointGuard& guard, const tlog::Policy& policy)
      : files_(files), guard_(guard), policy_(policy) {}

  Result<FsckReport> run() {
    TRY_ASSIGN(const auto signed_note, guard_.read());
    const auto published_note = files_.read(kCheckpointFile);
    if (!published_note && published_note.error().code != ErrorCode::not_found)
      return tl::unexpected(published_note.error());
    if (!signed_note) {
      if (published_note) wrong("the record of what was signed last is gone");
      return std::move(report_);
    }
    tlog::TreeHead head;
    if (const auto last =
            open(*signed_note, "the record of what was signed last", tlog::Policy{policy_.logs, {}, {}, "none"})) {
      head = last->checkpoint.head;
      report_.signed_size = head.size;
    }
    if (published_note) TRY(check_published(as_text(*published_note), head));
    if (report_.signed_size == 0) return std::move(report_);
    TRY_ASSIGN(auto tree, check_tree(files_, head));
    for (std::string& what : tree) wrong(std::move(what));
    TRY(check_leftovers("tile", head.size));
    return std::move(report_);
  }

 private:
  void wrong(std::string what) { report_.wrong.push_back(std::move(what)); }

  std::optional<tlog::AcceptedCheckpoint> open(std::string_view note, const std::string& name,
                                               const tlog::Policy& policy) {
    auto accepted = tlog::accept_checkpoint(note, policy);
    if (!accepted) {
      wrong(fmt::format("{}: {}", name, accepted.error().message));
      return std::nullopt;
    }
    const auto parsed = tlog::Note::parse(note);
    if (parsed->signatures.size() != accepted->seen.size() + 1)
      wrong(fmt::format("{}: somebody signed who is neither the log nor a configured witness", name));
    return std::move(*accepted);
  }

  Result<void> check_published(std::string_view note, const tlog::TreeHead& last) {
    const auto published = open(note, kCheckpointFile, policy_);
    if (!published) return {};
    const tlog::TreeHead& head = published->checkpoint.head;
    report_.published_size = head.size;
    if (report_.signed_size == 0) return {};
    if (head.size > last.size) {
      wrong(fmt::format("{} entries are published, {} were signed", head.size, last.size));
      return {};
    }
    tlog::TileSource source = tile_source(files_, last.size);
    const auto root = tlog::root_at(source, head.size);
    if (!root && root.error().code == ErrorCode::storage) return tl::unexpected(root.error());
    if (!root || *root != head.root) wrong("the published checkpoint is of another tree than the last signed one");
    return {};
  }

  // Partial tiles of earlier sizes are beginnings of the tile as it is now; nothing else lies in the folder.
  Result<void> check_leftovers(const std::string& folder, std::uint64_t size) {
    TRY_ASSIGN(const auto names, files_.list(folder));
    for (const std::string& name : names) {
      const std::string path = folder + "/" + name;
      const auto tile = tlog::parse_tile_path(path);
      if (!tile) {
        TRY_ASSIGN(const auto below, files_.list(path));
        // A folder that was made for a tile which a crash kept from coming is empty; a stray file is not a folder.
        if (below.empty() && !path.ends_with(".p")) wrong(path + ": not a file of the log");
        TRY(check_leftovers(path, size));
        continue;
      }
      TRY(check_leftover(*tile, size));
    }
    return {};
  }

  Result<void> check_leftover(const Tile& tile, std::uint64_t size) {
    if (!tlog::has_tile(tile, size)) return {};  // written ahead of a signature that did not come
    Tile now = tlog::tile_holding(tile.level, tile.index * tlog::kTileWidth, size);
    now.kind = tile.kind;
    if (now.width == tile.width) return {};
    const auto whole = read_tile(files_, now), part = files_.read(tlog::tile_path(tile));
    if (!part && part.error().code == ErrorCode::storage) return tl::unexpected(part.error());
    const bool fits = whole && part && part->size() <= whole->size() &&
                      std::equal(part->begin(), part->end(), whole->begin()) && has_its_width(tile, *part);
    if (!fits) wrong(tlog::tile_path(tile) + ": not a beginning of the tile as it is now");
    return {};
  }

  static bool has_its_width(const Tile& tile, BytesView bytes) {
    if (tile.kind == Tile::Kind::hashes) return tlog::parse_tile(bytes, tile.width).has_value();
    return tlog::parse_bundle(bytes, tile.width).has_value();
  }

  LogFiles& files_;
  CheckpointGuard& guard_;
  const tlog::Policy& policy_;
  FsckReport report_;
};

}  // namespace

Result<FsckReport> fsck(LogFiles& files, CheckpointGuard& guard, const tlog::Policy& policy) {
  return Fsck(files, guard, policy).run();
}

}  // namespace probity::log
